import ArgumentParser
import Foundation
import Graph
import Store

/// What reading commands take.
struct Read: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "'find', 'show' and 'callers' on a store, whole processes, and a full 'dump'.",
    discussion: """
      Names are a sample of those in the store: a fifth are the most mentioned among many taken at random, the rest are \
      the first of these. 'show' and 'callers' are asked for the first entity of the name. Each command runs once, so \
      that its pages are in the cache, then five times, of which the median is counted: the percentiles are over names, \
      not over what else the machine does. The goals: 25 ms at the 99th percentile, and 1 million \
      edges a second resolved in a full dump.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp("A tree, by name (see 'full') or path.", valueName: "tree"))
  var tree = "linux"

  @Option(help: ArgumentHelp("Its store, which is only read (default: one is made).", valueName: "path"))
  var db: String?

  @Option(help: "Names.")
  var names = 100

  func run() throws {
    let ptwatch = try Ptwatch(common)
    let scratch = try Scratch(common)
    let tree = try Prepared(scratch).tree(tree)
    var store = db
    if store == nil {
      let ingest = Ingest(ptwatch, tree.path, scratch, ["--no-ignore"])
      _ = try ingest.run(jobs: Machine.cores)
      store = ingest.store
    }
    let place = ["--db", store!, tree.path]
    let sample = try sampledNames(of: StoreDirectory(path: store!))
    var table = Table("read", "whole processes on the store of \(tree.title)", common)
    var ids: [String] = []
    try add(to: &table, "find", sample.names.map { [ptwatch.path, "find", $0] + place })
    for name in sample.names {
      let found = try Child.printed(
        by: [ptwatch.path, "find", "--json", "--limit", "1", name] + place, in: scratch, errors: "/dev/null")
      if let entity = try? JSONDecoder().decode(Entity.self, from: Data(found.utf8)) { ids.append(entity.id) }
    }
    try add(to: &table, "show", ids.map { [ptwatch.path, "show", $0] + place })
    try add(to: &table, "callers", ids.map { [ptwatch.path, "callers", $0] + place })
    let dumps = try (0..<3).map { _ in try Child.run([ptwatch.path, "dump"] + place).seconds }
    let rate = Double(sample.edges) / Distribution(dumps).median
    table.add(
      .text("command", "dump"), .count("runs", dumps.count), .number("p50 ms", Distribution(dumps).median * 1e3),
      .number("p99 ms", Distribution(dumps).max * 1e3), .number("edges/s", rate, digits: 0), .goal(rate >= 1e6))
  }

  private func add(to table: inout Table, _ command: String, _ runs: [[String]]) throws {
    let times = Distribution(
      try runs.map {
        // How much more there is of a common name goes to standard error.
        let command = $0
        try Child.run(command, errors: "/dev/null")
        return Distribution(try (0..<5).map { _ in try Child.run(command, errors: "/dev/null").ms }).median
      })
    table.add(
      .text("command", command), .count("runs", runs.count), .number("p50 ms", times.median),
      .number("p99 ms", times.percentile(0.99)), .number("edges/s", nil), .goal(times.percentile(0.99) <= 25))
  }

  private struct Entity: Decodable { var id: String }

  /// Names that entities bear and a command line can take, and all edges that there are.
  private func sampledNames(of store: StoreDirectory) throws -> (names: [String], edges: Int) {
    let snapshot = try GraphReader(store).snapshot()
    var all: [String] = []
    try snapshot.forEachName(prefix: []) { name in
      let text = String(decoding: name.bytes, as: UTF8.self)
      if name.bytes.count < 200, name.bytes.first != UInt8(ascii: "-"), Array(text.utf8) == Array(name.bytes) {
        all.append(text)
      }
      return true
    }
    var random = SeededGenerator(seed: 1)
    let some = all.shuffled(using: &random).prefix(names * 100)
    let mentions = try some.map { ($0, try snapshot.mentions(of: Array($0.utf8)).count) }
    let common = mentions.sorted { $0.1 > $1.1 }.prefix(names / 5).map(\.0)
    var edges = 0
    try snapshot.forEachFile(below: .root) { _, _, record in edges += Int(record.edges) }
    return (common + some.filter { !common.contains($0) }.prefix(names - common.count), edges)
  }
}
