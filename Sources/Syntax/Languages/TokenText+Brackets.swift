// The other bracket of a pair, as far as it can be told without a parser: brackets of the other kinds are not looked at.
extension TokenText {
  /// Where the bracket at `open` is closed; nil if that is too far, or a statement ends before.
  func closing(_ open: Int) -> Int? {
    let close = Self.other(bytes[open])
    var depth = 0
    var place = open
    while place < min(bytes.count, open + Self.reach) {
      let byte = bytes[place]
      if byte == bytes[open] {
        depth += 1
      } else if byte == close {
        depth -= 1
        if depth == 0 { return place }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") && !Self.isInWord(self[place - 1]) {
        place = endOfQuote(place)
      } else if byte == UInt8(ascii: "/"), self[place + 1] == UInt8(ascii: "*") || self[place + 1] == byte {
        place = next(from: place) - 1
      } else if byte == UInt8(ascii: "*"), self[place + 1] == UInt8(ascii: "/") {
        // All this stands in a comment.
        return nil
      } else if Self.endsStatement(byte) {
        return nil
      }
      place += 1
    }
    return nil
  }

  /// Where the bracket that `close` closes is opened; nil if that is too far, or in another statement.
  func opening(_ close: Int) -> Int? {
    let open = Self.other(bytes[close])
    var depth = 0
    var place = close
    while place >= max(0, close - Self.reach) {
      let byte = bytes[place]
      if byte == bytes[close] {
        depth += 1
      } else if byte == open {
        depth -= 1
        if depth == 0 { return place }
      } else if Self.endsStatement(byte) {
        return nil
      }
      place -= 1
    }
    return nil
  }

  private static func other(_ bracket: UInt8) -> UInt8 {
    switch bracket {
    case UInt8(ascii: "("): UInt8(ascii: ")")
    case UInt8(ascii: ")"): UInt8(ascii: "(")
    case UInt8(ascii: "["): UInt8(ascii: "]")
    case UInt8(ascii: "]"): UInt8(ascii: "[")
    case UInt8(ascii: "<"): UInt8(ascii: ">")
    default: UInt8(ascii: "<")
    }
  }

  private static func endsStatement(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ";") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
  }

  /// The last byte of the text in quotes that begins at `start`, or of its line.
  func endOfQuote(_ start: Int) -> Int {
    var place = start + 1
    while place < bytes.count, bytes[place] != bytes[start], bytes[place] != 0x0A {
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return place
  }
}
