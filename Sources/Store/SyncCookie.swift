import Glibc
public import Platform

/// A file in the store's sync directory, which the watcher removes when all that happened before it is committed.
public struct SyncCookie: Sendable {
  private let path: String

  /// In milliseconds. A watcher in the middle of a large change may take long; one that is stopped never answers.
  private static let patience: UInt64 = 60_000

  /// Lays the cookie out. Throws `system`.
  public init(_ store: StoreDirectory) throws(StoreError) {
    path = "\(store.syncDirectory)/\(getpid())-\(MonotonicTime.now.nanoseconds)"
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .system(SystemError("make the sync cookie", path)) }
    close(file)
  }

  /// Waits on the calling thread. False if the watcher ended before it answered. Throws ``StoreError/interrupted`` once `stop`
  /// is set, ``StoreError/unanswered(path:)`` after a minute.
  public func wait(_ stop: StopFlag, while isHeld: () -> Bool) throws(StoreError) -> Bool {
    let deadline = MonotonicTime.now.adding(milliseconds: Self.patience)
    var pause = timespec(tv_sec: 0, tv_nsec: 200_000)
    var rounds = 0
    while access(path, F_OK) == 0 {
      nanosleep(&pause, nil)
      rounds += 1
      if rounds % 64 == 0, !isHeld() {
        unlink(path)
        return false
      }
      if stop.isSet {
        unlink(path)
        throw .interrupted
      }
      if MonotonicTime.now > deadline {
        unlink(path)
        throw .unanswered(path: path)
      }
    }
    return true
  }
}
