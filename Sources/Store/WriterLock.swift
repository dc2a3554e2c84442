import Glibc

/// The right to write a store, held by one process at a time, and as long as this value lives. Everything that writes
/// (``GraphStore``, ``BulkLoader``) expects its process to hold it.
public struct WriterLock: ~Copyable {
  private let descriptor: CInt

  /// Throws ``StoreError/held(path:pid:)`` if another holds it. The directory must have been made.
  public init(_ directory: StoreDirectory) throws(StoreError) {
    let file = open(directory.lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if file < 0 { throw .failure("open", directory.lock) }
    var lock = Self.wholeFile
    guard fcntl(file, Self.setLock, &lock) == 0 else {
      let code = errno
      defer { close(file) }
      if code == EAGAIN || code == EACCES { throw .held(path: directory.path, pid: Self.pid(file)) }
      errno = code
      throw .failure("lock", directory.lock)
    }
    descriptor = file
    let pid = Array("\(getpid())\n".utf8)
    // For people and messages only: failing to write it takes nothing from the lock.
    if ftruncate(file, 0) == 0 { _ = pwrite(file, pid, pid.count, 0) }
  }

  /// False once the store was removed, or another made in its place. Goes by the file: a number that its holder wrote may be
  /// that of another process by now, in a container most of all.
  public func isOf(_ directory: StoreDirectory) -> Bool {
    var (held, found) = (stat(), stat())
    return fstat(descriptor, &held) == 0 && lstat(directory.lock, &found) == 0
      && FileIdentity(held) == FileIdentity(found)
  }

  deinit {
    _ = ftruncate(descriptor, 0)
    close(descriptor)
  }

  /// The process that holds the lock, 0 if it does not say; nil if none does. Changes nothing.
  public static func holder(of directory: StoreDirectory) -> Int32? {
    let file = open(directory.lock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    if file < 0 { return nil }
    defer { close(file) }
    var lock = wholeFile
    guard fcntl(file, getLock, &lock) == 0, lock.l_type != Int16(F_UNLCK) else { return nil }
    return pid(file)
  }

  /// Locks of the open file, not of the process, so that closing another descriptor does not drop them. Glibc's header
  /// hides the names from Swift.
  private static let getLock: CInt = 36
  private static let setLock: CInt = 37

  private static var wholeFile: flock {
    flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
  }

  private static func pid(_ file: CInt) -> Int32 {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16) { buffer in
      let count = pread(file, buffer.baseAddress!, buffer.count, 0)
      guard count > 0 else { return 0 }
      return Int32(String(decoding: buffer[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)) ?? 0
    }
  }
}
