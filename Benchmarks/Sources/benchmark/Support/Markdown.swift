import Foundation

/// Tables of what benchmarks print as JSON.
enum Markdown {
  typealias Row = [String: Any]

  struct Column {
    let title: String
    let key: String
    let digits: Int

    init(_ title: String, _ key: String, _ digits: Int = 0) {
      (self.title, self.key, self.digits) = (title, key, digits)
    }

    fileprivate func text(_ row: Row) -> String {
      switch row[key] {
      case let text as String: text
      case let met as Bool where key == "goal": met ? "met" : "missed"
      case let number as Double: Self.grouped(number, digits)
      default: "-"
      }
    }

    private static func grouped(_ number: Double, _ digits: Int) -> String {
      let parts = String(format: "%.\(digits)f", number).split(separator: ".")
      var whole = ""
      for (place, digit) in parts[0].reversed().enumerated() {
        if place > 0, place % 3 == 0, digit != "-" { whole.append(",") }
        whole.append(digit)
      }
      return ([String(whole.reversed())] + parts.dropFirst().map(String.init)).joined(separator: ".")
    }
  }

  static func table(_ rows: [Row], _ columns: [Column]) -> String {
    let cells = [columns.map(\.title), columns.map { _ in "---" }] + rows.map { row in columns.map { $0.text(row) } }
    return cells.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
  }
}

/// A page of which a part, between two comments, is written by a command.
struct Page {
  private let path: String
  private static let marks = ("<!-- performance -->", "<!-- /performance -->")

  init(_ path: String) { self.path = path }

  /// Paragraphs, headings and tables.
  func replace(_ parts: [String]) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    guard let start = text.range(of: Self.marks.0), let end = text.range(of: Self.marks.1),
      start.upperBound <= end.lowerBound
    else { throw Failure("\(path) has no part between \(Self.marks.0) and \(Self.marks.1)") }
    let new = text[..<start.upperBound] + "\n\n" + parts.joined(separator: "\n\n") + "\n\n" + text[end.lowerBound...]
    try String(new).write(toFile: path, atomically: true, encoding: .utf8)
  }
}
