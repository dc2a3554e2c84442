/// A file's text, and edits as people make them.
struct EditedText {
  private(set) var bytes: [UInt8]
  private var random: SeededGenerator

  init(_ bytes: [UInt8], seed: UInt64 = 1) {
    self.bytes = bytes
    random = SeededGenerator(seed: seed)
  }

  /// Replaces a number somewhere by another of one to three digits, so that what follows moves; valid source stays so.
  /// Without a number, adds a line at the end.
  mutating func changeNumber() { changeNumber(in: 0..<bytes.count) }

  /// One such edit in the first twentieth, one in the last.
  mutating func changeTwoNumbers() {
    let share = bytes.count / 20
    changeNumber(in: bytes.count - share..<bytes.count)
    changeNumber(in: 0..<share)
  }

  private mutating func changeNumber(in range: Range<Int>) {
    let start = range.isEmpty ? 0 : Int.random(in: range, using: &random)
    guard let place = number(in: start..<range.upperBound) ?? number(in: range.lowerBound..<start) else {
      return bytes.append(UInt8(ascii: "\n"))
    }
    let old = Array(bytes[place])
    var new = old
    while new == old { new = Array("\(Int.random(in: 1...999, using: &random))".utf8) }
    bytes.replaceSubrange(place, with: new)
  }

  /// The first number that stands by itself in decimal digits: not in a name, not `0x10`, not `1.5`.
  private func number(in range: Range<Int>) -> Range<Int>? {
    var position = range.lowerBound
    while position < range.upperBound {
      guard Self.isWord(bytes[position]) else {
        position += 1
        continue
      }
      // The word may have begun before the range.
      var start = position
      while start > 0, Self.isWord(bytes[start - 1]) { start -= 1 }
      var end = position
      while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
      let word = bytes[start..<end]
      if word.allSatisfy(Self.isDigit), word.first != UInt8(ascii: "0"), end - start < 4 { return start..<end }
      position = end
    }
    return nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte >= 0x80
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }

  /// Puts `new` in the place of the first `count` times that `old` stands as a word; how many there were.
  mutating func rename(_ old: String, to new: String, count: Int) -> Int {
    let (old, new) = (Array(old.utf8), Array(new.utf8))
    var result: [UInt8] = []
    var (position, found) = (0, 0)
    while position < bytes.count {
      var end = position
      while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
      if found < count, bytes[position..<end].elementsEqual(old) {
        result += new
        found += 1
      } else {
        result += bytes[position..<end]
      }
      if end < bytes.count { result.append(bytes[end]) }
      position = end + 1
    }
    bytes = result
    return found
  }

  /// Doubles the indentation of every line, or halves it.
  mutating func reindent(widen: Bool) {
    var result: [UInt8] = []
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let depth = line.prefix { $0 == UInt8(ascii: " ") }.count
      result += Array(repeating: UInt8(ascii: " "), count: widen ? depth * 2 : depth / 2)
      result += line.dropFirst(depth)
      result.append(UInt8(ascii: "\n"))
    }
    bytes = result.dropLast()
  }
}
