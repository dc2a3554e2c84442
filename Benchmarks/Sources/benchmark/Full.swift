import ArgumentParser
import Foundation

/// Full ingest against the parse floor.
struct Full: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Full ingest of large trees, in turn with the parse floor.",
    discussion: """
      Whole processes at the same number of threads, in turn (A B A B); the floor reads and parses the files that \
      ptwatch parsed, with the same grammars, and does nothing else. A ratio is that of two neighbours; 'floor s' and \
      'ptwatch s' are medians. 'own MB' is the most memory of its own (RssAnon, looked at every 20 ms): pages of the \
      store, which is mapped, are page cache and left out. 'serial %' is the time in which fewer than all workers ran, \
      start and end of the process included, by the program's own trace; 'x16' and 'x64' are what that many cores would \
      give over one, by Amdahl's law, with walk and writer, a thread each, as bounds. 'over one' is what all workers \
      gave here. The goal: ratio (median) at most 1.15 in C and 1.25 elsewhere, 1 GB of memory, the store no larger \
      than the source.

      Trees: linux (kernel mm fs net), linux-core, linux-whole, rust, python, go, typescript, java, or any directory. \
      They are downloaded once into ~/.cache/ptwatch.
      """)

  static let usualTrees = ["linux", "rust", "python", "go", "typescript", "java"]

  @OptionGroup var common: CommonOptions

  @Option(
    name: .customLong("tree"),
    help: ArgumentHelp(
      "A tree, by name or path; may be repeated (default: all that have a name but linux-core and linux-whole).",
      valueName: "tree"))
  var trees: [String] = []

  @Flag(help: "The whole kernel too.")
  var whole = false

  @Option(help: "Rounds of each.")
  var rounds = 5

  func run() throws {
    let ptwatch = try Ptwatch(common)
    let scratch = try Scratch(common)
    let prepared = try Prepared(scratch)
    var table = Table("full", "full ingest over the parse floor, \(rounds) rounds", common)
    for name in (trees.isEmpty ? Self.usualTrees : trees) + (whole ? ["linux-whole"] : []) {
      try measure(try prepared.tree(name), ptwatch, scratch, &table)
    }
  }

  private func measure(
    _ tree: SourceTree.Named, _ ptwatch: Ptwatch, _ scratch: Scratch, _ table: inout Table
  ) throws {
    let ingest = Ingest(ptwatch, tree.path, scratch, ["--no-ignore"])
    // Brings the tree into the page cache, too.
    _ = try ingest.run(jobs: Machine.cores)
    let floor = try ingest.floor()
    var alone: Double?
    for threads in Set([1, Machine.cores]).sorted() {
      var (runs, floors): ([Ingest.Result], [Child.Cost]) = ([], [])
      for _ in 0..<max(1, rounds) {
        runs.append(try ingest.run(jobs: threads))
        floors.append(try floor.measure(threads: threads))
      }
      let seconds = Distribution(runs.map(\.cost.seconds)).median
      add(to: &table, tree, threads, runs, floors, overOne: alone.map { $0 / seconds })
      alone = alone ?? seconds
    }
  }

  private func add(
    to table: inout Table, _ tree: SourceTree.Named, _ threads: Int, _ runs: [Ingest.Result], _ floors: [Child.Cost],
    overOne: Double?
  ) {
    func median(_ value: (Ingest.Result) -> Double) -> Double { Distribution(runs.map(value)).median }
    let ratios = Distribution(zip(runs, floors).map { $0.cost.ms / $1.ms })
    let report = runs[0].report
    let memory = runs.map(\.cost.memory).max() ?? 0
    let storeShare = Double(report.storeBytes) / Double(max(report.bytes, 1))
    table.add(
      .text("tree", tree.title, width: 40), .count("threads", threads), .count("files", report.filesParsed),
      .number("MB", Double(report.bytes) / 1e6, digits: 1),
      .number("floor s", Distribution(floors.map(\.seconds)).median), .number("ptwatch s", median(\.cost.seconds)),
      .number("min ratio", ratios.min, digits: 3), .number("ratio", ratios.median, digits: 3),
      .number("max ratio", ratios.max, digits: 3),
      .number("cpu %", median { $0.cost.cpuMs / $0.cost.ms * 100 }, digits: 0),
      .number("own MB", Double(memory) / 1e6, digits: 1),
      .number("store MB", Double(report.storeBytes) / 1e6, digits: 1),
      .number("store share", storeShare), .number("over one", overOne),
      .number("serial %", median { Scaling($0, workers: threads).serialPercent }, digits: 1),
      .number("x16", median { Scaling($0, workers: threads).speedUp(cores: 16) }, digits: 1),
      .number("x64", median { Scaling($0, workers: threads).speedUp(cores: 64) }, digits: 1),
      .goal(ratios.median <= tree.goal && memory <= 1_000_000_000 && storeShare <= 1))
  }
}
