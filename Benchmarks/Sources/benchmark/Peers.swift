import ArgumentParser
import Foundation

/// Full ingest beside other tools.
struct Peers: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Full ingest beside universal-ctags, GNU Global, codingest, quickast and other stores.",
    discussion: """
      Whole processes in turn; times are medians, 'own MB' is the most memory of its own of the process that was \
      started. Entities and edges are what a tool itself counts: definitions and references for GNU Global, tags for \
      ctags, nodes and relations for codingest. A tool that cannot read the language is left out. ctags and Global get \
      the list of the files that ptwatch parses; codingest and quickast read the tree. 'store only' is what putting \
      ptwatch's facts into another database takes, no file read (see 'store'). Speed-up is over one worker of ptwatch.
      """)

  @OptionGroup var common: CommonOptions

  @Option(
    name: .customLong("tree"),
    help: ArgumentHelp(
      "A tree, by name (see 'full') or path; may be repeated (default: linux-core and python).", valueName: "tree"))
  var trees: [String] = []

  @Option(help: "Rounds of each.")
  var rounds = 3

  func run() throws {
    let ptwatch = try Ptwatch(common)
    let scratch = try Scratch(common)
    let prepared = try Prepared(scratch)
    for name in trees.isEmpty ? ["linux-core", "python"] : trees {
      let tree = try prepared.tree(name)
      var table = Table("peers", "full ingest of \(tree.title), \(rounds) rounds", common)
      try measure(tree, ptwatch, prepared, scratch, &table)
    }
  }

  /// What a tool found; nil where it does not say.
  fileprivate struct Found: Decodable {
    var entities: Int?
    var edges: Int?
    var files: Int?
  }

  private struct Contender {
    var title: String
    var run: () throws -> Child.Cost
    var found: () throws -> Found
    var costs: [Child.Cost] = []
  }

  private func measure(
    _ tree: SourceTree.Named, _ ptwatch: Ptwatch, _ prepared: Prepared, _ scratch: Scratch, _ table: inout Table
  ) throws {
    let ingest = Ingest(ptwatch, tree.path, scratch, ["--no-ignore"])
    let report = try ingest.run(jobs: Machine.cores).report
    let parsed = try ingest.parsed()
    let floor = try ingest.floor()
    let counted = Found(entities: report.entities, edges: report.edges, files: report.filesParsed)
    var contenders: [Contender] = []
    for threads in Set([1, Machine.cores]).sorted() {
      let workers = threads == 1 ? "one worker" : "\(threads) workers"
      contenders.append(
        Contender(title: "ptwatch, \(workers)", run: { try ingest.run(jobs: threads).cost }, found: { counted }))
      contenders.append(
        Contender(
          title: "parse floor, \(threads == 1 ? "one thread" : "\(threads) threads")",
          run: { try floor.measure(threads: threads) }, found: { Found(files: report.filesParsed) }))
    }
    for peer in try PeerTool.all(for: parsed, tree.path, prepared, scratch) {
      contenders.append(Contender(title: peer.title, run: peer.build, found: peer.found))
    }
    for _ in 0..<max(1, rounds) {
      for number in contenders.indices { contenders[number].costs.append(try contenders[number].run()) }
    }
    let alone = Distribution(contenders[0].costs.map(\.seconds)).median
    for contender in contenders {
      let costs = contender.costs
      add(
        to: &table, tree.title, contender.title, Distribution(costs.map(\.seconds)).median, try contender.found(),
        cpu: Distribution(costs.map(\.cpuMs)).median / 1e3, memory: costs.map(\.memory).max(), alone)
    }
    for other in try OtherStore.all(of: ingest, prepared, ptwatch, scratch) {
      let result = try other.measure()
      let found = Found(entities: result.entities, edges: result.edges, files: result.files)
      add(to: &table, tree.title, "\(other.title), store only", result.seconds, found, cpu: nil, memory: nil, alone)
    }
  }

  private func add(
    to table: inout Table, _ tree: String, _ title: String, _ seconds: Double, _ found: Found, cpu: Double?,
    memory: Int?, _ alone: Double
  ) {
    func count(_ name: String, _ value: Int?) -> Table.Field { .number(name, value.map(Double.init), digits: 0) }
    table.add(
      .label("tree", tree), .text("implementation", title, width: 32), .number("seconds", seconds),
      count("entities", found.entities), count("edges", found.edges), count("files", found.files),
      .number("entities/s", found.entities.map { Double($0) / seconds }, digits: 0),
      .number("speed-up", alone / seconds), .number("cpu s", cpu),
      .number("own MB", memory.map { Double($0) / 1e6 }, digits: 1))
  }
}

/// A tool with a script in `Benchmarks/peers/` that runs it: `<script> prepare|build|count TREE LIST WORK`.
private struct PeerTool: Decodable {
  let title: String
  /// Names of languages of which it can read at least one.
  let languages: [String]
  let script: String

  /// Those that can read most of the files.
  static func all(
    for parsed: [(path: String, language: String)], _ tree: String, _ prepared: Prepared, _ scratch: Scratch
  ) throws -> [PeerRun] {
    let list = "\(scratch.path)/peers.list"
    try parsed.map { $0.path + "\n" }.joined().write(toFile: list, atomically: false, encoding: .utf8)
    let tools = try JSONDecoder().decode(
      [PeerTool].self, from: Data(contentsOf: URL(fileURLWithPath: prepared.file("peers/peers.json"))))
    let python = try prepared.python()
    return try tools.filter { tool in
      parsed.count { tool.languages.contains($0.language) } * 2 > parsed.count
    }.map { tool in
      let work = try scratch.directory("peers-\(tool.script)")
      let run = PeerRun(
        title: tool.title, script: prepared.file("peers/\(tool.script)"), arguments: [tree, list, work, python],
        scratch: scratch)
      try run.prepare()
      return run
    }
  }
}

private struct PeerRun {
  let title: String
  let script: String
  let arguments: [String]
  let scratch: Scratch

  func prepare() throws { try Child.run([script, "prepare"] + arguments) }

  func build() throws -> Child.Cost { try Child.run([script, "build"] + arguments) }

  func found() throws -> Peers.Found {
    let text = try Child.printed(by: [script, "count"] + arguments, in: scratch)
    return try JSONDecoder().decode(Peers.Found.self, from: Data(text.utf8))
  }
}
