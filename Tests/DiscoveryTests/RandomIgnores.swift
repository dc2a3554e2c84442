import TestSupport

/// A generator of numbers that gives the same ones for the same seed.
extension SeededGenerator {
  mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &self) == 0 }
}

/// Random trees and ignore files. Few names, so that patterns and paths meet.
struct RandomIgnores {
  var random: SeededGenerator

  private static let names: [[UInt8]] =
    [
      "a", "b", "ab", "ba", "abc", "foo", "foo.c", "x.o", "a.b.c", ".a", "a b", "a ", "a  ", "[a]", "a]", "a-b", "^",
      "!a",
      "#a", "a*", "a?", "a\\", "\\a", "F", "9", "b9", "-", "\u{1}", "\t", "\u{B}", "a\r", "é", "~", "a\n", "\u{7F}",
    ]
    .map { Array($0.utf8) } + [[0xFF], [0x61, 0x80], [0xC3]]

  private static let classes = [
    "[ab]", "[!a]", "[^a]", "[a-c]", "[c-a]", "[]a]", "[!]a]", "[a-]", "[-a]", "[[:alpha:]]", "[[:upper:]]",
    "[[:digit:]b]", "[[:space:]]", "[![:print:]]", "[[:punct:]]", "[[:cntrl:]]", "[[:graph:]]", "[[:xdigit:]]",
    "[[:blank:]]", "[[:nope:]]", "[[:a]", "[[:]", "[[::]]", "[a", "[", "[\\]a]", "[\\a-c]", "[a-\\c]", "[a/b]", "[!/]",
    "[^-a]", "[a-c-f]", "[[:alnum:]-z]", "[[:lower:]", "[a\\]", "[[]", "[[a]", "[--a]", "[!-]", "[a-b-c]", "[\\",
    "[a-\\",
  ].map { Array($0.utf8) }

  private static let wildcards = [
    "*", "*", "**", "**/", "/**", "/**/", "***", "?", "\\", "/", "*/", "/*", "**\\/", "", "\\*", "#", "!", " ",
  ].map { Array($0.utf8) }

  mutating func name() -> [UInt8] { Self.names.randomElement(using: &random)! }

  /// The paths of a tree: directories end in a slash.
  mutating func tree() -> [[UInt8]] {
    var directories: [[UInt8]] = [[]]
    var paths: Set<[UInt8]> = []
    for _ in 0..<Int.random(in: 5...18, using: &random) {
      let path = directories.randomElement(using: &random)! + name()
      if paths.contains(path) || paths.contains(path + [0x2F]) { continue }
      if random.chance(2) {
        paths.insert(path)
      } else {
        paths.insert(path + [0x2F])
        directories.append(path + [0x2F])
      }
    }
    return paths.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// The content of an ignore file for entries like `paths`.
  mutating func file(for paths: [[UInt8]]) -> [UInt8] {
    var content: [UInt8] = random.chance(20) ? [0xEF, 0xBB, 0xBF] : []
    for _ in 0..<Int.random(in: 1...6, using: &random) { content += line(for: paths) + end() }
    if random.chance(5), !content.isEmpty { content.removeLast() }
    return content
  }

  private mutating func end() -> [UInt8] {
    let blanks = ["", "", "", "", "", " ", "  ", "\\ ", "\\  ", "\t", "\\"].randomElement(using: &random)!
    return Array((blanks + (random.chance(8) ? "\r\n" : "\n")).utf8)
  }

  private mutating func line(for paths: [[UInt8]]) -> [UInt8] {
    if random.chance(25) { return [] }
    var pattern = paths.isEmpty || random.chance(3) ? name() : paths.randomElement(using: &random)!
    if random.chance(3) { pattern = Array(pattern[(Int.random(in: 0...pattern.count, using: &random))...]) }
    for _ in 0..<Int.random(in: 0...3, using: &random) { change(&pattern) }
    if pattern.last == 0x2F, random.chance(2) { pattern.removeLast() }
    if random.chance(6) { pattern.append(0x2F) }
    if random.chance(4) { pattern.insert(0x2F, at: 0) }
    if random.chance(3) { pattern.insert(UInt8(ascii: "!"), at: 0) }
    if random.chance(60) { pattern.insert(0, at: Int.random(in: 0...pattern.count, using: &random)) }
    return pattern
  }

  /// Puts something special in the place of a few bytes.
  private mutating func change(_ pattern: inout [UInt8]) {
    let start = Int.random(in: 0...pattern.count, using: &random)
    let end = min(pattern.count, start + Int.random(in: 0...2, using: &random))
    let text = (random.chance(4) ? Self.classes : Self.wildcards).randomElement(using: &random)!
    pattern.replaceSubrange(start..<end, with: text)
  }
}
