import Graph
import Incremental

/// A batch in one line: where, which names, how much, how long. In a narrow line the names go last.
struct BatchText {
  private(set) var text = StyledText()

  /// Between two pieces.
  private static let gap = "  "
  /// Of a name for which there is less room nothing is shown.
  private static let shortestName = 8

  /// In so many columns at the most; `names` limits what is listed besides.
  init(_ report: BatchReport, ms: Double, columns: Int, names most: Int) {
    let total = report.entitiesAdded + report.entitiesChanged + report.entitiesRemoved
    let names = report.telling(most: most).map {
      ($0.change.mark.with("\($0.entity.kind.name) \($0.entity.name)"), $0.change.mark.style)
    }
    // A path may take 2/5 of the line where there are names, numbers a sixth; more if the names leave it.
    let all =
      names.isEmpty ? 0 : total == names.count ? names.reduce(0) { $0 + $1.0.columns + Self.gap.count } : columns
    let place = Self.place(report, columns: max(columns - all - Self.gap.count, columns / 5 * 2))
    let numbers = Self.numbers(report, ms, columns: max(columns - place.columns - all - Self.gap.count, columns / 6))
    text = place
    add(names, of: total, room: columns - place.columns - (numbers.isEmpty ? 0 : numbers.columns + Self.gap.count))
    if !numbers.isEmpty {
      text.add(Self.gap)
      text.add(numbers, .faint)
    }
  }

  /// As many as there is room for, and how many others there are.
  private mutating func add(_ names: [(text: String, style: Style)], of total: Int, room: Int) {
    var (room, left) = (room, total)
    for (name, style) in names {
      let most = room - Self.gap.count - (left == 1 ? 0 : Self.more(left - 1, of: total).columns)
      // Of the first, part is better than nothing.
      if name.columns > most, left < total || most < Self.shortestName { break }
      let shown = name.cut(to: most)
      text.add(Self.gap)
      text.add(shown, style)
      room -= Self.gap.count + shown.columns
      left -= 1
    }
    // Of files that only moved no names are known.
    if left > 0, !names.isEmpty { text.add(Self.more(left, of: total).cut(to: room), .faint) }
  }

  private static func more(_ left: Int, of total: Int) -> String {
    gap + (left < total ? "and \(Format.count(left)) more" : "\(Format.count(left)) changed")
  }

  private static func place(_ report: BatchReport, columns: Int) -> StyledText {
    var place = StyledText()
    if report.files.count == 1 {
      let mark = report.files[0].change.mark
      place.add(mark.with(""), mark.style)
      place.add(report.files[0].path.description.cutAtStart(to: columns - place.columns), .name)
    } else {
      place.add(Format.plural(report.files.count, "file").cut(to: columns), .name)
    }
    return place
  }

  /// The most that fits.
  private static func numbers(_ report: BatchReport, _ ms: Double, columns: Int) -> String {
    let entities = "entities +\(report.entitiesAdded) ~\(report.entitiesChanged) -\(report.entitiesRemoved)"
    let edges = "edges +\(report.edgesAdded) -\(report.edgesRemoved)"
    let time = "\(Format.fixed(ms, 1)) ms"
    return [[entities, edges, time], [edges, time], [time]].lazy.map { $0.joined(separator: gap) }
      .first { $0.columns <= columns } ?? ""
  }
}
