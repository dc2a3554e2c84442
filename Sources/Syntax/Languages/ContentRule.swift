internal import Graph
internal import Platform

/// Tells by its lines that a file is of a language whose name another language claims.
struct ContentRule: Sendable {
  /// Bytes from the start of a file that are looked at.
  static let limit = 16 << 10

  /// By the word that a line begins with: what the line has to match from there on.
  private let patterns: [[UInt8]: PosixPattern]
  /// First bytes of the words.
  private let firsts: Set<UInt8>

  /// Throws what is wrong with an expression. `place` says where the rule stands.
  init(_ rules: [String: String], place: String) throws(LanguageError) {
    var patterns: [[UInt8]: PosixPattern] = [:]
    for (word, expression) in rules {
      guard let pattern = PosixPattern(expression) else {
        throw LanguageError("\(place): bad regular expression \"\(expression)\"")
      }
      patterns[Array(word.utf8)] = pattern
    }
    self.patterns = patterns
    firsts = Set(patterns.keys.compactMap(\.first))
  }

  func holds(for text: [UInt8]) -> Bool {
    text.withUnsafeBytes { bytes in
      var start = 0
      let end = min(bytes.count, Self.limit)
      while start < end {
        let line = UnsafeRawBufferPointer(rebasing: bytes[start..<(bytes[start..<end].firstIndex(of: 0x0A) ?? end)])
        if holds(forLine: line) { return true }
        start += line.count + 1
      }
      return false
    }
  }

  private func holds(forLine line: UnsafeRawBufferPointer) -> Bool {
    guard let begin = line.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }), firsts.contains(line[begin]) else {
      return false
    }
    let rest = UnsafeRawBufferPointer(rebasing: line[begin...])
    let isPartOfWord: (UInt8) -> Bool = { Extractor.isInWord($0) || $0 == UInt8(ascii: "#") }
    guard let pattern = patterns[Array(rest.prefix(while: isPartOfWord))] else { return false }
    return pattern.matches(rest)
  }
}
