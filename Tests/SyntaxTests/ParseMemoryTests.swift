import Foundation
import Graph
import Platform
import Syntax
import Testing

/// What a parser takes for these grows with the square of their length, most of it after the end of the text.
@Suite struct ParseMemoryTests {
  private static let limit = 24 << 20
  static let inputs = [("java", 10_000), ("csharp", 10_000), ("java", 100_000), ("csharp", 100_000)]

  private static func generics(_ count: Int) -> [UInt8] { Array(String(repeating: "A<", count: count).utf8) }

  private static func grammar(_ language: String) throws -> Grammar {
    try #require(Environment.catalog.languages.first { $0.name == language }).grammar
  }

  private static func parser(_ arena: Int, limit: Int = limit) -> Parser {
    Parser(
      timeLimit: 0, memoryLimit: ParseMemoryLimit(base: limit, perByte: 0), stop: StopFlag(), arena: arena)
  }

  /// Again and again, so that what is not given back would show.
  @Test(arguments: inputs, [0, 1 << 17, Parser.arenaSize])
  func aParsePastItsLimitIsGivenUp(_ input: (language: String, count: Int), _ arena: Int) async throws {
    await #expect(processExitsWith: .success) {
      [language = input.language as String, count = input.count as Int, arena = arena as Int] in
      let grammar = try ParseMemoryTests.grammar(language)
      var parser = ParseMemoryTests.parser(arena)
      let text = ParseMemoryTests.generics(count)
      let before = ParseMemoryTests.mostResident
      for _ in 0..<6 {
        guard case .givenUp(.parseMemoryLimit) = parser.parse(text, grammar) else { throw Wrong("not given up") }
      }
      let grown = ParseMemoryTests.mostResident - before
      if grown > 3 * ParseMemoryTests.limit { throw Wrong("took \(grown) bytes") }
    }
  }

  /// In an arena, without one, or from the tree of a text with a little less.
  @Test(arguments: ["java", "csharp"])
  func theEndDoesNotDependOnTheWay(_ language: String) async throws {
    // What is given up costs memory, of which a process has only so much to lose.
    await #expect(processExitsWith: .success) { [language = language as String] in
      try ParseMemoryTests.compareEnds(language)
    }
  }

  private static func compareEnds(_ language: String) throws {
    let grammar = try Self.grammar(language)
    var seen: Set<Bool> = []
    for count in stride(from: 200, through: 900, by: 50) {
      var ends: [Bool] = []
      let text = Self.generics(count)
      for arena in [0, 1 << 13, Parser.arenaSize] {
        var parser = Self.parser(arena, limit: 6 << 20)
        ends.append(try Self.isGivenUp(parser.parse(text, grammar)))
      }
      var parser = Self.parser(0, limit: 6 << 20)
      for missing in [1, 40] {
        let shorter = Array(text.dropLast(2 * missing))
        guard case .parsed(let old, _) = parser.parse(shorter, grammar) else { continue }
        let edits = TextDifference(from: shorter, to: text).edits
        ends.append(try Self.isGivenUp(parser.reparse(text, grammar, old: old, edits: edits)))
      }
      #expect(Set(ends).count == 1, "\(count): \(ends)")
      seen.formUnion(ends)
    }
    #expect(seen.count == 2)
  }

  private static func isGivenUp(_ outcome: Parser.Outcome) throws -> Bool {
    switch outcome {
    case .parsed: return false
    case .givenUp(.parseMemoryLimit): return true
    case .givenUp, .cancelled: throw Wrong("another end")
    }
  }

  private static var mostResident: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss << 10
  }

  private struct Wrong: Error {
    let what: String
    init(_ what: String) { self.what = what }
  }
}
