import Foundation
import Testing

/// The built `ptwatch`, which lies beside the test bundle.
enum Program {
  static let executable: URL = {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appending(path: "ptwatch")
  }()

  static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let environment: [String: String] = {
    var environment = ProcessInfo.processInfo.environment
    environment["PTWATCH_LANGUAGES"] = environment["PTWATCH_LANGUAGES"] ?? checkout.appending(path: "Languages").path
    environment["XDG_CONFIG_HOME"] = "/nonexistent"
    environment["NO_COLOR"] = "1"
    // A crash says where.
    environment["SWIFT_BACKTRACE"] = "enable=yes,color=no,interactive=no,cache=no"
    return environment
  }()

  struct Result {
    var status: Int32
    var output: String
    var error: String
  }

  /// Runs it to its end.
  static func run(_ arguments: String...) throws -> Result { try run(arguments) }

  static func run(_ arguments: [String], through command: [String] = []) throws -> Result {
    let running = try RunningProgram(arguments, through: command)
    let status = running.waitForExit()
    return Result(
      status: status, output: running.lines.all.joined(separator: "\n"),
      error: running.errors.all.joined(separator: "\n"))
  }

  /// The dump of a tree's graph, line by line.
  static func dump(_ tree: URL, sync: Bool = false, through command: [String] = []) throws -> [Substring] {
    let result = try run(["dump"] + (sync ? ["--sync"] : []) + [tree.path], through: command)
    try #require(result.status == 0, "\(result.error)")
    return result.output.split(separator: "\n")
  }

  /// The dump of a fresh full ingest, in a store of its own.
  static func fullDump(_ tree: URL, _ options: String..., through command: [String] = []) throws -> [Substring] {
    let store = try TemporaryDirectory()
    let ingest = try run(["--full", "--quiet", "--db", store.url.path, tree.path] + options, through: command)
    try #require(ingest.status == 0, "\(ingest.error)")
    let result = try run(["dump", "--db", store.url.path, tree.path], through: command)
    try #require(result.status == 0, "\(result.error)")
    return result.output.split(separator: "\n")
  }
}

/// A running `ptwatch`, or another program.
final class RunningProgram: @unchecked Sendable {
  // SAFETY: `process` is used by the test's thread only; the line collectors lock.
  private let process = Process()
  let lines = LineCollector()
  let errors = LineCollector()

  /// `command` runs what is appended to it, in the same process.
  init(_ arguments: [String], of program: String = Program.executable.path, through command: [String] = []) throws {
    process.executableURL = URL(fileURLWithPath: command.isEmpty ? program : "/usr/bin/env")
    process.arguments = command.isEmpty ? arguments : command + [program] + arguments
    process.environment = Program.environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = lines.pipe
    process.standardError = errors.pipe
    try process.run()
    lines.start()
    errors.start()
  }

  var id: Int32 { process.processIdentifier }

  func signal(_ number: Int32) { kill(id, number) }

  func waitForExit() -> Int32 {
    process.waitUntilExit()
    lines.waitForEnd()
    errors.waitForEnd()
    return process.terminationStatus
  }

  deinit {
    if process.isRunning { kill(id, SIGKILL) }
  }
}

/// Reads a pipe line by line on a thread of its own.
final class LineCollector: @unchecked Sendable {
  // SAFETY: all state is behind `condition`.
  let pipe = Pipe()
  private let condition = NSCondition()
  private var lines: [String] = []
  private var hasEnded = false

  func start() {
    try? pipe.fileHandleForWriting.close()
    let thread = Thread { [self] in
      var rest = Data()
      while true {
        let data = pipe.fileHandleForReading.availableData
        if data.isEmpty { break }
        rest.append(data)
        var complete: [String] = []
        while let end = rest.firstIndex(of: 0x0A) {
          complete.append(String(decoding: rest[rest.startIndex..<end], as: UTF8.self))
          rest = Data(rest[(end + 1)...])
        }
        add(complete)
      }
      if !rest.isEmpty { add([String(decoding: rest, as: UTF8.self)]) }
      condition.withLock {
        hasEnded = true
        condition.broadcast()
      }
    }
    thread.start()
  }

  private func add(_ complete: [String]) {
    condition.withLock {
      lines += complete
      condition.broadcast()
    }
  }

  var all: [String] { condition.withLock { lines } }

  func waitForEnd() {
    condition.withLock { while !hasEnded { condition.wait() } }
  }

  /// The first line from number `start` on that fits, waited for; nil if none comes before the stream ends or for two
  /// minutes, which no test comes near unless it fails.
  func first(from start: Int = 0, where fits: (String) -> Bool) -> String? {
    let deadline = Date(timeIntervalSinceNow: 120)
    return condition.withLock {
      var next = start
      while true {
        while next < lines.count {
          if fits(lines[next]) { return lines[next] }
          next += 1
        }
        if hasEnded || !condition.wait(until: deadline) { return nil }
      }
    }
  }
}

/// A directory that goes when the test is over.
final class TemporaryDirectory {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "ptwatch-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

  func write(_ data: Data, to path: String) throws {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  func remove(_ path: String) throws { try FileManager.default.removeItem(at: url.appending(path: path)) }

  func move(_ from: String, to: String) throws {
    let target = url.appending(path: to)
    try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.moveItem(at: url.appending(path: from), to: target)
  }
}

/// A line of `--json` output.
struct Event {
  private let object: [String: Any]

  init(_ line: String) throws {
    object = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
  }

  var type: String? { text("t") }

  func text(_ key: String) -> String? { object[key] as? String }

  func number(_ path: String...) throws -> Int {
    var value: Any = object
    for key in path { value = try #require((value as? [String: Any])?[key]) }
    return try #require(value as? Int)
  }

  /// Of a list of kinds with their counts.
  func count(of kind: String, in list: String) -> Int? {
    (object[list] as? [[String: Any]])?.first { $0["kind"] as? String == kind }?["count"] as? Int
  }

  var files: [[String: String]] { object["files"] as? [[String: String]] ?? [] }
}

/// A watcher on a tree.
struct Watch {
  let program: RunningProgram
  let tree: URL
  let ready: Event
  /// Runs what is appended to it where it sees the tree as the watcher does.
  let entrance: [String]

  /// Returns when the watcher is ready. `command` is one that leads into other namespaces; see ``RunningProgram``.
  init(_ tree: URL, _ options: String..., through command: [String] = []) throws {
    program = try RunningProgram(["--json"] + options + [tree.path], through: command)
    self.tree = tree
    entrance = command.isEmpty ? [] : Namespace.entrance(of: program)
    let first = program.lines.first { _ in true }
    ready = try Event(try #require(first, "\(program.errors.all)"))
    try #require(ready.type == "ready")
  }

  /// The first batch, after `seen` lines of output, that names the file.
  func batch(naming path: String, after seen: Int = 0) throws -> Event {
    let line = program.lines.first(from: seen) {
      $0.hasPrefix("{\"t\":\"batch\"") && $0.contains("\"path\":\"\(path)\"")
    }
    return try Event(try #require(line, "\(program.errors.all)"))
  }

  /// The graph equals that of a fresh full ingest.
  @discardableResult
  func expectEqualToFull(_ what: Comment? = nil, location: SourceLocation = #_sourceLocation) throws -> Bool {
    let watched = try Program.dump(tree, sync: true, through: entrance)
    let full = try Program.fullDump(tree, through: entrance)
    if watched == full { return true }
    let onlyWatched = Set(watched).subtracting(full).sorted().prefix(5).joined(separator: "\n")
    let onlyFull = Set(full).subtracting(watched).sorted().prefix(5).joined(separator: "\n")
    Issue.record("\(what ?? "")\nonly watched:\n\(onlyWatched)\nonly full:\n\(onlyFull)", sourceLocation: location)
    return false
  }

  /// Ends it as Ctrl+C would.
  func interrupt() -> Int32 {
    program.signal(SIGINT)
    return program.waitForExit()
  }
}
