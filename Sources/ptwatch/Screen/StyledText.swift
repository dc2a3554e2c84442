/// Text made of pieces that look different, with the room that it takes.
struct StyledText {
  private var pieces: [(text: String, style: Style?)] = []
  private(set) var columns = 0

  /// Adds a piece, which has to be printable.
  mutating func add(_ text: String, _ style: Style? = nil) {
    pieces.append((text, style))
    columns += text.columns
  }

  mutating func add(_ other: StyledText) {
    pieces += other.pieces
    columns += other.columns
  }

  func painted(_ paint: Paint) -> String { pieces.map { paint($0.text, $0.style) }.joined() }
}
