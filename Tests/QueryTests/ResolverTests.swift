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
  @Test(arguments: scopeCases + memberCases + typeCases + nameCases + importCases + includeCases + pathCases)
  func resolves(_ example: ResolutionCase) throws {
    let sources = example.sources()
    let tree = try Tree(sources)
    let found = try tree.resolved(sources[0].path.description)
    #expect(found == example.expected)
  }

  /// The same from local ids and file ids that are not in the order of the source.
  @Test(arguments: scopeCases + memberCases + typeCases + nameCases + importCases + includeCases + pathCases)
  func resolvesAfterEdits(_ example: ResolutionCase) throws {
    let sources = example.sources()
    let tree = try Tree(sources.reversed(), incremental: true)
    let found = try tree.resolved(sources[0].path.description)
    #expect(found == example.expected)
  }

  /// Ids in `to` are those of the entities: whatever their names hold, and however many are alike.
  @Test func idsAreThoseOfTheDump() throws {
    let tree = try Tree([
      Source(
        "a b:%c", plain, "def class A", "def method A.m", "def method A.m", "def enum E", "def enum_member E.x%",
        "def enum F", "def enum_member F.x%", "def namespace B|n", "def function B|n.f", "def namespace B",
        "def namespace B.n",
        "def function B.n.f", "def function é\u{1}", "calls top -> ?|m", "references top -> x%", "references top -> f",
        "references top -> n", "references top -> é\u{1}", "references B|n.f -> f", "references B.n.f -> f")
    ])
    let named = try tree.resolved("a b:%c").flatMap { $0.split(separator: " plain:").dropFirst() }.map { "plain:" + $0 }
    let lines = try tree.dump(resolves: false).split(separator: "\n")
    let ids = lines.compactMap { $0.firstMatch(of: #/^{"t":"entity","id":"(.*?)"/#)?.1 }.map(String.init)
    #expect(Set(named).isSubset(of: ids))
    #expect(named.contains("plain:function:a b%3A%25c:B.n.f~2"))
    #expect(named.contains("plain:enum_member:a b%3A%25c:x%25~2"))
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
