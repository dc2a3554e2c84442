import ArgumentParser
import Foundation
import Store

/// Memory over a long session.
struct Memory: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Memory of a watcher, and the store's size, over many saves.",
    discussion: """
      Saves the files of a made-up tree in turn, each with a number changed, each once the one before is readable in \
      the store. Two files saved within 5 ms are no lone saves, so a save takes that longer. 'anonymous' is memory \
      of its own; 'resident' counts pages of the store that are mapped as well.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: "Saves in all.")
  var saves = 100_000

  @Option(help: "Files that are saved in turn.")
  var files = 300

  @Option(help: "Rows of the table.")
  var rows = 10

  func run() throws {
    let ptwatch = try Ptwatch(common)
    let scratch = try Scratch(common)
    let tree = try scratch.directory("tree")
    try SourceTree.makeUp(in: tree, files: files, lines: 500)
    let watcher = try Watcher.ready(ptwatch, tree, in: scratch)
    let reader = try GraphReader(watcher.store)
    var table = Table("memory", "\(files) files saved in turn", common)
    var texts: [(file: SavedFile, text: EditedText)] = []
    try reader.snapshot().forEachFile(below: .root) { path, _, _ in
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(tree)/\(path)")))
      texts.append((SavedFile("\(path)", in: tree, reader), EditedText(bytes)))
    }
    try add(to: &table, 0, watcher, reader, [])
    for row in 1...max(rows, 1) {
      var times: [Double] = []
      for save in (row - 1) * saves / rows..<row * saves / rows {
        let number = save % texts.count
        texts[number].text.changeNumber()
        times.append(try texts[number].file.save(texts[number].text.bytes).ms)
      }
      // Also sees to it that the watcher still runs.
      _ = try watcher.events()
      try add(to: &table, row * saves / rows, watcher, reader, times)
    }
    try watcher.stop()
  }

  private func add(
    to table: inout Table, _ saves: Int, _ watcher: Watcher, _ reader: GraphReader, _ times: [Double]
  ) throws {
    let usage = try ProcessUsage(of: watcher.id)
    let times = Distribution(times)
    table.add(
      .count("saves", saves), .number("resident MB", Double(usage.resident) / 1e6, digits: 1),
      .number("anonymous MB", Double(usage.anonymous) / 1e6, digits: 1),
      .number("store MB", Double(try reader.snapshot().storeBytes) / 1e6, digits: 1), .number("p50 ms", times.median),
      .number("p99 ms", times.percentile(0.99)))
  }
}
