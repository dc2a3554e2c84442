internal import Glibc

/// A text read token by token, in either direction, from any place outside of comments. Comments and lines of the
/// preprocessor are no tokens. It may be read from each of its words: what was passed over once is not searched again, so
/// that all of it takes time in proportion to the text.
final class TokenText {
  struct Token: Equatable {
    enum Kind: Equatable {
      /// Start or end of the text.
      case edge
      case word
      case sign(UInt8)
    }
    let kind: Kind
    let range: Range<Int>
  }

  /// Stands for `::`.
  static let pathSign: UInt8 = 0xFF
  /// Bytes that are looked at for the other bracket of a pair.
  static let reach = 2000

  let bytes: UnsafeRawBufferPointer
  private var lineEnds = PlaceSearch(step: 1)
  private var commentEnds = PlaceSearch(step: 1)
  private var commentStarts = PlaceSearch(step: -1)
  /// The next token behind some of the comments and lines of the preprocessor that follow each other.
  private var tokensBehind: [Int: Int] = [:]
  /// Of so many in a row the next token behind one is kept.
  private static let stride = 16

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// 0 outside of the text.
  @inline(__always)
  subscript(place: Int) -> UInt8 { place >= 0 && place < bytes.count ? bytes[place] : 0 }

  func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[range]) }

  static func isInWord(_ byte: UInt8) -> Bool {
    byte | 0x20 &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F || byte >= 0x80
  }

  static func isCapital(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 || byte &- 0x30 < 10 || byte == 0x5F }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }

  /// Where the next token begins, or the end of the text.
  func next(from start: Int) -> Int {
    var place = start
    var passed = 0
    var kept: [Int] = []
    while place < bytes.count {
      if Self.isSpace(bytes[place]) {
        place += 1
        continue
      }
      guard let end = endOfGap(place) else { break }
      if let known = tokensBehind[place] {
        place = known
        break
      }
      passed += 1
      if passed.isMultiple(of: Self.stride) { kept.append(place) }
      place = end
    }
    for gap in kept { tokensBehind[gap] = place }
    return place
  }

  /// The end of the comment or line of the preprocessor that begins at `place`; nil if none does.
  private func endOfGap(_ place: Int) -> Int? {
    switch (bytes[place], self[place + 1]) {
    case (UInt8(ascii: "#"), _), (UInt8(ascii: "/"), UInt8(ascii: "/")): endOfLine(place)
    case (UInt8(ascii: "/"), UInt8(ascii: "*")): endOfComment(place)
    default: nil
    }
  }

  /// The next line feed that no backslash continues over, or the end of the text.
  private func endOfLine(_ start: Int) -> Int {
    lineEnds.end(from: start) { $0 >= bytes.count || bytes[$0] == 0x0A && !isContinued($0) }
  }

  private func endOfComment(_ start: Int) -> Int {
    let close = commentEnds.end(from: start + 2) {
      $0 >= bytes.count || bytes[$0] == UInt8(ascii: "/") && bytes[$0 - 1] == UInt8(ascii: "*")
    }
    return min(close + 1, bytes.count)
  }

  /// True if a backslash stands before the line feed.
  private func isContinued(_ feed: Int) -> Bool {
    self[feed - 1] == UInt8(ascii: "\\") || self[feed - 1] == 0x0D && self[feed - 2] == UInt8(ascii: "\\")
  }

  /// The first token that begins at `start` or behind it.
  func token(from start: Int) -> Token {
    let place = next(from: start)
    guard place < bytes.count else { return Token(kind: .edge, range: bytes.count..<bytes.count) }
    if Self.isInWord(bytes[place]) {
      var end = place
      while Self.isInWord(self[end]) { end += 1 }
      return Token(kind: .word, range: place..<end)
    }
    if bytes[place] == UInt8(ascii: ":"), self[place + 1] == UInt8(ascii: ":") {
      return Token(kind: .sign(Self.pathSign), range: place..<place + 2)
    }
    return Token(kind: .sign(bytes[place]), range: place..<place + 1)
  }

  /// The next token; a text in quotes is passed over.
  func token(behind token: Token) -> Token {
    let isQuote = token.kind == .sign(UInt8(ascii: "\"")) || token.kind == .sign(UInt8(ascii: "'"))
    return self.token(from: isQuote ? endOfQuote(token.range.lowerBound) + 1 : token.range.upperBound)
  }

  /// The last token that ends at `end` or before it, but for one that is `hidden`.
  func token(before end: Int, hidden: Range<Int>?) -> Token {
    let place = last(before: end, hidden: hidden)
    guard place >= 0 else { return Token(kind: .edge, range: 0..<0) }
    if Self.isInWord(bytes[place]) {
      var start = place
      while Self.isInWord(self[start - 1]) { start -= 1 }
      return Token(kind: .word, range: start..<place + 1)
    }
    if bytes[place] == UInt8(ascii: ":"), self[place - 1] == UInt8(ascii: ":") {
      return Token(kind: .sign(Self.pathSign), range: place - 1..<place + 1)
    }
    return Token(kind: .sign(bytes[place]), range: place..<place + 1)
  }

  /// The last byte of the token before `end`, or -1.
  private func last(before end: Int, hidden: Range<Int>?) -> Int {
    var place = end - 1
    while place >= 0 {
      if let hidden, hidden.contains(place) {
        place = hidden.lowerBound - 1
      } else if bytes[place] == 0x0A {
        // A line that is continued is the preprocessor's, and so is what begins on the next.
        if isContinued(place) { return bytes[place - 1] == 0x0D ? place - 2 : place - 1 }
        place = codeEnd(of: place)
      } else if Self.isSpace(bytes[place]) {
        place -= 1
      } else if bytes[place] == UInt8(ascii: "/"), self[place - 1] == UInt8(ascii: "*") {
        place = commentStart(place) - 1
      } else {
        return place
      }
    }
    return -1
  }

  /// The last place before the line feed at `feed` that is in no `//` comment and no line of the preprocessor.
  private func codeEnd(of feed: Int) -> Int {
    let start = startOfLine(feed)
    var first = start
    while isContinued(first - 1) { first = startOfLine(first - 1) }
    while first < feed, Self.isSpace(bytes[first]) { first += 1 }
    if bytes[first] == UInt8(ascii: "#") { return startOfLine(first) - 1 }
    var quote: UInt8 = 0
    var place = start
    while place < feed {
      let byte = bytes[place]
      if quote != 0 {
        if byte == UInt8(ascii: "\\") { place += 1 } else if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == UInt8(ascii: "/"), self[place + 1] == byte {
        return place - 1
      }
      place += 1
    }
    return feed - 1
  }

  private func startOfLine(_ end: Int) -> Int {
    var start = end
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  /// Where the comment begins that ends at `end`.
  private func commentStart(_ end: Int) -> Int {
    let start = commentStarts.end(from: end - 3) {
      $0 < 0 || bytes[$0] == UInt8(ascii: "/") && bytes[$0 + 1] == UInt8(ascii: "*")
    }
    return max(start, 0)
  }
}
