import Foundation

/// Results as they come: aligned columns, or with `--json` one object a line.
struct Table {
  struct Column {
    let name: String
    let unit: String
    let width: Int

    /// `width` is that of the widest value that is to be expected.
    init(_ name: String, _ unit: String = "", width: Int = 6) {
      (self.name, self.unit) = (name, unit)
      self.width = max(width, name.count + (unit.isEmpty ? 0 : unit.count + 1))
    }

    var title: String { unit.isEmpty ? name : "\(name) \(unit)" }
    /// `p50 ms` becomes `p50Ms`.
    var key: String {
      let words = title.split(separator: " ")
      return words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
  }

  enum Cell {
    case text(String)
    case count(Int)
    case number(Double, digits: Int = 2)
    /// Whether a goal was met; nil where there is none.
    case goal(Bool?)

    var text: String {
      switch self {
      case .text(let text): text
      case .count(let count): "\(count)"
      case .number(let number, let digits): String(format: "%.\(digits)f", number)
      case .goal(let met): met.map { $0 ? "met" : "missed" } ?? "-"
      }
    }

    var json: String {
      switch self {
      case .text(let text): String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
      case .count, .number: text
      case .goal(let met): met.map { "\($0)" } ?? "null"
      }
    }
  }

  private let title: String
  private let columns: [Column]
  private let isJSON: Bool

  /// Prints the title and the columns' names.
  init(_ title: String, _ options: CommonOptions, _ columns: [Column]) {
    (self.title, self.columns, isJSON) = (title, columns, options.json)
    if isJSON { return }
    Self.print("\n\(title)")
    Self.print(line(columns.map(\.title)))
  }

  func add(_ cells: [Cell]) {
    if isJSON {
      let name = Cell.text(title.split(separator: ":")[0].description).json
      let fields = zip(columns, cells).map { "\"\($0.key)\":\($1.json)" }
      Self.print("{\"benchmark\":\(name),\(fields.joined(separator: ","))}")
    } else {
      Self.print(line(cells.map(\.text)))
    }
  }

  /// A remark below the table, for people.
  func note(_ text: String) {
    if !isJSON { Self.print("  \(text)") }
  }

  private func line(_ texts: [String]) -> String {
    let cells = zip(columns, texts).enumerated().map { number, cell in
      let padding = String(repeating: " ", count: max(0, cell.0.width - cell.1.count))
      return number == 0 ? cell.1 + padding : padding + cell.1
    }
    return "  " + cells.joined(separator: "  ")
  }

  private static func print(_ line: String) {
    Swift.print(line)
    fflush(nil)
  }
}
