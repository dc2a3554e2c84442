import ArgumentParser
import Foundation
import Store

/// The store alone.
struct StoreRate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store",
    abstract: "The store alone: facts in memory into a new store, beside SQLite and CozoDB on RocksDB.",
    discussion: """
      The facts of a tree, all in memory, go into a new store, until that is durable. ptwatch, in which so many threads \
      encode and sort and one writes, stores what a file says \
      and, the other way, who mentions a name. SQLite gets the same facts ('ptwatch dump --facts') in one transaction \
      without a journal, and an index on the name once all are in, which is the fastest way that it has; CozoDB's \
      embedded engine on RocksDB gets them in batches of 1,000 and in one direction only, as the design that ptwatch \
      grew from had it. Both are driven from Python, from lists in memory, and timed inside; what building the lists \
      takes is left out. The goal is 2 million edges a second for ptwatch, 'contains' edges included.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp("A tree, by name (see 'full') or path.", valueName: "tree"))
  var tree = "linux"

  @Option(help: "Rounds of ptwatch's store; the others get one.")
  var rounds = 5

  func run() throws {
    let ptwatch = try Ptwatch(common)
    let scratch = try Scratch(common)
    let prepared = try Prepared(scratch)
    let tree = try prepared.tree(tree)
    let ingest = Ingest(ptwatch, tree.path, scratch, ["--no-ignore"])
    _ = try ingest.run(jobs: Machine.cores)
    let facts = try MemoryFacts(of: StoreDirectory(path: ingest.store))
    var table = Table("store", "facts of \(tree.title) into a new store", common)
    for threads in Set([1, Machine.cores]).sorted() {
      let built = try (0..<max(1, rounds)).map { _ in
        try facts.store(in: "\(scratch.path)/rate.db", threads: threads)
      }
      let seconds = Distribution(built.map(\.seconds)).median
      add(
        to: &table, tree.title, "ptwatch, \(threads == 1 ? "1 thread" : "\(threads) threads")", seconds, facts.entities,
        facts.edges, bytes: built[0].bytes,
        directions: 2, goal: Double(facts.edges) / seconds >= 2e6)
    }
    for other in try OtherStore.all(of: ingest, prepared, ptwatch, scratch) {
      let result = try other.measure()
      add(
        to: &table, tree.title, other.title, result.seconds, result.entities, result.edges, bytes: result.bytes,
        directions: other.directions, goal: nil)
    }
  }

  private func add(
    to table: inout Table, _ tree: String, _ store: String, _ seconds: Double, _ entities: Int, _ edges: Int,
    bytes: Int,
    directions: Int, goal: Bool?
  ) {
    table.add(
      .label("tree", tree), .text("store", store, width: 32), .number("seconds", seconds), .count("entities", entities),
      .count("edges", edges), .count("directions", directions),
      .number("edges/s", Double(edges) / seconds, digits: 0), .number("store MB", Double(bytes) / 1e6, digits: 1),
      .goal(goal))
  }
}

/// A database that the same facts are put into, by a program in `Benchmarks/peers/`.
struct OtherStore {
  struct Result: Decodable {
    var seconds: Double
    var entities: Int
    var edges: Int
    var files: Int
    var bytes: Int
  }

  let title: String
  let directions: Int
  private let command: [String]
  private let scratch: Scratch

  /// Those that there are, with the facts of an ingest's store.
  static func all(
    of ingest: Ingest, _ prepared: Prepared, _ ptwatch: Ptwatch, _ scratch: Scratch
  ) throws -> [OtherStore] {
    let facts = "\(scratch.path)/facts.ndjson"
    try Child.run([ptwatch.path, "dump", "--facts", "--db", ingest.store, ingest.tree], output: facts)
    let python = try prepared.python() + "/python3"
    return [
      ("SQLite", 2, "sqlite.py"), ("CozoDB on RocksDB", 1, "cozo.py"),
    ].map { title, directions, script in
      let command = [python, prepared.file("peers/\(script)"), facts, "\(scratch.path)/\(script).db"]
      return OtherStore(title: title, directions: directions, command: command, scratch: scratch)
    }
  }

  func measure() throws -> Result {
    try JSONDecoder().decode(Result.self, from: Data(try Child.printed(by: command, in: scratch).utf8))
  }
}
