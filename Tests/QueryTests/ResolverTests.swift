import Graph
import Query
import Testing

/// Files, and what the edges of the first of them mean.
struct ResolutionCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let sources: @Sendable () -> [Source]
  let expected: [String]

  init(_ description: String, _ sources: @autoclosure @escaping @Sendable () -> [Source], _ expected: String...) {
    testDescription = description
    self.sources = sources
    self.expected = expected
  }
}

@Suite struct ResolverTests {
  @Test(arguments: scopeCases + memberCases + nameCases + importCases + includeCases + pathCases)
  func resolves(_ example: ResolutionCase) throws {
    let sources = example.sources()
    let tree = try Tree(sources)
    #expect(try tree.resolved(sources[0].path.description) == example.expected)
  }

  /// The same from local ids and file ids that are not in the order of the source.
  @Test(arguments: scopeCases + memberCases + nameCases + importCases + includeCases + pathCases)
  func resolvesAfterEdits(_ example: ResolutionCase) throws {
    let sources = example.sources()
    let tree = try Tree(sources.reversed(), incremental: true)
    #expect(try tree.resolved(sources[0].path.description) == example.expected)
  }

  @Test func idsAreThoseOfTheDump() throws {
    let tree = try Tree([
      Source(
        "a b:c", plain, "def class A", "def method A.m", "def method A.m", "def enum E", "def enum_member E.x%",
        "def enum_member E.x%", "calls top -> ?|m", "references top -> x%")
    ])
    #expect(
      try tree.resolved("a b%3Ac".removingPercents) == [
        "ambiguous plain:method:a b%3Ac:A.m plain:method:a b%3Ac:A.m~2",
        "ambiguous plain:enum_member:a b%3Ac:x%25 plain:enum_member:a b%3Ac:x%25~2",
      ])
  }

  /// What is kept in memory changes nothing.
  @Test func cacheLimit() throws {
    let sources = (0..<30).map { number in
      Source(
        "dir\(number % 4)/f\(number)", modular, "imports top -> dir\((number + 1) % 4).f\((number + 1) % 30)|f",
        "def function f", "def class C", "def method C.m\(number % 3)", "calls f -> f", "calls f -> ?|m\(number % 5)",
        "calls C.m\(number % 3) -> self|m1")
    }
    let tree = try Tree(sources)
    let small = Resolver(tree.snapshot, cacheBytes: 0)
    let large = Resolver(tree.snapshot)
    for source in sources {
      #expect(try tree.resolved(source.path.description, small) == tree.resolved(source.path.description, large))
    }
  }
}

extension String {
  fileprivate var removingPercents: String { replacing("%3A", with: ":") }
}
