import Graph
import Platform
import Syntax
import Testing

@Suite struct ExtractorTests {
  @Test func aWalkThatIsToldToEndYieldsNothing() throws {
    let text = Array(String(repeating: "int f(void) { return g(1); }\n", count: 100).utf8)
    var extract = try Extract(TreePath("a.c"), text)
    let tree = try extract.parse(text)
    let stop = StopFlag()
    var extractor = try Extractor(extract.language, stop: stop)
    #expect(extractor.extract(tree, text) != nil)
    stop.set()
    #expect(extractor.extract(tree, text) == nil)
  }

  /// Whether each is exported is told from the words in front of it, of which the line has many.
  @Test(.timeLimit(.minutes(1))) func aLineOfManyDefinitionsTakesTimeInProportionToItsSize() throws {
    let text = Array(String(repeating: "zeroes 0 chain", count: 50_000).utf8)
    var extract = try Extract(TreePath("a.zig"), text)
    let tree = try extract.parse(text)
    let facts = extract.facts(extract.extraction(tree, text), text)
    #expect(facts.entities.count > 10_000)
  }
}
