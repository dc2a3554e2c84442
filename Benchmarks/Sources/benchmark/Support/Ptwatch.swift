import Foundation
import Platform
import Store

/// The program under test.
struct Ptwatch {
  let path: String

  init(_ options: CommonOptions) throws {
    guard let path = options.ptwatch ?? ProcessInfo.processInfo.environment["PTWATCH"] else {
      throw Failure("which ptwatch? Run scripts/benchmark, or give --ptwatch PATH")
    }
    self.path = path
  }

  /// Ingests a tree into a new store.
  func ingest(_ tree: String, store: String, _ options: [String] = []) throws {
    try Child.run([path, "--full", "--quiet", "--db", store, tree] + options)
  }

  /// The dump of a store, into a file.
  func dump(_ tree: String, store: String, sync: Bool, to file: String) throws {
    try Child.run([path, "dump", "--db", store, tree] + (sync ? ["--sync"] : []), output: file)
  }
}

/// A line of `--json` output.
struct WatchEvent: Decodable {
  struct File: Decodable {
    let path: String
    let parsed: String
  }

  let t: String
  let generation: Int?
  let ms: Double?
  let files: [File]?
  let bytesParsed: Int?
  let rowsWritten: Int?

  private enum Key: CodingKey { case t, generation, ms, files, bytesParsed, rowsWritten }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    t = try values.decode(String.self, forKey: .t)
    generation = try values.decodeIfPresent(Int.self, forKey: .generation)
    ms = try values.decodeIfPresent(Double.self, forKey: .ms)
    // The line `ready` has their number under the same key.
    files = try? values.decode([File].self, forKey: .files)
    bytesParsed = try values.decodeIfPresent(Int.self, forKey: .bytesParsed)
    rowsWritten = try values.decodeIfPresent(Int.self, forKey: .rowsWritten)
  }

  var filesParsed: Int { files?.count { $0.parsed != "none" } ?? 0 }
}

/// A running watcher. Its output goes to a file, so that it never waits for this process.
final class Watcher {
  let store: StoreDirectory
  let id: pid_t
  private let child: Child
  private let log: String
  private let output: CInt
  private var rest: [UInt8] = []
  private var isRunning = true

  /// The store is `<scratch>/<name>.db`, kept if it is there. Returns at once.
  init(_ ptwatch: Ptwatch, _ tree: String, in scratch: Scratch, name: String = "watch", _ options: [String] = []) throws
  {
    log = "\(scratch.path)/\(name)"
    store = StoreDirectory(path: log + ".db")
    child = try Child(
      [ptwatch.path, "--json", "--db", store.path, tree] + options, output: log + ".out", errors: log + ".err")
    id = child.id
    output = open(log + ".out", O_RDONLY | O_CLOEXEC)
    if output < 0 { throw SystemError("open", log + ".out") }
  }

  /// A watcher that is ready.
  static func ready(_ ptwatch: Ptwatch, _ tree: String, in scratch: Scratch, _ options: [String] = []) throws -> Watcher
  {
    let watcher = try Watcher(ptwatch, tree, in: scratch, options)
    try watcher.waitUntilReady()
    return watcher
  }

  deinit {
    if isRunning { end(SIGKILL) }
    close(output)
  }

  func waitUntilReady() throws {
    try waitFor("'ready'", seconds: 3600) { try events().contains { $0.t == "ready" } }
  }

  /// The lines that came since the last call.
  func events() throws -> [WatchEvent] {
    let isNew = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
      var isNew = false
      while true {
        let count = read(output, buffer.baseAddress!, buffer.count)
        if count <= 0 { return isNew }
        rest += buffer[..<count]
        isNew = true
      }
    }
    if !isNew, let status = isRunning ? child.statusIfEnded() : nil {
      isRunning = false
      let errors = (try? String(contentsOfFile: log + ".err", encoding: .utf8)) ?? ""
      throw Failure("ptwatch ended with status \(status): \(errors)")
    }
    guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    let lines = rest[..<end].split(separator: UInt8(ascii: "\n"))
    let decoder = JSONDecoder()
    let events = try lines.map { try decoder.decode(WatchEvent.self, from: Data($0)) }
    rest.removeSubrange(...end)
    return events
  }

  /// Returns when the store holds the tree as it is now, by a cookie as `--sync` does.
  func sync() throws {
    let cookie = "\(store.syncDirectory)/\(getpid())-\(MonotonicTime.now.nanoseconds)"
    let file = open(cookie, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if file < 0 { throw SystemError("make", cookie) }
    close(file)
    try waitFor("the answer to a sync cookie") { access(cookie, F_OK) != 0 }
  }

  /// Ends it as Ctrl+C does.
  func stop() throws {
    let status = end(SIGINT)
    if status != 0 { throw Failure("ptwatch ended with status \(status)") }
  }

  @discardableResult
  private func end(_ signal: Int32) -> Int32 {
    isRunning = false
    kill(id, signal)
    return child.wait().status
  }
}
