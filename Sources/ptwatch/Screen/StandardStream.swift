import Glibc
import Platform

/// Standard output or standard error. Each write goes out at once and whole.
struct StandardStream: Sendable {
  static let output = StandardStream(descriptor: STDOUT_FILENO)
  static let error = StandardStream(descriptor: STDERR_FILENO)

  let descriptor: CInt

  func write(_ text: String) throws(OutputFailure) { try write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) throws(OutputFailure) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + start, $0.count - start) }
      if count >= 0 {
        start += count
      } else if errno == EPIPE || errno == EIO && isDevice {
        throw .closed
      } else if errno != EINTR {
        throw .failed(SystemError("write", descriptor == STDOUT_FILENO ? "standard output" : "standard error"))
      }
    }
  }

  /// All of a file, or of standard input for `-`. Throws ``Failure``.
  static func read(_ path: String) throws -> [UInt8] {
    let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw Failure("\(SystemError("open", path))") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count > 0 {
        bytes += buffer[..<count]
      } else if count == 0 {
        return bytes
      } else if errno != EINTR {
        throw Failure("\(SystemError("read", path))")
      }
    }
  }

  /// A terminal that was closed fails each write, and says no more that it is one.
  private var isDevice: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR
  }

  /// True for a terminal on which a line can be drawn over.
  var canMoveCursor: Bool {
    isatty(descriptor) == 1 && getenv("TERM").map { String(cString: $0) != "dumb" } ?? false
  }

  /// Width of the terminal in columns; nil if it is none.
  var columns: Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

/// Why nothing more can be said.
enum OutputFailure: Error, CustomStringConvertible {
  /// Nobody reads any more.
  case closed
  case failed(SystemError)

  var description: String {
    switch self {
    case .closed: "nobody reads the output any more"
    case .failed(let error): error.description
    }
  }
}
