import Foundation
import Testing

/// A program in a pseudo-terminal, with somebody at the keys.
final class Terminal: @unchecked Sendable {
  // SAFETY: `process` is used by the test's thread only; the screen is behind `condition`.
  private let process = Process()
  /// The side of the terminal where people are.
  private let master: CInt
  private let condition = NSCondition()
  private var screen = ""
  private var hasEnded = false
  /// Where on the screen the next ``awaitText(_:)`` begins.
  private var seen = 0

  // <asm/ioctls.h>; Swift imports no such macros.
  private static let getNumber: UInt = 0x8004_5430
  private static let setLock: UInt = 0x4004_5431

  /// Runs a shell's command, whose controlling terminal it is.
  init(_ command: String, in directory: URL, environment: [String: String], columns: Int = 80) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (number, isLocked) = (CInt(0), CInt(0))
    try #require(ioctl(master, Self.getNumber, &number) == 0 && ioctl(master, Self.setLock, &isLocked) == 0)
    resize(columns: columns)
    let slave = try #require(FileHandle(forUpdatingAtPath: "/dev/pts/\(number)"))
    process.executableURL = URL(filePath: "/usr/bin/setsid")
    // Whatever runs the tests may have been started by nohup.
    process.arguments = ["--ctty", "--wait", "/usr/bin/env", "--default-signal=HUP", "/bin/sh", "-c", command]
    process.environment = environment
    process.currentDirectoryURL = directory
    process.standardInput = slave
    process.standardOutput = slave
    process.standardError = slave
    try process.run()
    try slave.close()
    Thread { [self] in collect() }.start()
  }

  private func collect() {
    var bytes = [UInt8](repeating: 0, count: 4096)
    var rest: [UInt8] = []
    while true {
      let count = read(master, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      rest += bytes[..<max(count, 0)]
      // What is shown in pieces is put together again.
      let whole = count > 0 ? rest.lastIndex { $0 < 0x80 }.map { $0 + 1 } ?? 0 : rest.count
      condition.withLock {
        screen += String(decoding: rest[..<whole], as: UTF8.self)
        hasEnded = count <= 0
        condition.broadcast()
      }
      rest.removeFirst(whole)
      if count <= 0 { return }
    }
  }

  /// Waits until the text has been shown since the last time that text was awaited, for a minute at the most. Returns all
  /// that was shown since, up to its end.
  @discardableResult
  func awaitText(_ text: String) throws -> String {
    let deadline = Date(timeIntervalSinceNow: 60)
    return try condition.withLock {
      while true {
        let rest = screen.unicodeScalars.dropFirst(seen)
        if let found = Substring(rest).range(of: text, options: .literal) {
          let shown = String(rest[..<found.upperBound])
          seen += shown.unicodeScalars.count
          return shown
        }
        try #require(!hasEnded && condition.wait(until: deadline), "no '\(text)' but: \(screen.debugDescription)")
      }
    }
  }

  /// The program is told, as by a window that somebody pulls at.
  func resize(columns: Int) {
    var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    #expect(ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
  }

  func type(_ text: String) throws {
    let bytes = Array(text.utf8)
    try #require(write(master, bytes, bytes.count) == bytes.count)
  }

  func waitForExit() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Waits until it has ended; returns all that was ever shown.
  func waitForEnd() -> String {
    process.waitUntilExit()
    return condition.withLock {
      while !hasEnded { condition.wait() }
      return screen
    }
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGTERM) }
    close(master)
  }
}
