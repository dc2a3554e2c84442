import ArgumentParser
import Foundation

/// All figures about speed in one run, as a page.
struct Performance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Runs full, peers, store, read and start, and writes docs/PERFORMANCE.md and README.md's table.",
    discussion: """
      All figures are from this one run, so it should have the machine for itself: about half an hour on two cores, \
      with --whole (the whole kernel too, on which read and start are then measured) some hours. Between the \
      comments '<!-- performance -->' and '<!-- /performance -->' the pages are replaced.
      """)

  @OptionGroup var common: CommonOptions

  @Flag(help: "With the whole kernel.")
  var whole = false

  @Option(help: "Rounds of each ingest.")
  var rounds = 5

  @Option(
    name: .customLong("tree"),
    help: ArgumentHelp("Only these trees, for a first look; may be repeated.", valueName: "tree"))
  var trees: [String] = []

  func run() throws {
    let scratch = try Scratch(common)
    let prepared = try Prepared(scratch)
    // All facts of the whole kernel as Python's lists, for the other stores, would take most of a machine's memory.
    let part = trees.first ?? "linux"
    let kernel = whole ? "linux-whole" : part
    let named = trees.flatMap { ["--tree", $0] }
    let often = ["--rounds", "\(rounds)"]
    func rows(_ arguments: [String]) throws -> [Row] { try measured(arguments, scratch) }
    let full = try rows(["full"] + named + often + (whole ? ["--whole"] : []))
    let peers = try rows(["peers"] + named + often)
    let store = try rows(["store", "--tree", part])
    let read = try rows(["read", "--tree", kernel])
    let start = try rows(["start", "--no-ignore", "--tree", try prepared.tree(kernel).path])

    let (partTitle, title) = (try prepared.tree(part).title, try prepared.tree(kernel).title)
    let day = Date().formatted(.iso8601.year().month().day())
    let machine = "Measured by `scripts/benchmark table` on \(day), all in one run, on \(Machine.description)."
    try Page(prepared.file("../README.md")).replace(
      [machine] + Self.byTree(peers, Self.peerColumns))
    try Page(prepared.file("../docs/PERFORMANCE.md")).replace(
      [machine, "## Full ingest over the parse floor", Markdown.table(full, Self.fullColumns)]
        + ["## Scaling", Markdown.table(full.filter { $0["overOne"] is Double }, Self.scalingColumns)]
        + ["## Beside other tools"] + Self.byTree(peers, Self.peerColumns + Self.peerCosts)
        + ["## The store alone: \(partTitle)", Markdown.table(store, Self.storeColumns)]
        + ["## Reading: \(title)", Markdown.table(read, Self.readColumns)]
        + ["## Start on an unchanged tree: \(title)", Markdown.table(start, Self.startColumns)])
  }

  private typealias Row = Markdown.Row
  private typealias Column = Markdown.Column

  /// Runs a benchmark in a process of its own, so that none inherits another's memory; its JSON is passed on.
  private func measured(_ arguments: [String], _ scratch: Scratch) throws -> [Row] {
    FileHandle.standardError.write(Data("benchmark: \(arguments.joined(separator: " "))\n".utf8))
    let options = ["--json", "--scratch", common.scratch] + (common.ptwatch.map { ["--ptwatch", $0] } ?? [])
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let text = try Child.printed(by: [program] + arguments + options, in: scratch)
    if common.json { print(text) }
    return try text.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? Row ?? [:]
    }
  }

  private static func byTree(_ rows: [Row], _ columns: [Column]) -> [String] {
    var trees: [String] = []
    for case let tree as String in rows.map({ $0["tree"] }) where !trees.contains(tree) { trees.append(tree) }
    return trees.flatMap { tree in
      ["\(tree):", Markdown.table(rows.filter { $0["tree"] as? String == tree }, columns)]
    }
  }

  private static let fullColumns = [
    Column("Tree", "tree"), Column("Threads", "threads"), Column("Files", "files"), Column("MB", "MB", 1),
    Column("Floor (s)", "floorS", 2), Column("ptwatch (s)", "ptwatchS", 2), Column("Ratio", "ratio", 3),
    Column("least", "minRatio", 3), Column("most", "maxRatio", 3), Column("CPU (%)", "cpu%"),
    Column("Own memory (MB)", "ownMB"), Column("Store (MB)", "storeMB"), Column("Store / source", "storeShare", 2),
    Column("Goal", "goal"),
  ]
  private static let scalingColumns = [
    Column("Tree", "tree"), Column("Threads", "threads"), Column("Over one", "overOne", 2),
    Column("Serial (%)", "serial%", 1), Column("16 cores, on paper", "x16", 1),
    Column("64 cores, on paper", "x64", 1),
  ]
  private static let peerColumns = [
    Column("Implementation", "implementation"), Column("Time (s)", "seconds", 2), Column("Entities", "entities"),
    Column("Edges", "edges"), Column("Files", "files"), Column("Entities/s", "entities/s"),
    Column("Speed-up", "speed-up", 2),
  ]
  private static let peerCosts = [Column("CPU (s)", "cpuS", 2), Column("Own memory (MB)", "ownMB")]
  private static let storeColumns = [
    Column("Store", "store"), Column("Time (s)", "seconds", 2), Column("Entities", "entities"),
    Column("Edges", "edges"), Column("Directions", "directions"), Column("Edges/s", "edges/s"),
    Column("Size (MB)", "storeMB"), Column("Goal", "goal"),
  ]
  private static let readColumns = [
    Column("Command", "command"), Column("Runs", "runs"), Column("p50 (ms)", "p50Ms", 1),
    Column("p99 (ms)", "p99Ms", 1), Column("Edges/s", "edges/s"), Column("Goal", "goal"),
  ]
  private static let startColumns = [
    Column("Ready (ms)", "readyMs"), Column("find (ms)", "findMs"), Column("Ratio", "ratio", 2),
    Column("Goal", "goal"),
  ]
}
