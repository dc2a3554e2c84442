#include <sys/inotify.h>
#include <inotifytools/inotifytools.h>
#include <inotifytools/inotify.h>
#include <linux/sched.h>
#include <sys/statfs.h>

/// From <sched.h>, which declares it only where GNU extensions are asked for.
int unshare(int flags);
