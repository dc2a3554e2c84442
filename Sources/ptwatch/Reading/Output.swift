import Graph

/// Gathers text for standard output.
struct Output: ~Copyable {
  private var bytes: [UInt8] = []
  private let colors: Bool

  init(colors: Bool) { self.colors = colors }

  enum Style: String {
    case path = "35"
    case number = "32"
    case kind = "36"
    case name = "1"
    case faint = "2"
  }

  /// `text`, which must be printable, as it looks in a style.
  func styled(_ text: String, _ style: Style) -> String {
    colors && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  mutating func line(_ text: String) throws {
    bytes.append(contentsOf: text.utf8)
    bytes.append(0x0A)
    if bytes.count >= 1 << 16 { try flush() }
  }

  mutating func json(_ body: (inout JSONLine) -> Void) throws {
    var line = JSONLine()
    line.begin()
    body(&line)
    line.end()
    line.endLine()
    bytes.append(contentsOf: line.bytes)
    if bytes.count >= 1 << 16 { try flush() }
  }

  mutating func flush() throws {
    let ready = bytes
    bytes.removeAll(keepingCapacity: true)
    try StandardStream.output.write(ready)
  }
}
