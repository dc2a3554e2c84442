public import Glibc

/// An open directory, below which files are opened and examined by relative path. No link is followed on the way, nor at
/// its end. Safe to use from any thread.
public final class Directory: Sendable {
  public let path: String
  public let descriptor: CInt

  public init(_ path: String) throws(SystemError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 { throw SystemError("open", path) }
  }

  deinit { close(descriptor) }

  /// What the file system says of the entry at `path` (the directory itself if empty), a link not followed; nil if it
  /// does not exist.
  public func status(_ path: [UInt8]) throws(SystemError) -> stat? {
    var status = stat()
    let entry = path.isEmpty ? dup(descriptor) : Beneath.open(path, below: descriptor, Beneath.examining)
    if entry >= 0 {
      defer { close(entry) }
      if fstat(entry, &status) == 0 { return status }
    } else if [ENOENT, ENOTDIR, ELOOP].contains(errno) {
      return nil
    }
    throw SystemError("examine", String(decoding: path, as: UTF8.self))
  }

  public enum ReadResult {
    case bytes([UInt8], stat)
    /// More than the limit.
    case tooBig(stat)
    case missing
    /// A directory, link, pipe, socket or device.
    case notAFile
    case failed(SystemError)
    /// Does not begin with what was asked for.
    case beginsOtherwise
  }

  /// The whole of the regular file at `path`, if it begins with `start`. A file that grows while it is read is read up to
  /// `limit` bytes; the status is that from before the first byte was read, so a later change shows in its times.
  public func read(_ path: [UInt8], limit: Int, beginning start: [UInt8] = []) -> ReadResult {
    if path.isEmpty { return .notAFile }
    let file = Beneath.open(path, below: descriptor, O_RDONLY | O_NONBLOCK | O_NOCTTY)
    let name = { String(decoding: path, as: UTF8.self) }
    guard file >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: return .missing
      case ELOOP, ENXIO: return .notAFile
      default: return .failed(SystemError("open", name()))
      }
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { return .failed(SystemError("examine", name())) }
    guard status.st_mode & S_IFMT == S_IFREG else { return .notAFile }
    guard Self.begins(file, with: start) else { return .beginsOtherwise }
    if status.st_size > limit { return .tooBig(status) }
    return Self.readAll(file, expecting: Int(status.st_size), limit: limit, status, name)
  }

  private static func begins(_ file: CInt, with start: [UInt8]) -> Bool {
    if start.isEmpty { return true }
    let found = [UInt8](unsafeUninitializedCapacity: start.count) { buffer, count in
      count = max(0, retrying { pread(file, buffer.baseAddress, buffer.count, 0) })
    }
    return found == start
  }

  private static func readAll(
    _ file: CInt, expecting size: Int, limit: Int, _ status: stat, _ name: () -> String
  ) -> ReadResult {
    var failure: SystemError?
    var capacity = size + 1
    while true {
      let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        while count < buffer.count {
          let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
          let got = retrying { pread(file, rest.baseAddress, rest.count, off_t(count)) }
          if got < 0 { failure = SystemError("read", name()) }
          if got <= 0 { break }
          count += got
        }
      }
      if let failure { return .failed(failure) }
      if bytes.count > limit { return .tooBig(status) }
      // A full buffer may have cut the file off: it has grown.
      if bytes.count < capacity { return .bytes(bytes, status) }
      capacity = min(capacity * 2, limit + 1)
    }
  }

  /// Calls `body` with `path` as C string; `.` for an empty path.
  public func withCPath<R>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> R) -> R {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: path.count + 2) { buffer in
      var end = 0
      for byte in path.isEmpty ? [UInt8(ascii: ".")] : path {
        buffer.initializeElement(at: end, to: CChar(bitPattern: byte))
        end += 1
      }
      buffer.initializeElement(at: end, to: 0)
      return body(UnsafePointer(buffer.baseAddress!))
    }
  }
}

extension stat {
  /// Nanoseconds since 1970.
  public var modifiedNanoseconds: Int64 { Int64(st_mtim.tv_sec) * 1_000_000_000 + Int64(st_mtim.tv_nsec) }
  /// Nanoseconds since 1970.
  public var changedNanoseconds: Int64 { Int64(st_ctim.tv_sec) * 1_000_000_000 + Int64(st_ctim.tv_nsec) }
}
