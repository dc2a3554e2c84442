import Foundation
import Testing

/// A program in a pseudo-terminal, with somebody at the keys.
final class Terminal: @unchecked Sendable {
  // SAFETY: `process` and `keys` are used by the test's thread only; the screen is behind `condition`.
  private let process = Process()
  private let keys = Pipe()
  private let condition = NSCondition()
  private var screen = ""
  private var hasEnded = false
  /// Where on the screen the next ``awaitText(_:)`` begins.
  private var seen = 0

  /// Runs a shell's command.
  init(_ command: String, in directory: URL, environment: [String: String]) throws {
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/script")
    process.arguments = ["--quiet", "--return", "--flush", "--command", command, "/dev/null"]
    process.environment = environment.merging(["SHELL": "/bin/sh"]) { $1 }
    process.currentDirectoryURL = directory
    process.standardInput = keys
    process.standardOutput = output
    process.standardError = output
    try process.run()
    try? output.fileHandleForWriting.close()
    Thread { [self] in
      while true {
        let data = output.fileHandleForReading.availableData
        condition.withLock {
          screen += String(decoding: data, as: UTF8.self)
          hasEnded = data.isEmpty
          condition.broadcast()
        }
        if data.isEmpty { return }
      }
    }.start()
  }

  /// Waits until the text has been shown since the last time that text was awaited; for a minute at the most.
  func awaitText(_ text: String) throws {
    let deadline = Date(timeIntervalSinceNow: 60)
    try condition.withLock {
      while true {
        let start = screen.index(screen.startIndex, offsetBy: seen)
        if let found = screen[start...].range(of: text) {
          seen = screen.distance(from: screen.startIndex, to: found.upperBound)
          return
        }
        try #require(!hasEnded && condition.wait(until: deadline), "no '\(text)' but: \(screen.debugDescription)")
      }
    }
  }

  func type(_ text: String) throws { try keys.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

  func waitForExit() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGTERM) }
  }
}
