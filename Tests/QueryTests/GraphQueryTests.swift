import Graph
import Query
import Testing

@Suite struct GraphQueryTests {
  private func tree() throws -> Tree {
    try Tree([
      Source(
        "src/a.x", modular, "imports top -> lib.b|food as f", "def class Cat", "def method Cat.eat",
        "calls Cat.eat -> f",
        "calls Cat.eat -> self|purr", "def method Cat.purr", "references Cat.purr -> f", "calls top -> Cat"),
      Source(
        "lib/b.x", modular, "def function food", "def function Fool", "def variable foo\u{1B}", "calls top -> food",
        "def extension Dog"),
      Source("lib/c.x", modular, "def class Dog", "def method Dog.eat", "calls Dog.eat -> food", "def function eaten"),
    ])
  }

  private func text(_ lookup: GraphQuery.Lookup) -> String {
    switch lookup {
    case .found(let entity): entity.id
    case .several(let some, let total): "\(total): " + some.map(\.id).joined(separator: " ")
    case .nothing: "nothing"
    }
  }

  @Test(arguments: [
    ("modular:method:src/a.x:Cat.eat", "modular:method:src/a.x:Cat.eat"), ("Cat", "modular:class:src/a.x:Cat"),
    ("Cat.eat", "modular:method:src/a.x:Cat.eat"),
    ("eat", "2: modular:method:lib/c.x:Dog.eat modular:method:src/a.x:Cat.eat"), ("eats", "nothing"),
    ("at.eat", "nothing"),
    ("src/a.x:2", "modular:class:src/a.x:Cat"), ("src/a.x:6", "modular:method:src/a.x:Cat.purr"),
    ("./src/a.x:3", "modular:method:src/a.x:Cat.eat"), ("src/a.x:1", "nothing"), ("src/a.x:99999999999", "nothing"),
    ("src/none.x:3", "nothing"), ("modular:method:src/a.x:Cat.none", "nothing"), ("", "nothing"), (":", "nothing"),
    ("modular:variable:lib/b.x:foo%1B", "modular:variable:lib/b.x:foo%1B"), ("Dog", "modular:class:lib/c.x:Dog"),
  ])
  func lookUp(_ name: String, _ expected: String) throws {
    let tree = try tree()
    #expect(text(try GraphQuery(tree.snapshot).lookUp(name)) == expected)
  }

  @Test(
    arguments: [
      ("eat", nil, 10, ["lib/c.x:Dog.eat", "src/a.x:Cat.eat", "lib/c.x:eaten"], 3),
      ("eat", nil, 2, ["lib/c.x:Dog.eat", "src/a.x:Cat.eat"], 3),
      ("eat", EntityKind.function, 10, ["lib/c.x:eaten"], 1),
      ("foo", nil, 10, ["lib/b.x:Fool", "lib/b.x:foo%1B", "lib/b.x:food"], 3), ("Foo", nil, 10, ["lib/b.x:Fool"], 1),
      ("OO", nil, 10, [], 0), ("oo", .function, 10, ["lib/b.x:Fool", "lib/b.x:food"], 2),
    ] as [(String, EntityKind?, Int, [String], Int)])
  func find(_ pattern: String, _ kind: EntityKind?, _ limit: Int, _ expected: [String], _ total: Int) throws {
    let tree = try tree()
    let filter = EntityFilter(kinds: Set([kind].compactMap(\.self)))
    let findings = try GraphQuery(tree.snapshot).find(NamePattern(pattern), filter, limit: limit)
    let found = findings.entities.map { $0.id.split(separator: ":", maxSplits: 2)[2] }
    #expect(found.map(String.init) == expected)
    #expect(findings.total == total && findings.hasMore == (found.count < total))
  }

  @Test(
    arguments: [("fod", ["food"]), ("eatne", ["eaten", "eat"]), ("xxxxxxxx", []), ("", [])] as [(String, [String])])
  func near(_ name: String, _ expected: [String]) throws {
    let tree = try tree()
    #expect(try GraphQuery(tree.snapshot).near(name, limit: 2) == expected)
  }

  private func entity(_ query: GraphQuery, _ name: String) throws -> EntityInfo {
    guard case .found(let entity) = try query.lookUp(name) else { throw NotFound() }
    return entity
  }

  private struct NotFound: Error {}

  private func text(_ edge: EdgeInfo) -> String {
    "\(edge.path):\(edge.position.row + 1) \(edge.kind.name) \(edge.from?.id ?? "top")"
  }

  @Test func callersThroughAliases() throws {
    let tree = try tree()
    let query = GraphQuery(tree.snapshot)
    let food = try entity(query, "food")
    let expected = [
      "lib/b.x:4 calls top", "src/a.x:4 calls modular:method:src/a.x:Cat.eat",
      "src/a.x:7 references modular:method:src/a.x:Cat.purr",
    ]
    #expect(try query.callers(of: food).map(text) == expected)
    #expect(try query.callers(of: food, limit: 2).map(text) == Array(expected.prefix(2)))
    #expect(try query.callers(of: entity(query, "Cat")).map(text) == ["src/a.x:8 calls top"])
    #expect(try query.callers(of: entity(query, "eaten")).isEmpty)
  }

  @Test func callees() throws {
    let tree = try tree()
    let query = GraphQuery(tree.snapshot)
    func callees(_ name: String) throws -> [String] {
      try query.callees(of: entity(query, name)).map { "\($0.position.row + 1) \($0.kind.name) \($0.target.ids)" }
    }
    #expect(
      try callees("Cat.eat") == [
        "4 calls [\"modular:function:lib/b.x:food\"]", "5 calls [\"modular:method:src/a.x:Cat.purr\"]",
      ])
    #expect(try callees("Cat").count == 3)
    #expect(try callees("Cat.purr") == ["7 references [\"modular:function:lib/b.x:food\"]"])
  }

  @Test func show() throws {
    let tree = try tree()
    let query = GraphQuery(tree.snapshot)
    let cat = try query.show(entity(query, "Cat"))
    #expect(cat.entity.language == "modular")
    #expect(cat.entity.parent == nil)
    #expect(cat.entity.signature == Array("class Cat".utf8))
    #expect(cat.children.map(\.id) == ["modular:method:src/a.x:Cat.eat", "modular:method:src/a.x:Cat.purr"])
    #expect(cat.in.map(text) == ["src/a.x:8 calls top"])
    let eat = try query.show(entity(query, "Cat.eat"))
    #expect(eat.entity.parent == cat.entity.id)
    #expect(eat.out.map(\.target.resolution) == [.import, .scope])
    let food = try query.show(entity(query, "food"), limit: 3)
    #expect(food.in.map(\.kind) == [.calls, .imports, .calls])
  }

  @Test func statistics() throws {
    let tree = try tree()
    let statistics = try GraphQuery(tree.snapshot).statistics()
    #expect(statistics.files == 3)
    #expect(statistics.entityCount == 10)
    #expect(
      statistics.entities.map { "\($0.kind.name) \($0.count)" } == [
        "function 3", "method 3", "class 2", "variable 1", "extension 1",
      ])
    #expect(
      statistics.edges.map { "\($0.kind.name) \($0.count)" } == ["contains 10", "calls 5", "references 1", "imports 1"])
    #expect(statistics.languages.map(\.language) == ["modular"])
    #expect(statistics.languages[0].edges == statistics.edgeCount)
  }
}
