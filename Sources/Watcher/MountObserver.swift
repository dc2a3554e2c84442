internal import Glibc
internal import Platform
internal import Synchronization

/// Sees when the table of mounts changes, on a thread that sleeps otherwise: inotify does not tell of a file system that is
/// mounted over a directory, and libinotifytools waits for nothing but inotify.
final class MountObserver: Sendable {
  private let changes = Atomic(0)
  private let seen = Atomic(0)
  private let table: CInt
  /// The ends of a pipe: what is written to one ends the thread, which waits for the other.
  private let ending: CInt
  private let end: CInt
  private let thread = Guarded<NamedThread?>(nil)

  /// Changes from here on are seen. Without the table there are none.
  init() {
    table = open(MountTable.path, O_RDONLY | O_CLOEXEC)
    var ends: [CInt] = [-1, -1]
    if pipe(&ends) == 0 {
      for descriptor in ends { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    }
    (ending, end) = (ends[0], ends[1])
  }

  deinit {
    for descriptor in [table, ending, end] where descriptor >= 0 { close(descriptor) }
  }

  /// Starts the thread, to be ended by ``stop()``. `interrupt` is to wake the one that asks ``takeChange()``, and is called until that has asked.
  func start(_ interrupt: @escaping @Sendable () -> Void) throws(SystemError) {
    guard table >= 0, ending >= 0 else { return }
    try thread.withLock { slot throws(SystemError) in
      slot = try NamedThread("mounts") { [self] in wait(interrupt) }
    }
  }

  /// Ends the thread and waits for it.
  func stop() {
    guard let running = thread.withLock({ $0.take() }) else { return }
    _ = write(end, "\n", 1)
    running.join()
  }

  var hasChange: Bool { changes.load(ordering: .acquiring) != seen.load(ordering: .acquiring) }

  /// True if the table has changed since this was asked last.
  func takeChange() -> Bool {
    let count = changes.load(ordering: .acquiring)
    return seen.exchange(count, ordering: .acquiringAndReleasing) != count
  }

  private func wait(_ interrupt: () -> Void) {
    let shortest: CInt = 5
    var pause = shortest
    var files = [
      pollfd(fd: table, events: Int16(POLLPRI), revents: 0), pollfd(fd: ending, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let count = poll(&files, nfds_t(files.count), hasChange ? pause : -1)
      if count < 0 && errno != EINTR { return }
      if count > 0 && files[1].revents != 0 { return }
      if count > 0 && files[0].revents != 0 {
        changes.add(1, ordering: .acquiringAndReleasing)
        pause = shortest
      }
      // A signal that comes between the other thread's look at the changes and its wait is lost.
      if hasChange {
        interrupt()
        pause = min(pause * 2, 1000)
      }
    }
  }
}
