import Foundation
import Platform
import Testing

@testable import Syntax

/// The walk finds what tree-sitter's own engine finds with the same patterns, before conditions are looked at.
@Suite struct QueryReferenceTests {
  @Test(arguments: Environment.catalog.languages.map(\.name))
  func theWalkMatchesWhatQueriesMatch(_ name: String) throws {
    let language = try #require(Environment.catalog.languages.first { $0.name == name })
    var reference = try QueryReference(language.patterns, grammar: language.grammar)
    let patterns = Array(try language.rules.patterns.joined())
    // Patterns that are but a type of node became traits of the type.
    let places = Set(patterns.map(\.place)).subtracting(reference.refused)
    let anchoredAtEnd = Set(patterns.filter { $0.steps.contains(where: \.isLast) }.map(\.place))
    var extractor = try Extractor(language, stop: StopFlag())
    var compared = 0
    for fixture in Fixture.all where fixture.language == name {
      let text = try fixture.text()
      let tree = try Extract(fixture.path, text).parsed(text)
      let wanted = try reference.matches(tree).filter { places.contains($0.place) }
      let found = extractor.structuralMatches(tree, text).filter { places.contains($0.place) }
      compared += wanted.count

      let missing = wanted.subtracting(found).filter { !anchoredAtEnd.contains($0.place) }
      #expect(missing.isEmpty, "the walk lacks what a query finds")
      var unexplained = found.subtracting(wanted).filter { extra in
        // Without an optional node, beside the match with it.
        !wanted.contains { $0.place == extra.place && $0.captures.isSuperset(of: extra.captures) }
      }
      for place in Set(unexplained.map(\.place)) {
        for pattern in patterns where pattern.place == place {
          unexplained.subtract(try reference.matches(of: pattern, tree))
        }
      }
      #expect(unexplained.isEmpty, "the walk finds what no query finds")
    }
    #expect(compared > 100, "the fixtures compare too little")
  }
}

extension Fixture {
  /// The folder that it lies in bears the language's name.
  fileprivate var language: String {
    file.deletingLastPathComponent().deletingLastPathComponent().lastPathComponent
  }
}

extension Extract {
  fileprivate consuming func parsed(_ text: [UInt8]) throws -> SyntaxTree { try parse(text) }
}
