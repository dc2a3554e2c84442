import Glibc
import Platform

/// Standard output or standard error. Each write goes out at once and whole.
struct StandardStream: Sendable {
  static let output = StandardStream(descriptor: STDOUT_FILENO)
  static let error = StandardStream(descriptor: STDERR_FILENO)

  let descriptor: CInt

  func write(_ text: String) throws(OutputFailure) { try write(Array(text.utf8)) }

  /// Writes a line, or several. On a terminal it takes the place of what stands on the line of the cursor: progress, keys
  /// that were typed meanwhile, the prompt of a shell that runs this in the background.
  func say(_ line: String) throws(OutputFailure) {
    try write((canMoveCursor ? Self.clear : "") + line + "\n")
  }

  /// Draws text on the line of the cursor, to be drawn over. It never wraps, not even on a terminal that has just become
  /// narrower than anybody knows, and the cursor goes back to where it begins: whatever a terminal makes of the line when
  /// its width changes, it begins there, and all below is cleared.
  func draw(_ text: String) throws(OutputFailure) { try write("\r\u{1B}[?7l" + text + "\u{1B}[J\u{1B}[?7h\r") }

  /// Clears the line of the cursor, and all below.
  func wipe() throws(OutputFailure) { try write(Self.clear) }

  private static let clear = "\r\u{1B}[J"

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
    return try read(descriptor, path, most: .max)!
  }

  /// All that comes from `descriptor`, which is called `name`; nil if that is more than `most` bytes. Throws ``Failure``.
  static func read(_ descriptor: CInt, _ name: String, most: Int) throws -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= most {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count > 0 {
        bytes += buffer[..<count]
      } else if count == 0 {
        return bytes
      } else if errno != EINTR {
        throw Failure("\(SystemError("read", name))")
      }
    }
    return nil
  }

  /// A terminal that was closed fails each write, and says no more that it is one.
  private var isDevice: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR
  }

  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// True for a terminal on which a line can be drawn over.
  var canMoveCursor: Bool { isTerminal && getenv("TERM").map { String(cString: $0) != "dumb" } ?? false }

  /// True where the terminal is somebody else's at the moment: a shell's, at whose prompt this runs in the background.
  var isInBackground: Bool {
    let group = tcgetpgrp(descriptor)
    return group > 0 && group != getpgrp()
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
