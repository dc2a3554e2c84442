/* Loaded before ptwatch (LD_PRELOAD) to make system calls fail, or to record what is written to the store.
     TORTURE_FAIL=call:errno:nth:count[:part of the path]   the calls from the nth on, so many of them, fail; an errno of 0 is
                                                            a kill -9 before the call, and the call "change" any that changes a file
     TORTURE_LOG=file                                       each write, sync, and change of a directory, in order */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include <pthread.h>
#include <signal.h>

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static char call_[32], part_[256];
static int code_, log_ = -1;
static long nth_, count_;
static atomic_long seen_;
static pthread_mutex_t lock_ = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
  const char *fail = getenv("TORTURE_FAIL"), *log = getenv("TORTURE_LOG");
  if (fail) sscanf(fail, "%31[^:]:%d:%ld:%ld:%255s", call_, &code_, &nth_, &count_, part_);
  if (log) log_ = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int changes(const char *call) {
  static const char *const calls[] = {"write", "sync", "rename", "link", "mkdir", "unlink"};
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) if (strcmp(call, calls[i]) == 0) return 1;
  return 0;
}

static int fails(const char *call, const char *path, int file) {
  char buffer[4200] = "";
  if (strcmp(call, call_) != 0 && !(strcmp(call_, "change") == 0 && changes(call))) return 0;
  if (part_[0]) {
    if (!path) {
      char link[64];
      snprintf(link, sizeof link, "/proc/self/fd/%d", file);
      ssize_t size = readlink(link, buffer, sizeof buffer - 1);
      if (size > 0) buffer[size] = 0;
      path = buffer;
    }
    if (!strstr(path, part_)) return 0;
  }
  long number = atomic_fetch_add(&seen_, 1);
  if (number < nth_ || number >= nth_ + count_) return 0;
  if (code_ == 0) kill(getpid(), SIGKILL);
  errno = code_;
  return 1;
}

/* kind, whether it is durable at once, offset, size, length of the path, path, bytes. */
static void record(char kind, int file, const char *path, off_t offset, const struct iovec *parts, int count) {
  char buffer[4200] = "";
  if (log_ < 0) return;
  int saved = errno;
  if (!path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, buffer, sizeof buffer - 1);
    buffer[size > 0 ? size : 0] = 0;
    path = buffer;
  }
  if (strstr(path, "/.ptwatch") && !strstr(path, "lock")) {
    uint64_t size = 0;
    for (int i = 0; i < count; i++) size += parts[i].iov_len;
    char durable = file >= 0 && (fcntl(file, F_GETFL) & O_DSYNC) ? 1 : 0;
    uint64_t numbers[3] = {(uint64_t)offset, size, strlen(path)};
    pthread_mutex_lock(&lock_);
    struct iovec head[] = {{&kind, 1}, {&durable, 1}, {numbers, sizeof numbers}, {(void *)path, strlen(path)}};
    REAL(writev)(log_, head, 4);
    if (count) REAL(writev)(log_, parts, count);
    pthread_mutex_unlock(&lock_);
  }
  errno = saved;
}

#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | __O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

int open(const char *path, int flags, ...) { MODE(flags) return fails("open", path, -1) ? -1 : REAL(open)(path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return fails("open", path, -1) ? -1 : REAL(open)(path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return fails("open", path, -1) ? -1 : REAL(openat)(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) return fails("open", path, -1) ? -1 : REAL(openat)(at, path, flags, mode); }

long syscall(long number, ...) {
  va_list more;
  va_start(more, number);
  long a = va_arg(more, long), b = va_arg(more, long), c = va_arg(more, long), d = va_arg(more, long);
  long e = va_arg(more, long), f = va_arg(more, long);
  va_end(more);
  if (number == SYS_openat2 && fails("open", (const char *)b, -1)) return -1;
  return ((long (*)(long, long, long, long, long, long, long))real("syscall"))(number, a, b, c, d, e, f);
}

ssize_t pread(int file, void *to, size_t size, off_t offset) { return fails("read", NULL, file) ? -1 : REAL(pread)(file, to, size, offset); }
ssize_t pread64(int file, void *to, size_t size, off_t offset) { return fails("read", NULL, file) ? -1 : REAL(pread)(file, to, size, offset); }
ssize_t read(int file, void *to, size_t size) { return fails("read", NULL, file) ? -1 : REAL(read)(file, to, size); }

static ssize_t put(int file, const struct iovec *parts, int count, off_t offset, int places) {
  if (fails("write", NULL, file)) return -1;
  ssize_t done = places ? REAL(pwritev)(file, parts, count, offset) : REAL(writev)(file, parts, count);
  if (places && done > 0) record('w', file, NULL, offset, parts, count);
  return done;
}
ssize_t pwritev(int file, const struct iovec *parts, int count, off_t offset) { return put(file, parts, count, offset, 1); }
ssize_t pwritev64(int file, const struct iovec *parts, int count, off_t offset) { return put(file, parts, count, offset, 1); }
ssize_t pwrite(int file, const void *from, size_t size, off_t offset) { struct iovec one = {(void *)from, size}; return put(file, &one, 1, offset, 1); }
ssize_t pwrite64(int file, const void *from, size_t size, off_t offset) { struct iovec one = {(void *)from, size}; return put(file, &one, 1, offset, 1); }
ssize_t writev(int file, const struct iovec *parts, int count) {
  off_t place = lseek(file, 0, SEEK_CUR);
  ssize_t done = put(file, parts, count, 0, 0);
  if (done > 0 && place >= 0) record('w', file, NULL, place, parts, count);
  return done;
}
ssize_t write(int file, const void *from, size_t size) {
  if (fails("write", NULL, file)) return -1;
  off_t place = log_ < 0 ? -1 : lseek(file, 0, SEEK_CUR);
  ssize_t done = REAL(write)(file, from, size);
  struct iovec one = {(void *)from, done > 0 ? done : 0};
  if (done > 0 && place >= 0) record('w', file, NULL, place, &one, 1);
  return done;
}

#define SYNC(name) int name(int file) { \
  if (fails("sync", NULL, file)) return -1; \
  int done = REAL(name)(file); \
  if (done == 0) record('s', file, NULL, 0, NULL, 0); \
  return done; }
SYNC(fsync)
SYNC(fdatasync)
int msync(void *at, size_t size, int flags) { return fails("sync", "", -1) ? -1 : REAL(msync)(at, size, flags); }
int ftruncate(int file, off_t size) {
  if (fails("write", NULL, file)) return -1;
  int done = REAL(ftruncate)(file, size);
  if (done == 0) record('t', file, NULL, size, NULL, 0);
  return done;
}
int ftruncate64(int file, off_t size) { return ftruncate(file, size); }

int rename(const char *from, const char *to) {
  if (fails("rename", to, -1)) return -1;
  int done = REAL(rename)(from, to);
  struct iovec one = {(void *)to, strlen(to)};
  if (done == 0) record('r', -1, from, 0, &one, 1);
  return done;
}
int symlink(const char *to, const char *at) {
  if (fails("link", at, -1)) return -1;
  int done = REAL(symlink)(to, at);
  struct iovec one = {(void *)to, strlen(to)};
  if (done == 0) record('l', -1, at, 0, &one, 1);
  return done;
}
int mkdir(const char *path, mode_t mode) {
  if (fails("mkdir", path, -1)) return -1;
  int done = REAL(mkdir)(path, mode);
  if (done == 0) record('d', -1, path, 0, NULL, 0);
  return done;
}
int unlink(const char *path) {
  if (fails("unlink", path, -1)) return -1;
  int done = REAL(unlink)(path);
  if (done == 0) record('u', -1, path, 0, NULL, 0);
  return done;
}
int rmdir(const char *path) { if (fails("unlink", path, -1)) return -1; int done = REAL(rmdir)(path); if (done == 0) record('x', -1, path, 0, NULL, 0); return done; }

void *mmap(void *at, size_t size, int protection, int flags, int file, off_t offset) {
  if (file >= 0 && fails("map", NULL, file)) return MAP_FAILED;
  return REAL(mmap)(at, size, protection, flags, file, offset);
}
void *mmap64(void *at, size_t size, int protection, int flags, int file, off_t offset) { return mmap(at, size, protection, flags, file, offset); }
int fstat(int file, struct stat *status) { return fails("stat", NULL, file) ? -1 : REAL(fstat)(file, status); }
int fstatat(int at, const char *path, struct stat *status, int flags) { return fails("stat", path, -1) ? -1 : REAL(fstatat)(at, path, status, flags); }
int inotify_add_watch(int file, const char *path, uint32_t mask) {
  int (*add)(int, const char *, uint32_t) = real("inotify_add_watch");
  return fails("watch", path, -1) ? -1 : add(file, path, mask);
}
int pthread_create(pthread_t *id, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
  if (fails("thread", "", -1)) return code_;
  return REAL(pthread_create)(id, attributes, body, argument);
}
