import Graph
import Query
import Testing

/// What is gone about in another way where it is much, or where little of it is asked for, means the same.
@Suite struct ManyTests {
  /// Forty headers define `f`, each includes the next; the includers name one of them without meaning anything.
  private func headers(_ first: Source, includers: Int) -> [Source] {
    let headers = (0..<40).map { number in
      Source(
        "f\(number).h", textual, "imports top -> f\((number + 1) % 40).h", "def function f", "def macro m\(number)")
    }
    let others = (0..<includers).map { Source("other/u\($0).c", textual, "imports top -> f7.h", "imports top -> f9.h") }
    return [first, Source("one.h", textual, "imports top -> two.h"), Source("two.h", textual, "imports top -> f7.h")]
      + headers + others
  }

  @Test(arguments: [0, 250])
  func ofManyDefinitionsTheNearestIsMeant(includers: Int) throws {
    let tree = try Tree(
      headers(
        Source(
          "a.c", textual, "imports top -> one.h", "calls top -> f", "calls top -> m9", "calls top -> m7",
          "calls top -> lost"),
        includers: includers) + [Source("lost.h", textual, "def macro lost")])
    let expected = [
      "import", "import textual:function:f7.h:f", "unique textual:macro:f9.h:m9", "unique textual:macro:f7.h:m7",
      "ambiguous textual:macro:lost.h:lost",
    ]
    #expect(try tree.resolved("a.c") == expected)
  }

  @Test func whatManyFilesKeepToThemselvesIsNotMeant() throws {
    let keepers = (0..<40).map { Source("k\($0).c", textual, "def hidden function f", "calls f -> f") }
    let user = Source("a.c", textual, "imports top -> one.h", "calls top -> f")
    let tree = try Tree([user] + keepers + [Source("one.h", textual)])
    #expect(try tree.resolved("a.c") == ["import", "external"])
    let including = try Tree([user] + keepers + [Source("one.h", textual, "imports top -> k3.c")])
    #expect(try including.resolved("a.c") == ["import", "unique textual:function:k3.c:f"])
  }

  /// The uses of what a file keeps to itself are looked for in that file, and in all if others take it in.
  @Test(arguments: [
    ("def variable v", ["a.c"]), ("imports top -> a.c", ["a.c", "b.c"]),
  ])
  func usesOfWhatAFileKeeps(_ line: String, _ expected: [String]) throws {
    let tree = try Tree([
      Source("a.c", textual, "def hidden function f", "def function g", "calls g -> f"),
      Source("b.c", textual, line, "def function h", "calls h -> f"),
    ])
    let query = GraphQuery(tree.snapshot)
    let entity = try #require(try query.entity(id: "textual:function:a.c:f"))
    #expect(try query.callers(of: entity).map(\.path.description) == expected)
  }

  @Test(arguments: [0, 1, 2, 7, 39, 40, 41, .max])
  func usesComeInOrderOfPaths(limit: Int) throws {
    let users = (0..<40).map { Source("u\($0 * 7 % 40)/x", plain, "calls top -> f") }
    let tree = try Tree(users + [Source("f", plain, "def function f")], incremental: true)
    let query = GraphQuery(tree.snapshot)
    let entity = try #require(try query.entity(id: "plain:function:f:f"))
    let paths = users.map(\.path).sorted().prefix(limit)
    #expect(try query.callers(of: entity, limit: limit).map(\.path) == Array(paths))
  }

  /// Whichever of them is asked for first.
  @Test func eachEntityIsFoundByItsID() throws {
    let tree = try Tree([
      Source(
        "a", plain, "def class A", "def method A.m", "def method A.m", "def namespace B|n", "def function B|n.f",
        "def namespace B", "def namespace B.n", "def function B.n.f", "def function f", "def function f",
        "def function f", "def enum E", "def enum_member E.x%", "def enum F", "def enum_member F.x%")
    ])
    let lines = try tree.dump(resolves: false).split(separator: "\n")
    let ids = lines.compactMap { $0.firstMatch(of: #/^{"t":"entity","id":"(.*?)"/#)?.1 }.map(String.init)
    #expect(ids.count == 15 && Set(ids).count == 15)
    for id in ids { #expect(try GraphQuery(tree.snapshot).entity(id: id)?.id == id) }
    let query = GraphQuery(tree.snapshot)
    for id in ids { #expect(try query.entity(id: id)?.id == id) }
  }
}
