import TestSupport

/// Changes texts of one language at random, as people do and as they never would.
struct Mutator {
  /// Whole texts of the language.
  let texts: [[UInt8]]
  /// Their words and runs of other characters.
  private let pieces: [[UInt8]]

  /// Brackets, quotes, beginnings and ends of what spans lines, bytes that are no text.
  private static let tokens: [[UInt8]] =
    [
      "{", "}", "(", ")", "[", "]", "<", ">", ";", ":", ",", ".", "\n", "\n\n", "\r\n", "\r", " ", "\t", "\"", "'", "`",
      "\"\"\"", "'''", "/*", "*/", "//", "#", "--", "\\", "\\\n", "#if 0\n", "#else\n", "#endif\n", "::", "->", "=>",
      "=",
      "@", "$", "${", "#{", "%", "<<EOF\n", "\nEOF\n", "=begin\n", "=end\n", "<?php ", "?>", "r#\"", "\"#", "}}", "{{",
      "0", "x", "\u{FEFF}", "\u{2028}", "\u{202E}", "é", "\u{1F600}",
    ].map { Array($0.utf8) } + [[0], [0xFF], [0xC3], [0xE2, 0x80], [0x1A], [0x0C], [0x0B]]
  private static let pairs: [([UInt8], [UInt8])] = [
    ("(", ")"), ("{", "}"), ("[", "]"), ("\"", "\""), ("/*", "*/"), ("#if X\n", "\n#endif\n"), ("<", ">"), ("`", "`"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

  init(texts: [[UInt8]]) {
    self.texts = texts
    var found: Set<[UInt8]> = []
    for text in texts {
      var start = 0
      while start < text.count, found.count < 20_000 {
        let isWord = Self.isWord(text[start])
        var end = start + 1
        while end < text.count, end - start < 40, Self.isWord(text[end]) == isWord { end += 1 }
        found.insert(Array(text[start..<end]))
        start = end
      }
    }
    // A set's order is another one in each process.
    pieces = found.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == 0x5F || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  /// A text to begin with, of at most `longest` bytes: lines of one, or the whole.
  func seed(longest: Int, using random: inout SeededGenerator) -> [UInt8] {
    let text = texts.randomElement(using: &random)!
    if text.count <= longest { return text }
    let from = lineStart(in: text, near: Int.random(in: 0...(text.count - longest), using: &random))
    return Array(text[from..<min(text.count, from + longest)])
  }

  /// Some words, signs or lines, which make a text when they are repeated.
  func repeatedPiece(using random: inout SeededGenerator) -> [UInt8] {
    let space = [[], Array(" ".utf8)].randomElement(using: &random)!
    var parts: [[UInt8]] = []
    for _ in 0..<Int.random(in: 1...5, using: &random) {
      switch Int.random(in: 0..<8, using: &random) {
      case 0...3: parts.append(Self.tokens.randomElement(using: &random)!)
      case 4...6: parts.append(pieces.randomElement(using: &random) ?? [0x78])
      default:
        let text = texts.randomElement(using: &random)!
        let start = lineStart(in: text, near: Int.random(in: 0...text.count, using: &random))
        parts.append(Array(text[start...].prefix { $0 != 0x0A }) + [0x0A])
      }
    }
    return Array(parts.joined(separator: space))
  }

  func mutate(_ text: inout [UInt8], longest: Int, using random: inout SeededGenerator) {
    for _ in 0..<[1, 1, 1, 2, 3, 8].randomElement(using: &random)! { change(&text, using: &random) }
    if text.count > longest { text.removeSubrange(longest...) }
  }

  /// Changes words and lines, of which many a text comes out without syntax errors.
  func mutateGently(_ text: inout [UInt8], longest: Int, using random: inout SeededGenerator) {
    for _ in 0..<[1, 1, 1, 2, 5].randomElement(using: &random)! {
      let place = Int.random(in: 0...text.count, using: &random)
      if Int.random(in: 0..<3, using: &random) == 0 {
        changeLines(&text, near: place, using: &random)
      } else {
        replaceWord(&text, near: place, using: &random)
      }
    }
    if text.count > longest { text.removeSubrange(lineStart(in: text, near: longest)...) }
  }

  private func change(_ text: inout [UInt8], using random: inout SeededGenerator) {
    let place = Int.random(in: 0...text.count, using: &random)
    let length = [1, 2, 4, 16, 80, 400].randomElement(using: &random)!
    let stretch = place..<min(text.count, place + length)
    switch Int.random(in: 0..<18, using: &random) {
    case 0: text.removeSubrange(stretch)
    case 1, 2: text.insert(contentsOf: Self.tokens.randomElement(using: &random)!, at: place)
    case 3, 4: text.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
    case 5:
      let copy = Array(text[stretch])
      text.insert(contentsOf: copy, at: Int.random(in: 0...text.count, using: &random))
    case 6:
      let moved = Array(text[stretch])
      text.removeSubrange(stretch)
      text.insert(contentsOf: moved, at: Int.random(in: 0...text.count, using: &random))
    case 7: for index in stretch.prefix(4) { text[index] = UInt8.random(in: 0...255, using: &random) }
    case 8: if !stretch.isEmpty { text[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
    case 9, 10: changeLines(&text, near: place, using: &random)
    case 11, 12: replaceWord(&text, near: place, using: &random)
    case 13:
      let count = [2, 10, 100, 1000].randomElement(using: &random)!
      let token = (Bool.random(using: &random) ? Self.tokens : pieces).randomElement(using: &random) ?? []
      text.insert(contentsOf: Array(repeatElement(token, count: count).joined()), at: place)
    case 14, 15:
      let other = texts.randomElement(using: &random)!
      let from = lineStart(in: other, near: Int.random(in: 0...other.count, using: &random))
      text.insert(contentsOf: other[from..<min(other.count, from + 2 * length)], at: lineStart(in: text, near: place))
    case 16:
      let (open, close) = Self.pairs.randomElement(using: &random)!
      text.insert(contentsOf: close, at: stretch.upperBound)
      text.insert(contentsOf: open, at: place)
    default: changeWhole(&text, at: place, using: &random)
    }
  }

  private func lineStart(in text: [UInt8], near place: Int) -> Int {
    var start = min(place, text.count)
    while start > 0, text[start - 1] != 0x0A { start -= 1 }
    return start
  }

  /// Removes, doubles, indents or moves a line or some.
  private func changeLines(_ text: inout [UInt8], near place: Int, using random: inout SeededGenerator) {
    let start = lineStart(in: text, near: place)
    var end = start
    for _ in 0..<[1, 1, 2, 8].randomElement(using: &random)! {
      end = text[end...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
    }
    let lines = Array(text[start..<end])
    switch Int.random(in: 0..<4, using: &random) {
    case 0: text.removeSubrange(start..<end)
    case 1: text.insert(contentsOf: lines, at: end)
    case 2: text.insert(contentsOf: Array("    ".utf8.prefix(Int.random(in: 1...4, using: &random))), at: start)
    default:
      text.removeSubrange(start..<end)
      let target = lineStart(in: text, near: Int.random(in: 0...text.count, using: &random))
      text.insert(contentsOf: lines, at: target)
    }
  }

  /// Puts a word of the language, or one that ends as this one does, in a word's place.
  private func replaceWord(_ text: inout [UInt8], near place: Int, using random: inout SeededGenerator) {
    guard let start = (place..<text.count).first(where: { Self.isWord(text[$0]) }) else { return }
    let end = text[start...].firstIndex { !Self.isWord($0) } ?? text.count
    if Bool.random(using: &random) {
      text.insert(UInt8.random(in: 0x61...0x7A, using: &random), at: start)
    } else {
      text.replaceSubrange(start..<end, with: pieces.randomElement(using: &random) ?? [])
    }
  }

  /// What tools do to a whole file.
  private func changeWhole(_ text: inout [UInt8], at place: Int, using random: inout SeededGenerator) {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: text.removeSubrange(place...)
    case 1: text.insert(contentsOf: [0xEF, 0xBB, 0xBF], at: 0)
    case 2: text = text.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
    case 3: text.removeAll { $0 == 0x0D }
    case 4: text = text.flatMap { $0 == 0x0A ? [0x0A, 0x20, 0x20] : [$0] }
    default: text.removeSubrange(..<place)
    }
  }
}
