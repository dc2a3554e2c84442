import Foundation
import Testing

/// Each language's fixtures yield the facts that stand beside them.
@Suite struct FixtureTests {
  @Test(arguments: Fixture.all)
  func factsAreAsExpected(_ fixture: Fixture) throws {
    let text = try fixture.text()
    var extract = try Extract(fixture.path, text)
    let tree = try extract.parse(text)
    let facts = extract.facts(extract.extraction(tree, text), text)
    let dump = extract.dump(facts, text)
    let found = dump.split(separator: "\n")
    let expected = try String(contentsOf: fixture.expected, encoding: .utf8).split(separator: "\n")
    let missing = Set(expected).subtracting(found)
    let unexpected = Set(found).subtracting(expected)
    #expect(missing.isEmpty, "expected, but not found")
    #expect(unexpected.isEmpty, "found, but not expected")
    #expect(found == expected, "the order differs")
  }

  @Test func everyLanguageHasFixtures() {
    let covered = Set(
      Fixture.all.map { $0.file.deletingLastPathComponent().deletingLastPathComponent().lastPathComponent })
    #expect(covered == Set(Environment.catalog.languages.map(\.name)))
  }
}
