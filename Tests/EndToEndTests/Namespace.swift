import Foundation
import Testing

/// Running the program in namespaces of its own, where any user may mount and set limits.
enum Namespace {
  /// As `command` of ``RunningProgram``: the script is run first.
  static func after(_ script: String) -> [String] {
    ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script + #"; exec "$0" "$@""#]
  }

  /// As `command` of another program, to join a running one.
  static func entrance(of program: RunningProgram) -> [String] {
    ["nsenter", "--target", "\(program.id)", "--user", "--mount", "--preserve-credentials"]
  }
}

extension Watch {
  /// Runs a shell script where the watcher is.
  func shell(_ script: String, location: SourceLocation = #_sourceLocation) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = entrance + ["sh", "-e", "-c", script]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, sourceLocation: location)
  }

  /// The first line of the type, after `seen` lines of output.
  func event(_ type: String, after seen: Int = 0) throws -> Event {
    let line = program.lines.first(from: seen) { $0.hasPrefix("{\"t\":\"\(type)\"") }
    return try Event(try #require(line, "\(program.errors.all)"))
  }
}
