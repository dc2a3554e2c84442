import Graph
import Query
import Testing

@Suite struct OverviewTests {
  private func query(_ sources: Source...) throws -> (Tree, GraphQuery) {
    let tree = try Tree(sources)
    return (tree, GraphQuery(tree.snapshot))
  }

  private func entity(_ query: GraphQuery, _ name: String) throws -> EntityInfo {
    guard case .found(let entity) = try query.lookUp(name) else { throw NotFound() }
    return entity
  }

  private struct NotFound: Error {}

  @Test func theHierarchyGoesOverFilesAndPieces() throws {
    let (tree, query) = try query(
      Source("a.x", plain, "def class Top", "inherits Top -> Outside"),
      Source(
        "b.x", plain, "def class Middle", "inherits Middle -> Top", "def extension Middle", "implements Middle -> Able"),
      Source(
        "c.x", plain, "def interface Able", "def class Low", "inherits Low -> Middle", "def class Top2",
        "inherits Top2 -> Top"))
    defer { withExtendedLifetime(tree) {} }
    func text(_ relatives: [GraphQuery.Relative]) -> [String] {
      relatives.map { "\($0.depth) \(String(decoding: $0.name, as: UTF8.self)) \($0.entity?.path.description ?? "-")" }
    }
    guard let middle = try query.entity(id: "plain:class:b.x:Middle") else { throw NotFound() }
    let hierarchy = try query.hierarchy(of: middle)
    #expect(text(hierarchy.above) == ["1 Top a.x", "2 Outside -", "1 Able c.x"])
    #expect(hierarchy.below.map(\.entity?.id) == ["plain:class:c.x:Low"])
    #expect(hierarchy.pieces.map(\.id) == ["plain:extension:b.x:Middle"])
    let top = try query.hierarchy(of: entity(query, "Top"))
    #expect(
      top.below.map { "\($0.depth) \($0.entity!.id)" } == [
        "1 plain:class:b.x:Middle", "2 plain:class:c.x:Low", "1 plain:class:c.x:Top2",
      ])
    #expect(try query.hierarchy(of: entity(query, "Top"), depth: 1).below.count == 2)
    // What implements it says so in a piece: the type is meant.
    #expect(
      try query.hierarchy(of: entity(query, "Able")).below.map(\.entity?.id) == [
        "plain:class:b.x:Middle", "plain:class:c.x:Low",
      ])
  }

  @Test func aCircleOfTypesEnds() throws {
    let (tree, query) = try query(
      Source("a.x", plain, "def class A", "inherits A -> B", "def class B", "inherits B -> A"))
    defer { withExtendedLifetime(tree) {} }
    let hierarchy = try query.hierarchy(of: entity(query, "A"))
    #expect(hierarchy.above.map(\.entity?.id) == ["plain:class:a.x:B"])
  }

  @Test func usesByKindAndTest() throws {
    var tests = Source("t.x", plain, "def function check", "calls check -> work")
    tests.mark(0, .test)
    let (tree, query) = try query(
      Source("a.x", plain, "def function work", "def function go", "calls go -> work", "references go -> work"), tests)
    defer { withExtendedLifetime(tree) {} }
    let work = try entity(query, "work")
    #expect(try query.uses(of: work).map(\.kind) == [.calls, .references, .calls])
    #expect(try query.uses(of: work, kinds: [.references]).count == 1)
    #expect(try query.uses(of: work, tests: .only).map(\.from?.id) == ["plain:function:t.x:check"])
    #expect(try query.uses(of: work, tests: .none, limit: 1).map(\.kind) == [.calls])
  }

  @Test func outlineHasDepths() throws {
    let (tree, query) = try query(
      Source("d/a.x", plain, "def class A", "def method A.run", "def variable A.run.x", "def function f"))
    defer { withExtendedLifetime(tree) {} }
    let items = try query.outline(of: TreePath("d/a.x"))
    #expect(items?.map(\.depth) == [0, 1, 2, 0])
    #expect(try query.outline(of: TreePath("d/b.x")) == nil)
    #expect(try query.files(near: TreePath("d/b.x")).map(\.description) == ["d/a.x"])
    #expect(try query.files(near: TreePath("unlike.c")).isEmpty)
  }

  @Test func foldersCountWhatIsBelow() throws {
    let (tree, query) = try query(
      Source("a.x", plain, "def class A"), Source("d/b.x", plain, "def class B", "def class C"),
      Source("d-e/c.x", plain, "def class D"), Source("d/e/f/g.x", plain, "def class E"))
    defer { withExtendedLifetime(tree) {} }
    func text(_ folders: [GraphQuery.Folder]) -> [String] {
      folders.map { "\($0.depth) \($0.path) \($0.files) \($0.lines)" }
    }
    #expect(try text(query.folders(depth: 2)) == ["0  4 5", "1 d 2 3", "2 d/e 1 1", "1 d-e 1 1"])
    #expect(try text(query.folders(below: TreePath("d"), depth: 1)) == ["0 d 2 3", "1 d/e 1 1"])
    #expect(try query.folders(below: TreePath("none"), depth: 1).isEmpty)
    #expect(try query.folders(depth: 0).count == 1)
  }

  @Test func coverageIsOfLanguages() throws {
    let (tree, query) = try query(Source("a.x", plain, "def class A"), Source("b.x", modular, "def class B"))
    defer { withExtendedLifetime(tree) {} }
    let coverage = try query.coverage()
    #expect(coverage.languages.map { "\($0.language) \($0.files) \($0.skipped)" } == ["modular 1 0", "plain 1 0"])
    #expect(coverage.gaps.isEmpty)
  }

  @Test func withoutSourceTheContextHasSignatures() throws {
    let (tree, query) = try query(
      Source(
        "a.x", plain, "def function work", "calls work -> help", "def function help", "def function go",
        "calls go -> work"))
    defer { withExtendedLifetime(tree) {} }
    let work = try entity(query, "work")
    let context = try query.context(of: work, tokens: 1000)
    #expect(context.pieces.map(\.relation) == [.itself, .callee, .caller] && context.left == 0)
    #expect(context.pieces.allSatisfy { !$0.isSource } && context.text.contains("- `function help` a.x:3"))
    let tight = try query.context(of: work, tokens: 30)
    #expect(tight.tokens <= 30 && tight.left == 1)
    guard case .unreadable = try query.source(of: work) else { throw NotFound() }
  }
}
