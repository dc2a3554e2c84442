import ArgumentParser
import Foundation
import Store

/// What edits of several places at once cost.
struct Edits: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Edits of many places at once: save to readable, and bytes parsed.",
    discussion: """
      'name' renames a function in 200 places (fewer where it stands in fewer), 'indent' changes the indentation of \
      every line, 'two ends' a number near the start and one near the end, 'one line' a number anywhere; there and \
      back again. 'parsed' is the share of the file's bytes that the batch says were parsed.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: "Saves of each kind.")
  var saves = 60

  @Option(help: ArgumentHelp("Sizes of the made-up files; may be repeated.", valueName: "n"))
  var lines: [Int] = [1000, 10_000]

  private enum Edit: String, CaseIterable {
    case line = "one line"
    case ends = "two ends"
    case name
    case indent

    /// Every second one undoes what the one before did.
    func make(_ text: inout EditedText, isSecond: Bool) {
      let (old, new) = (MadeUpSource.frequentName, "note_event")
      switch self {
      case .line: text.changeNumber()
      case .ends: text.changeTwoNumbers()
      case .name: _ = text.rename(isSecond ? new : old, to: isSecond ? old : new, count: 200)
      case .indent: text.reindent(widen: !isSecond)
      }
    }
  }

  func run() throws {
    let ptwatch = try Ptwatch(common)
    let scratch = try Scratch(common)
    let tree = try scratch.directory("tree")
    var files: [(name: String, text: [UInt8])] = []
    for language in SourceLanguage.allCases {
      for lines in lines {
        let text = MadeUpSource.text(language, lines: lines, seed: UInt64(lines))
        files.append(("lines\(lines).\(language.suffixes[0])", text))
      }
    }
    for (name, text) in files { try Data(text).write(to: URL(fileURLWithPath: "\(tree)/\(name)")) }
    let watcher = try Watcher.ready(ptwatch, tree, in: scratch)
    let reader = try GraphReader(watcher.store)
    var table = Table("edits", "of several places at once", common)
    for (name, text) in files {
      for edit in Edit.allCases {
        try measure(edit, SavedFile(name, in: tree, reader), text, watcher, name, &table)
      }
    }
    try watcher.stop()
  }

  private func measure(
    _ edit: Edit, _ file: SavedFile, _ original: [UInt8], _ watcher: Watcher, _ name: String,
    _ table: inout Table
  ) throws {
    var text = EditedText(original)
    _ = try file.save(text.bytes)
    try watcher.sync()
    var (times, parsed, rows): ([Double], [Double], [Double]) = ([], [], [])
    for number in 0..<saves {
      edit.make(&text, isSecond: number % 2 == 1)
      _ = try watcher.events()
      times.append(try file.save(text.bytes).ms)
      try watcher.sync()
      let batches = try watcher.events().filter { $0.t == "batch" }
      parsed.append(Double(batches.reduce(0) { $0 + ($1.bytesParsed ?? 0) }) * 100 / Double(text.bytes.count))
      rows.append(Double(batches.reduce(0) { $0 + ($1.rowsWritten ?? 0) }))
    }
    let distribution = Distribution(times)
    table.add(
      .text("file", name, width: 18), .count("bytes", original.count), .text("edit", edit.rawValue),
      .number("p50 ms", distribution.median), .number("p99 ms", distribution.percentile(0.99)),
      .number("parsed %", Distribution(parsed).median, digits: 1), .count("rows", Int(Distribution(rows).median)))
  }
}
