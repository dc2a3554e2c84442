import Foundation

/// Results as they come: aligned columns, or with `--json` one object a line.
struct Table {
  /// A value with its column's name; all rows of a table have the same columns.
  struct Field {
    private let name: String
    fileprivate let text: String
    fileprivate let json: String
    private let leastWidth: Int
    fileprivate var isShown = true

    static func text(_ name: String, _ value: String, width: Int = 8) -> Field {
      let json = String(decoding: (try? JSONEncoder().encode(value)) ?? Data(), as: UTF8.self)
      return Field(name: name, text: value, json: json, leastWidth: width)
    }

    static func count(_ name: String, _ value: Int) -> Field {
      Field(name: name, text: "\(value)", json: "\(value)", leastWidth: 8)
    }

    /// What is the same in all rows, and stands in the table's title: in JSON only.
    static func label(_ name: String, _ value: String) -> Field {
      var field = text(name, value)
      field.isShown = false
      return field
    }

    /// Nil where there is none. The unit, if there is one, is the name's last word.
    static func number(_ name: String, _ value: Double?, digits: Int = 2) -> Field {
      let text = value.map { String(format: "%.\(digits)f", $0) }
      return Field(name: name, text: text ?? "-", json: text ?? "null", leastWidth: 8)
    }

    /// Whether the design's goal is met; nil where it sets none.
    static func goal(_ isMet: Bool?) -> Field {
      let text = isMet.map { $0 ? "met" : "missed" }
      return Field(name: "goal", text: text ?? "-", json: isMet.map { "\($0)" } ?? "null", leastWidth: 6)
    }

    fileprivate var title: String { name }
    fileprivate var width: Int { max(leastWidth, name.count) }
    /// `p50 ms` becomes `p50Ms`.
    fileprivate var key: String {
      let words = name.split(separator: " ")
      return words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
  }

  private let benchmark: String
  private let title: String
  private let isJSON: Bool
  private var hasRows = false

  init(_ benchmark: String, _ title: String, _ options: CommonOptions) {
    (self.benchmark, self.title, isJSON) = (benchmark, title, options.json)
  }

  mutating func add(_ fields: Field...) {
    if isJSON {
      let members = fields.map { "\"\($0.key)\":\($0.json)" }
      return Self.print("{\"benchmark\":\"\(benchmark)\",\(members.joined(separator: ","))}")
    }
    if !hasRows {
      Self.print("\n\(benchmark): \(title)")
      Self.print(Self.line(fields, \.title))
    }
    hasRows = true
    Self.print(Self.line(fields, \.text))
  }

  private static func line(_ fields: [Field], _ what: KeyPath<Field, String>) -> String {
    let cells = fields.filter(\.isShown).enumerated().map { number, field in
      let text = field[keyPath: what]
      let padding = String(repeating: " ", count: max(0, field.width - text.count))
      return number == 0 ? text + padding : padding + text
    }
    return "  " + cells.joined(separator: "  ")
  }

  /// At once, for whoever watches.
  private static func print(_ line: String) {
    Swift.print(line)
    fflush(nil)
  }
}
