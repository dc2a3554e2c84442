extension TOMLParser {
  /// Arrays within arrays, beyond which nobody means what he writes.
  private static let deepest = 8

  mutating func value(depth: Int = 0) throws(TOMLError) -> TOMLDocument.Value {
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try string())
    case UInt8(ascii: "["): return .array(try array(depth: depth))
    default: break
    }
    let start = position
    while let byte = peek, Self.isBare(byte) || "+.:".utf8.contains(byte) { position += 1 }
    let word = String(decoding: text[start..<position], as: UTF8.self)
    if word == "true" || word == "false" { return .boolean(word == "true") }
    if let number = Self.integer(word) { return .integer(number) }
    throw fault(
      "\(word.isEmpty ? "a value is wanted here" : "\(word) is no value"): "
        + "\"text\", a whole number, true, false, or [a list]")
  }

  /// Digits with single underscores between them, after a sign if there is one, without leading zeros.
  private static func integer(_ word: String) -> Int? {
    let digits = word.drop { $0 == "+" || $0 == "-" }
    guard word.count - digits.count <= 1, digits == "0" || digits.first != "0" else { return nil }
    let groups = digits.split(separator: "_", omittingEmptySubsequences: false)
    guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isWholeNumber) }) else { return nil }
    return Int(word.filter { $0 != "_" })
  }

  private mutating func array(depth: Int) throws(TOMLError) -> [TOMLDocument.Value] {
    let start = line
    if depth == Self.deepest { throw fault("lists within lists, \(Self.deepest) deep, are not known here") }
    position += 1
    var values: [TOMLDocument.Value] = []
    while true {
      skipBlank(newlines: true)
      if take("]") { return values }
      if peek == nil { throw fault("the list does not end; it wants a ]", on: start) }
      values.append(try value(depth: depth + 1))
      skipBlank(newlines: true)
      if take("]") { return values }
      guard take(",") else { throw fault("the list wants a comma or a ] here") }
    }
  }

  /// With escapes between `"`, without any between `'`.
  mutating func string() throws(TOMLError) -> String {
    let quote = text[position]
    position += 1
    if peek == quote, position + 1 < text.count, text[position + 1] == quote {
      throw fault("strings in three quotes are not known here; write it in one line, in single ones")
    }
    var bytes: [UInt8] = []
    while let byte = peek, byte >= 0x20 || byte == UInt8(ascii: "\t"), byte != 0x7F {
      position += 1
      if byte == quote { return String(decoding: bytes, as: UTF8.self) }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        bytes += String(try escape()).utf8
      } else {
        bytes.append(byte)
      }
    }
    throw fault("the string does not end on its line; it wants a \(Character(Unicode.Scalar(quote)))")
  }

  /// What stands behind a backslash.
  private mutating func escape() throws(TOMLError) -> Unicode.Scalar {
    guard let byte = peek else { throw fault("the string does not end") }
    position += 1
    switch byte {
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return Unicode.Scalar(byte)
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let digits = text[position...].prefix(byte == UInt8(ascii: "u") ? 4 : 8)
      position += digits.count
      let isHex = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
      if isHex, let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), digits.count % 4 == 0,
        let scalar = Unicode.Scalar(number)
      {
        return scalar
      }
    default: break
    }
    throw fault("there is no such escape; write \\\\ for a backslash, or the string in '...'")
  }
}
