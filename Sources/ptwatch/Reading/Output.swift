import Graph

/// Gathers text for standard output.
struct Output: ~Copyable {
  private var bytes: [UInt8] = []
  let paint: Paint
  /// Of the terminal that the text goes to, if it is one; whoever cuts at the end of its lines asks for it.
  let columns: Int?

  init(_ paint: Paint, columns: Int?) {
    self.paint = paint
    self.columns = columns
  }

  /// `text`, which must be printable, as it looks in a style.
  func styled(_ text: String, _ style: Style) -> String { paint(text, style) }

  func styled(_ mark: ChangeMark) -> String { paint(mark.rawValue, mark.style) }

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
