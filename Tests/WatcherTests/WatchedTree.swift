import Discovery
import Foundation
import Glibc
import Graph
import Platform
import Testing

@testable import Watcher

struct Failed: Error, CustomStringConvertible {
  var description: String
}

/// A temporary tree, a watcher on it, and what the engine would know: which wanted files (`*.c`) there are.
final class WatchedTree {
  let base: String
  let events: BoundedQueue<WatchEvent>
  let watcher: TreeWatcher
  private let ignore: IgnoreOptions
  /// Wanted files as events and the disk tell, with their stamps when they were looked at.
  private(set) var known: [String: FileStamp] = [:]
  private var cookies = 0

  var root: String { base + "/tree" }
  var sync: String { base + "/sync" }

  init(capacity: Int = 4096, adjust: (inout WatchOptions) -> Void = { _ in }) throws {
    var template = Array("/tmp/ptwatch-watcher-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError("make", "a temporary directory") }
    base = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for name in ["/tree", "/sync"] { mkdir(base + name, 0o755) }
    var options = WatchOptions(
      rootPath: base + "/tree", syncDirectoryPath: base + "/sync", ignore: IgnoreOptions(environment: [:]),
      wants: Self.isWanted)
    adjust(&options)
    ignore = options.ignore
    events = BoundedQueue(capacity: capacity)
    watcher = TreeWatcher(options: options, events: events)
  }

  deinit {
    watcher.stop()
    try? FileManager.default.removeItem(atPath: base)
  }

  @Sendable private static func isWanted(_ path: TreePath) -> Bool { path.bytes.suffix(2).elementsEqual(".c".utf8) }

  /// Starts the watcher and takes what comes until it is ready.
  @discardableResult
  func started() throws -> WatchedTree {
    try watcher.start()
    try wait("ready") { if case .ready = $0 { true } else { false } }
    return self
  }

  /// Takes events until one is as wanted; returns all that were taken.
  @discardableResult
  func wait(_ what: String, until isWanted: (WatchEvent) -> Bool) throws -> [WatchEvent] {
    let deadline = MonotonicTime.now.adding(milliseconds: 60_000)
    var taken: [WatchEvent] = []
    while true {
      switch events.pop(until: deadline) {
      case .element(let event):
        taken.append(event)
        learn(event)
        if isWanted(event) { return taken }
      case .timedOut: throw Failed(description: "no \(what), but \(taken.map(\.summary))")
      case .closed: throw Failed(description: "closed before \(what)")
      }
    }
  }

  /// Drops a cookie and takes all events up to it.
  @discardableResult
  func synced() throws -> [WatchEvent] {
    cookies += 1
    let cookie = "cookie-\(cookies)"
    try write(sync + "/" + cookie, "")
    return try wait(cookie) { if case .cookie(let name, _) = $0 { name == cookie } else { false } }
  }

  /// As ``synced()``, and holds what is known against the disk: nothing may be missed, nothing may be left over.
  @discardableResult
  func agreed(_ location: SourceLocation = #_sourceLocation) throws -> [WatchEvent] {
    let taken = try synced()
    let disk = try onDisk()
    #expect(known.keys.sorted() == disk.keys.sorted(), sourceLocation: location)
    #expect(known == disk, "some file was looked at too early", sourceLocation: location)
    return taken
  }

  /// Does as the engine does: a touched file is looked at, a listing is compared.
  private func learn(_ event: WatchEvent) {
    switch event {
    case .touched(let path, _, _): known[path.description] = stamp(path)
    case .listed(let directory, let files, _, _):
      known = known.filter { !TreePath($0.key).isWithin(directory) }
      for file in files { known[file.path.description] = file.stamp }
    default: break
    }
  }

  private func stamp(_ path: TreePath) -> FileStamp? {
    var status = stat()
    let name = root + "/" + String(decoding: path.bytes, as: UTF8.self)
    guard lstat(name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return FileStamp(
      size: UInt64(status.st_size), modified: status.modifiedNanoseconds, changed: status.changedNanoseconds,
      inode: UInt64(status.st_ino), device: UInt64(status.st_dev))
  }

  /// The wanted files by the walker with rules of its own.
  private func onDisk() throws -> [String: FileStamp] {
    let directory = try Directory(root)
    let rules = IgnoreRules(root: directory, options: ignore)
    let walker = TreeWalker(root: directory, rules: rules)
    var files: [String: FileStamp] = [:]
    _ = walker.walk(
      from: .root, stop: StopFlag(), wants: Self.isWanted, willList: { _ in }, problem: { _ in },
      found: { files[$0.path.description] = $0.stamp })
    return files
  }
}

extension WatchedTree {
  /// Directories that the kernel watches for this process, the sync directory and the three above the root not counted.
  func kernelWatches() throws -> Int {
    var watches = -4
    for descriptor in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fdinfo") {
      guard let info = try? String(contentsOfFile: "/proc/self/fdinfo/\(descriptor)", encoding: .utf8) else { continue }
      watches += info.split(separator: "\n").count { $0.hasPrefix("inotify wd:") }
    }
    return watches
  }

  func write(_ path: String, _ text: String) throws {
    let file = open(absolute(path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw SystemError("write", path) }
    _ = Glibc.write(file, text, text.utf8.count)
    close(file)
  }

  func make(_ directory: String) throws {
    try FileManager.default.createDirectory(atPath: absolute(directory), withIntermediateDirectories: true)
  }

  func move(_ from: String, _ to: String) throws {
    guard rename(absolute(from), absolute(to)) == 0 else { throw SystemError("rename", from) }
  }

  func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: absolute(path)) }

  private func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : root + "/" + path }
}

extension WatchEvent {
  /// In short: `~ path` while being written, `= path` complete, `- path` removed, `reason directory/: files`.
  var summary: String {
    switch self {
    case .touched(let path, .writing, _): "~ \(path)"
    case .touched(let path, .complete, _), .touched(let path, .moved, _): "= \(path)"
    case .touched(let path, .removed, _): "- \(path)"
    case .listed(let directory, let files, let reason, _):
      "\(reason) \(directory)/: \(files.map(\.path.description).joined(separator: " "))"
    case .cookie(let name, _): "cookie \(name)"
    case .problem(let problem): "problem \(problem)"
    case .rootGone(let loss): "gone \(loss)"
    case .ready: "ready"
    }
  }
}

extension [WatchEvent] {
  /// All but cookies, in short.
  var summaries: [String] { map(\.summary).filter { !$0.hasPrefix("cookie ") } }

  /// The directories listed for one reason.
  func scans(_ wanted: ScanReason) -> [String] {
    compactMap {
      if case .listed(let directory, _, wanted, _) = $0 { directory.description } else { nil }
    }
  }
}
