import Graph
import Incremental

/// A batch in one line: where, how much, how long, and which names as far as they fit.
struct BatchText {
  let line: String

  /// Width where there is no terminal to ask.
  private static let defaultColumns = 120

  init(_ report: BatchReport, ms: Double, _ screen: Screen) {
    let columns = screen.isVerbose ? Int.max : StandardStream.output.columns ?? Self.defaultColumns
    var place = report.files.first.map { Self.mark($0.change) + " " + $0.path.description } ?? ""
    if report.files.count > 1 { place = Format.plural(report.files.count, "file") }
    let entities = Self.counts(report.entitiesAdded, report.entitiesChanged, report.entitiesRemoved)
    let counts = "entities \(entities)  edges +\(report.edgesAdded) -\(report.edgesRemoved)  \(Format.fixed(ms, 1)) ms"
    var line = screen.paint(place, .bold) + "  " + screen.paint(counts, .dim)
    var room = columns - place.count - counts.count - 4
    for (mark, color, entity) in Self.names(report) {
      let name = "\(mark) \(entity.kind.name) \(entity.name)"
      room -= name.count + 2
      if room < 0 {
        line += room + name.count >= 1 ? " …" : ""
        break
      }
      line += "  " + screen.paint(name, color)
    }
    self.line = line
  }

  private static func mark(_ change: BatchReport.Change) -> String {
    switch change {
    case .added: "+"
    case .modified: "~"
    case .removed: "-"
    }
  }

  private static func counts(_ added: Int, _ changed: Int, _ removed: Int) -> String {
    "+\(added) ~\(changed) -\(removed)"
  }

  private static func names(
    _ report: BatchReport
  ) -> [(mark: String, color: Screen.Color, entity: BatchReport.NamedEntity)] {
    report.files.flatMap { file in
      file.added.map { ("+", Screen.Color.green, $0) } + file.changed.map { ("~", Screen.Color.yellow, $0) }
        + file.removed.map { ("-", Screen.Color.red, $0) }
    }
  }
}
