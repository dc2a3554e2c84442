import Glibc
import Platform

/// Opening and reading below a directory without ever passing through a link, and small files by absolute path.
enum FileAccess {
  /// Ignore files and configurations that are larger are not what they claim to be.
  static let limit = 16 << 20

  /// Opens the directory at `path` below `directory` one component at a time, so that no link is followed and no path
  /// is too long; negative if that fails, with `errno` set.
  static func openDirectory(_ path: ArraySlice<UInt8>, below directory: CInt) -> CInt {
    var opened = open(".", below: directory)
    for component in path.split(separator: UInt8(ascii: "/")) {
      if opened < 0 { break }
      let next = withCString(component) { open($0, below: opened) }
      let code = errno
      close(opened)
      errno = code
      opened = next
    }
    return opened
  }

  /// Opens the directory named `name` in `directory`, a link not followed.
  static func open(_ name: UnsafePointer<CChar>, below directory: CInt) -> CInt {
    while true {
      let opened = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      if opened >= 0 || errno != EINTR { return opened }
    }
  }

  /// The content of a regular file; nil if there is none. A path that is not absolute starts at `directory`.
  static func read(
    _ path: some Collection<UInt8>, at directory: CInt = AT_FDCWD, followsLinks: Bool
  ) throws(SystemError) -> [UInt8]? {
    let failure = { (operation: String) in SystemError(operation, String(decoding: path, as: UTF8.self)) }
    let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (followsLinks ? 0 : O_NOFOLLOW)
    let file = withCString(path) { openat(directory, $0, flags) }
    if file < 0 {
      if [ENOENT, ENOTDIR, ELOOP, ENXIO].contains(errno) { return nil }
      throw failure("open")
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while content.count <= limit {
      let got = Glibc.read(file, &chunk, chunk.count)
      if got == 0 { return content }
      if got < 0 && errno != EINTR { throw failure("read") }
      content.append(contentsOf: chunk.prefix(max(got, 0)))
    }
    errno = EFBIG
    throw failure("read")
  }

  /// What the file system says of an entry; nil if it cannot tell, with `errno` set.
  static func status(_ path: some Collection<UInt8>, at directory: CInt, followsLinks: Bool) -> stat? {
    var status = stat()
    let flags = followsLinks ? 0 : AT_SYMLINK_NOFOLLOW
    return withCString(path) { fstatat(directory, $0, &status, flags) } == 0 ? status : nil
  }

  /// The absolute path of `path` without links; nil if there is nothing.
  static func resolve(_ path: String) -> [UInt8]? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return Array(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
  }

  static func withCString<R>(_ bytes: some Collection<UInt8>, _ body: (UnsafePointer<CChar>) -> R) -> R {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
      var end = 0
      for byte in bytes {
        buffer.initializeElement(at: end, to: CChar(bitPattern: byte))
        end += 1
      }
      buffer.initializeElement(at: end, to: 0)
      return body(UnsafePointer(buffer.baseAddress!))
    }
  }
}
