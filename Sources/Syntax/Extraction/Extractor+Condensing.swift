internal import Graph

// Expressions that are longer than a name may be, written without what the calls in them are given: that does not lead
// from name to name.
extension Extractor {
  /// In bytes. What is longer is no expression that anybody follows.
  private static let sourceLimit = 4096
  /// In bytes, once condensed.
  private static let condensedLimit = 160

  /// Leaves an expression in the buffer as ``tighten(_:_:)`` does; of a longer one what stands in the brackets behind a
  /// name is written `…`. False if it is too long even so, or leads nowhere. O(bytes).
  mutating func condense(_ source: UnsafeRawBufferPointer, _ mark: UInt8? = nil) -> Bool {
    if tighten(source, mark) { return true }
    guard source.count <= Self.sourceLimit else { return false }
    buffer.cut(to: 0)
    if let mark { buffer.append(mark) }
    var follows = false
    var index = 0
    while index < source.count {
      let byte = source[index]
      index += 1
      if Self.isSpace(byte) {
        follows = true
        continue
      }
      let last = buffer.isEmpty ? 0 : buffer[buffer.count - 1]
      if follows, Self.isInWord(byte), Self.isInWord(last) { buffer.append(0x20) }
      follows = false
      // No name leads on from a text, but there is a mark like it that stands before one in types.
      if "\"`".utf8.contains(byte) || byte == UInt8(ascii: "'") && !"<&,".utf8.contains(last) { return false }
      buffer.append(byte)
      if "({".utf8.contains(byte), Self.isInWord(last) || "])}>".utf8.contains(last) {
        guard let end = Self.closing(source, from: index) else { return false }
        if !source[index..<end].allSatisfy(Self.isSpace) { for byte in "…".utf8 { buffer.append(byte) } }
        buffer.append(source[end])
        index = end + 1
      }
      if buffer.count > Self.condensedLimit { return false }
    }
    return true
  }

  /// Where the bracket is closed that opened before `start`; nil if it is not.
  private static func closing(_ source: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var depth = 1
    var index = start
    while index < source.count {
      switch source[index] {
      case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "'"): index = endOfText(source, from: index)
      case UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return nil
  }

  /// Where a text in quotes ends. A single quote that none follows in its line is none, but part of a name or a word.
  private static func endOfText(_ source: UnsafeRawBufferPointer, from start: Int) -> Int {
    let quote = source[start]
    var index = start + 1
    while index < source.count, source[index] != quote {
      if quote == UInt8(ascii: "'"), source[index] == 0x0A { return start }
      index += source[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index < source.count ? index : start
  }
}
