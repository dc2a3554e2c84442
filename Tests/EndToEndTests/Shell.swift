import Foundation
import Testing

/// Runs other programs in a tree, as somebody at work there would.
struct Shell {
  private let tree: URL
  /// `OUT`, a directory outside of the tree, and the home of nobody in particular.
  private let environment: [String: String]

  init(_ tree: URL, outside: URL) {
    self.tree = tree
    environment = Self.environment(outside)
  }

  /// Whatever the machine's owner has set up counts for nothing.
  static func environment(_ outside: URL) -> [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "xterm",
      "HOME": outside.path, "OUT": outside.path, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b",
      "GIT_EDITOR": "true",
    ]
  }

  /// Runs a script with bash, to be free of errors from its first line to its last.
  func run(_ script: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-euo", "pipefail", "-c", script]
    process.environment = environment
    process.currentDirectoryURL = tree
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(script)\n\(String(decoding: said, as: UTF8.self))")
  }
}
