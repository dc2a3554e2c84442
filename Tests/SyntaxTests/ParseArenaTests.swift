import Graph
import Platform
import Syntax
import Testing

@Suite struct ParseArenaTests {
  /// The last is too small for most fixtures: what finds no room there comes from elsewhere, and is freed.
  static let sizes = [Parser.arenaSize, 1 << 17, 1 << 13]

  @Test(arguments: sizes)
  func factsAreTheSame(_ size: Int) throws {
    for fixture in Fixture.all {
      let text = try fixture.text()
      var plain = try Extract(fixture.path, text)
      var extract = try Extract(fixture.path, text, arena: size)
      let expected = plain.dump(plain.facts(plain.extraction(try plain.parse(text), text), text), text)
      for _ in 0..<2 {
        let tree = try extract.parse(text)
        #expect(extract.dump(extract.facts(extract.extraction(tree, text), text), text) == expected, "\(fixture)")
      }
    }
  }

  @Test(arguments: sizes)
  func aTreeThatIsKeptStaysAsItIs(_ size: Int) throws {
    let fixture = try #require(Fixture.all.first { $0.path.description.hasSuffix(".rs") })
    let text = try fixture.text()
    let other = Array("fn other() {}\n".utf8) + text
    var extract = try Extract(fixture.path, text, arena: size)
    let expected = extract.dump(extract.facts(extract.extraction(try extract.parse(text), text), text), text)
    let kept = try extract.parse(text)
    for _ in 0..<3 { _ = try extract.parse(other) }
    #expect(extract.dump(extract.facts(extract.extraction(kept, text), text), text) == expected)
    let edit = TextDifference(from: text, to: other).edits
    let (tree, _) = try extract.reparse(other, old: kept, edit)
    var plain = try Extract(fixture.path, text)
    #expect(
      extract.dump(extract.facts(extract.extraction(tree, other), other), other)
        == plain.dump(plain.facts(plain.extraction(try plain.parse(other), other), other), other))
  }

  @Test(arguments: sizes)
  func aParseThatWasGivenUpLeavesNothing(_ size: Int) throws {
    let grammar = try #require(Environment.catalog.languages.first { $0.name == "c" }).grammar
    let text = Array(String(repeating: "int f(void) { return g(1, 2); }\n", count: 20_000).utf8)
    let stop = StopFlag()
    var parser = Parser(timeLimit: 1, stop: stop, arena: size)
    for _ in 0..<20 {
      guard case .givenUp(.parseTimeLimit) = parser.parse(text, grammar) else {
        Issue.record("not given up")
        return
      }
    }
    stop.set()
    guard case .cancelled = parser.parse(text, grammar) else {
      Issue.record("not cancelled")
      return
    }
  }
}
