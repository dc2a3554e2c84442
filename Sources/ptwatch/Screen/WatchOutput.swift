import Graph
import Incremental

/// What watch mode prints on standard output: for people a line a batch, for programs one object an event.
struct WatchOutput {
  private let screen: Screen

  /// Of a batch, where no width limits them.
  private static let mostNames = 40

  init(_ screen: Screen) { self.screen = screen }

  func ready(_ root: String, _ totals: Totals, _ caughtUp: CaughtUp, ms: Double) throws(OutputFailure) {
    if screen.isJSON {
      return try event("ready") { line in
        line.key("generation")
        line.value(totals.generation)
        line.key("files")
        line.value(totals.files)
        line.key("entities")
        line.value(totals.entities)
        line.key("edges")
        line.value(totals.edges)
        line.key("filesChanged")
        line.value(caughtUp.filesChanged)
        line.key("filesRead")
        line.value(caughtUp.filesRead)
        line.key("ms")
        line.value(ms)
      }
    }
    if caughtUp.filesChanged > 0 {
      try text("caught up with \(Format.plural(caughtUp.filesChanged, "file")) that changed while nobody watched")
    }
    try text(
      screen.paint("watching", .good) + " \(printable(root)): \(Format.plural(totals.files, "file")), "
        + "\(Format.plural(totals.entities, "entity", "entities")), \(Format.plural(totals.edges, "edge")) "
        + screen.paint("(\(Format.fixed(ms, 0)) ms)", .faint))
  }

  func batch(_ report: BatchReport, ms: Double) throws(OutputFailure) {
    if screen.isJSON { return try event("batch") { Self.write(report, ms, to: &$0) } }
    if screen.isQuiet { return }
    // Asked for anew each time: it may have changed.
    let columns = screen.isVerbose ? nil : StandardStream.output.columns
    let names = screen.isVerbose ? Int.max : columns ?? Self.mostNames
    try text(BatchText(report, ms: ms, columns: columns ?? .max, names: names).text.painted(screen.paint))
  }

  /// For programs only; `of` is null until all files are found.
  func progress(_ progress: IngestProgress) throws(OutputFailure) {
    try event("progress") { line in
      line.key("files")
      line.value(progress.files.done)
      line.key("of")
      if progress.isWalkDone { line.value(progress.files.seen) } else { line.null() }
    }
  }

  func rescan(_ directory: TreePath, _ reason: String) throws(OutputFailure) {
    if screen.isJSON {
      return try event("rescan") { line in
        line.key("path")
        line.value(directory.bytes)
        line.key("reason")
        line.value(reason)
      }
    }
    try text(screen.paint("rescan", .notable) + " \(directory.isRoot ? "." : directory.description): \(reason)")
  }

  func waiting(_ root: String, reason: String) throws(OutputFailure) {
    if screen.isJSON {
      return try event("waiting") { line in
        line.key("root")
        line.value(root)
        line.key("reason")
        line.value(reason)
      }
    }
    try text(screen.paint("waiting", .notable) + " for \(printable(root)): \(reason)")
  }

  func stopped(_ generation: UInt64, reason: String) throws(OutputFailure) {
    if screen.isJSON {
      return try event("stopped") { line in
        line.key("generation")
        line.value(generation)
        line.key("reason")
        line.value(reason)
      }
    }
    // 0 where there was no tree, and so no store.
    let state = generation == 0 ? "" : " at generation \(generation); the store is synced"
    try text(screen.paint("stopped", .good) + " (\(reason))" + state)
  }

  private func text(_ line: String) throws(OutputFailure) {
    if !screen.isQuiet { try screen.print(line) }
  }

  private func event(_ name: StaticString, _ body: (inout JSONLine) -> Void) throws(OutputFailure) {
    var line = JSONLine()
    line.begin()
    line.key("t")
    line.value(name)
    body(&line)
    line.end()
    line.endLine()
    try StandardStream.output.write(line.bytes)
  }

  private static func write(_ report: BatchReport, _ ms: Double, to line: inout JSONLine) {
    line.key("generation")
    line.value(report.generation)
    line.key("files")
    line.beginArray()
    for file in report.files {
      line.begin()
      line.key("path")
      line.value(file.path.bytes)
      line.key("change")
      line.value(file.change.rawValue)
      line.key("parsed")
      line.value(file.parsed.rawValue)
      line.end()
    }
    line.endArray()
    line.key("entities")
    line.begin()
    line.key("added")
    line.value(report.entitiesAdded)
    line.key("changed")
    line.value(report.entitiesChanged)
    line.key("removed")
    line.value(report.entitiesRemoved)
    line.end()
    line.key("edges")
    line.begin()
    line.key("added")
    line.value(report.edgesAdded)
    line.key("removed")
    line.value(report.edgesRemoved)
    line.end()
    line.key("filesRead")
    line.value(report.filesRead)
    line.key("bytesParsed")
    line.value(report.bytesParsed)
    line.key("rowsWritten")
    line.value(report.rowsWritten)
    line.key("ms")
    line.value(ms)
  }
}

/// What was done before watching began.
struct CaughtUp {
  private(set) var filesChanged = 0
  private(set) var filesRead = 0

  mutating func add(_ report: BatchReport) {
    filesChanged += report.files.count
    filesRead += report.filesRead
  }
}
