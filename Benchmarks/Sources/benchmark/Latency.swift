import ArgumentParser
import Foundation
import Store

/// From the end of a save until another process can read the commit.
struct Latency: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "From a save's end until another process can read it in the store.",
    discussion: """
      This process is the other one: it saves a file with a number changed, and looks at the store, with pauses of \
      40 microseconds, until the file's record bears the new content's hash. The column 'grain' is the mean time \
      between two looks: what a latency may be too long by. Each save is a lone one: the last is readable, and 20 ms \
      pass.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: "Saves of each file in each way.")
  var saves = 1000

  @Option(help: ArgumentHelp("Sizes of the made-up files; may be repeated.", valueName: "n"))
  var lines: [Int] = [100, 1000, 10_000, 30_000]

  @Option(help: ArgumentHelp("Languages: c, rust, python; may be repeated.", valueName: "name"))
  var language: [SourceLanguage] = SourceLanguage.allCases

  @Option(help: ArgumentHelp("A copy of this file instead of made-up ones.", valueName: "path"))
  var file: String?

  @Option(help: ArgumentHelp("Milliseconds from one save's being readable to the next save.", valueName: "ms"))
  var pause = 20

  func run() throws {
    let ptwatch = try Ptwatch(common)
    let scratch = try Scratch(common)
    let tree = try scratch.directory("tree")
    try SourceTree.makeUp(in: tree, files: 300, lines: 300)
    let files = try files(in: tree)
    let watcher = try Watcher.ready(ptwatch, tree, in: scratch)
    let reader = try GraphReader(watcher.store)
    var table = Table("latency", "save to readable, one-line edits", common)
    for (name, text) in files {
      let saved = SavedFile(name, in: tree, reader)
      var edited = EditedText(text)
      // The first saves parse the whole file, if the watcher has not parsed it ahead.
      for _ in 0..<5 { try save(&edited, to: saved, .write) }
      for way in SavedFile.Way.allCases {
        let results = try (0..<saves).map { _ in try save(&edited, to: saved, way) }
        add(name, text, way, results, to: &table)
      }
    }
    try watcher.stop()
  }

  private func files(in tree: String) throws -> [(name: String, text: [UInt8])] {
    var files: [(String, [UInt8])] = []
    if let file {
      files.append(
        (URL(fileURLWithPath: file).lastPathComponent, Array(try Data(contentsOf: URL(fileURLWithPath: file)))))
    } else {
      for language in language {
        for lines in lines {
          let text = MadeUpSource.text(language, lines: lines, seed: UInt64(lines))
          files.append(("lines\(lines).\(language.suffixes[0])", text))
        }
      }
    }
    for (name, text) in files { try Data(text).write(to: URL(fileURLWithPath: "\(tree)/\(name)")) }
    return files
  }

  @discardableResult
  private func save(_ text: inout EditedText, to file: SavedFile, _ way: SavedFile.Way) throws -> SavedFile.Result {
    text.changeNumber()
    let result = try file.save(text.bytes, way)
    usleep(UInt32(pause * 1000))
    return result
  }

  private func add(
    _ name: String, _ text: [UInt8], _ way: SavedFile.Way, _ results: [SavedFile.Result], to table: inout Table
  ) {
    let times = Distribution(results.map(\.ms))
    let lines = text.count { $0 == UInt8(ascii: "\n") }
    let looks = results.reduce(0) { $0 + $1.looks }
    let grain = results.reduce(0) { $0 + $1.ms } / Double(looks)
    var goal: Bool?
    if lines == 1000 { goal = times.median <= 2 && times.percentile(0.99) <= 10 }
    if (700_000...1_200_000).contains(text.count) { goal = times.median <= 12 }
    table.add(
      .text("file", name, width: 18), .count("lines", lines), .count("bytes", text.count), .text("way", way.rawValue),
      .count("saves", results.count), .number("p50 ms", times.median), .number("p90 ms", times.percentile(0.9)),
      .number("p99 ms", times.percentile(0.99)), .number("max ms", times.max), .number("grain ms", grain, digits: 3),
      .goal(goal))
  }
}
