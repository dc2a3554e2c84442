/// Tells of one place after the other whether it is in quotes, or behind `//`, by what its line says.
struct QuoteReader {
  private let text: TokenText
  /// The place that was asked for last.
  private var last = 0
  /// What of its line is read: the next is outside of quotes, or begins `//`.
  private var read = 0

  init(_ text: TokenText) { self.text = text }

  /// `place` is behind any that was asked for before.
  mutating func isQuoted(_ place: Int) -> Bool {
    if let feed = text.slice(last..<place).lastIndex(of: 0x0A) { read = last + feed + 1 }
    last = place
    while read < place {
      if text[read] == UInt8(ascii: "\"") {
        read = text.endOfQuote(read)
      } else if text[read] == UInt8(ascii: "/"), text[read + 1] == text[read] {
        return true
      }
      read += 1
    }
    return read > place
  }
}
