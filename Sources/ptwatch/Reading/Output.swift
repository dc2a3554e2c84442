import ArgumentParser
import Glibc
import Graph

/// Ends the process with status 1 and one line on standard error.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// A reader of standard output that went away: nothing more is to be said.
struct OutputClosed: Error {}

/// Text that may hold anything, made fit for a terminal.
func printable(_ text: String) -> String { Escaping.printable(text.utf8) }

/// Writes one line to standard error.
func complain(_ text: String) {
  let line = Array("ptwatch: \(text)\n".utf8)
  try? write(line, to: STDERR_FILENO)
}

/// Writes all of it. Throws ``OutputClosed`` if nobody reads any more, ``Failure`` if it cannot.
func write(_ bytes: [UInt8], to descriptor: CInt) throws {
  try bytes.withUnsafeBytes { bytes in
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if count >= 0 {
        done += count
      } else if errno == EPIPE {
        throw OutputClosed()
      } else if errno != EINTR {
        throw Failure("cannot write the output: \(String(cString: strerror(errno)))")
      }
    }
  }
}

/// Runs a reading command: its failures become one line and status 1, and a reader that goes away no failure at all.
func reading(_ body: () throws -> Void) throws {
  // A write to a closed pipe is to be an error, not the end.
  signal(SIGPIPE, SIG_IGN)
  do {
    try body()
  } catch is OutputClosed {
    return
  } catch let exit as ExitCode {
    throw exit
  } catch {
    complain("\(error)")
    throw ExitCode.failure
  }
}

/// Gathers text for standard output.
struct Output: ~Copyable {
  private var bytes: [UInt8] = []
  private let colors: Bool

  init(colors: Bool) { self.colors = colors }

  enum Style: String {
    case path = "35"
    case number = "32"
    case kind = "36"
    case name = "1"
    case faint = "2"
  }

  /// `text`, which must be printable, as it looks in a style.
  func styled(_ text: String, _ style: Style) -> String {
    colors && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  mutating func line(_ text: String) throws {
    bytes.append(contentsOf: text.utf8)
    bytes.append(0x0A)
    if bytes.count >= 1 << 16 { try flush() }
  }

  mutating func json(_ body: (inout JSONLine) -> Void) throws {
    var line = JSONLine()
    line.begin()
    body(&line)
    line.end()
    line.endLine()
    bytes.append(contentsOf: line.bytes)
    if bytes.count >= 1 << 16 { try flush() }
  }

  mutating func flush() throws {
    let ready = bytes
    bytes.removeAll(keepingCapacity: true)
    try write(ready, to: STDOUT_FILENO)
  }
}
