/// Finds comments of which too many stand in a row. To the parser they are children of one node, of which libtree-sitter 0.20.7
/// can hold no more than 65,535: a text with more is given up.
struct CommentRuns: Sendable {
  struct Form: Sendable {
    let start: [UInt8]
    /// Nil for one that ends with its line.
    let end: [UInt8]?
    /// True if such comments may stand in each other.
    let nests: Bool
  }

  /// Most comments in a row that the parser is to see: those before, within and behind a text's code may become children of one node.
  static let most = 10_000

  /// The first that fits is meant.
  let forms: [Form]

  /// From the first comment too many of each run to its last. O(text).
  func excess(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
    if !mayExceed(in: text) { return [] }
    var found: [Range<Int>] = []
    var count = 0
    var place = 0
    while place < text.count {
      let byte = text[place]
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        place += 1
      } else if let form = forms.first(where: { text[place...].starts(with: $0.start) }) {
        let end = self.end(of: form, from: place, text)
        count += 1
        if count == Self.most + 1 { found.append(place..<end) }
        if count > Self.most + 1 { found[found.count - 1] = found[found.count - 1].lowerBound..<end }
        place = end
      } else {
        count = 0
        place += 1
      }
    }
    return found
  }

  /// False for nearly all texts: where there are fewer beginnings of comments.
  private func mayExceed(in text: UnsafeRawBufferPointer) -> Bool {
    if text.count < 2 * Self.most { return false }
    return Set(forms.map { $0.start[0] }).reduce(0) { $0 + text.count(of: $1) } > Self.most
  }

  private func end(of form: Form, from start: Int, _ text: UnsafeRawBufferPointer) -> Int {
    guard let end = form.end else { return text[start...].firstIndex(of: 0x0A) ?? text.count }
    var depth = 1
    var place = start + form.start.count
    while place < text.count {
      if text[place...].starts(with: end) {
        depth -= 1
        place += end.count
        if depth == 0 { return place }
      } else if form.nests, text[place...].starts(with: form.start) {
        depth += 1
        place += form.start.count
      } else {
        place += 1
      }
    }
    return text.count
  }
}
