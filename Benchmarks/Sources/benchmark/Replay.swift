import ArgumentParser
import Foundation
import Graph
import Platform
import Store

/// The history of a real repository under a watcher.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Commits of a git repository, checked out one by one under a watcher.",
    discussion: """
      At every tenth commit and at the end the dump of the watched store is compared with that of a fresh full \
      ingest. A difference ends the replay with status 1. 'changed' counts what git says differs and is in the graph \
      before or after; 'parsed' what the batches say, files parsed afresh to confirm them included where that \
      corrected something.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp("The repository, bare or not; it is only read.", valueName: "path"))
  var repository: String

  @Option(help: "How many commits, the last one of them included.")
  var commits = 200

  @Option(help: ArgumentHelp("The last commit.", valueName: "revision"))
  var until = "HEAD"

  @Option(help: ArgumentHelp("Commits between two comparisons.", valueName: "n"))
  var every = 10

  func run() throws {
    let ptwatch = try Ptwatch(common)
    let scratch = try Scratch(common)
    let git = try Git.clone(repository, to: "\(scratch.path)/tree", scratch)
    // Along first parents each tree follows from the one before.
    let history = Array(
      try git.lines("rev-list", "--first-parent", "--max-count=\(commits + 1)", until).reversed())
    guard history.count > 1 else { throw Failure("\(repository) has no two commits before \(until)") }
    try git.run("checkout", "--quiet", "--detach", history[0])
    let watcher = try Watcher.ready(ptwatch, git.tree, in: scratch)
    let reader = try GraphReader(watcher.store)
    let comparison = Comparison(ptwatch: ptwatch, tree: git.tree, store: watcher.store.path, scratch: scratch)
    var table = Table("replay", "of \(history.count - 1) commits", common)
    var (changed, parsed, batches, comparisons) = (0, 0, 0, 0)
    var times: [Double] = []
    for (number, commit) in history.enumerated().dropFirst() {
      let paths = try git.lines("diff", "--name-only", "--no-renames", "-z", history[number - 1], commit).map {
        TreePath($0)
      }
      let before = try present(paths, reader)
      try git.run("checkout", "--quiet", "--detach", commit)
      let ended = MonotonicTime.now
      try watcher.sync()
      times.append(MonotonicTime.now.milliseconds(since: ended))
      changed += before.union(try present(paths, reader)).count
      let events = try watcher.events().filter { $0.t == "batch" }
      parsed += events.reduce(0) { $0 + $1.filesParsed }
      batches += events.count
      let isLast = number == history.count - 1
      guard number % every == 0 || isLast else { continue }
      if let difference = try comparison.difference() {
        throw Failure("commit \(number) of \(history.count - 1), \(commit), differs from full:\n\(difference)")
      }
      comparisons += 1
      table.add(
        .text("commit", String(commit.prefix(12)), width: 12), .count("number", number), .count("changed", changed),
        .count("parsed", parsed), .count("batches", batches), .number("consistent ms", Distribution(times).median),
        .count("comparisons", comparisons))
    }
    try watcher.stop()
  }

  private func present(_ paths: [TreePath], _ reader: GraphReader) throws -> Set<TreePath> {
    let snapshot = try reader.snapshot()
    return Set(try paths.filter { try snapshot.file($0) != nil })
  }
}

/// Of a watched store with a fresh one.
private struct Comparison {
  let ptwatch: Ptwatch
  let tree: String
  let store: String
  let scratch: Scratch

  /// The first lines that only one of them has; nil if the dumps are equal.
  func difference() throws -> String? {
    let (watched, full) = ("\(scratch.path)/watched.dump", "\(scratch.path)/full.dump")
    let fresh = try scratch.directory("fresh.db")
    defer { try? FileManager.default.removeItem(atPath: fresh) }
    try ptwatch.dump(tree, store: store, sync: true, to: watched)
    try ptwatch.ingest(tree, store: fresh)
    try ptwatch.dump(tree, store: fresh, sync: false, to: full)
    if FileManager.default.contentsEqual(atPath: watched, andPath: full) { return nil }
    let (a, b) = (try lines(watched), try lines(full))
    func only(_ a: [Substring], _ b: [Substring]) -> String {
      let others = Set(b)
      return a.lazy.filter { !others.contains($0) }.prefix(5).joined(separator: "\n")
    }
    return "only watched:\n\(only(a, b))\nonly full:\n\(only(b, a))"
  }

  private func lines(_ file: String) throws -> [Substring] {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self).split(separator: "\n")
  }
}
