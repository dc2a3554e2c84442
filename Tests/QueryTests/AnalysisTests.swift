import Graph
import Platform
import Query
import Store
import Testing

/// Questions to the whole graph, and along its edges.
@Suite struct AnalysisTests {
  private func node(_ id: String, _ tree: Tree) throws -> EntityInfo {
    try #require(try GraphQuery(tree.snapshot).entity(id: id))
  }

  private func names(_ nodes: [WholeGraph.Node], _ graph: WholeGraph, _ query: GraphQuery) throws -> String {
    try nodes.map { node in
      try query.info(node, in: graph).map { String(decoding: $0.qualified, as: UTF8.self) } ?? "\(graph.path(of: node))"
    }.joined(separator: " ")
  }

  /// Questions that read much end when nobody wants the answer any more.
  @Test func anInterruptedSnapshotAnswersNothing() throws {
    let tree = try chain()
    let stop = StopFlag()
    let query = GraphQuery(try tree.reader.snapshot(stop: stop))
    #expect(try query.wholeGraph().count > 0)
    let graph = try query.wholeGraph()
    stop.set()
    #expect(throws: StoreError.interrupted) { try query.wholeGraph() }
    #expect(throws: StoreError.interrupted) { try query.find(try NamePattern("a"), limit: 1) }
    #expect(throws: StoreError.interrupted) { try query.statistics() }
    #expect(throws: StoreError.interrupted) { try query.near("strat") }
    // As many rounds as are gone on with: none, so all ranks are what they begin with.
    let ranks = Set(graph.hotspots(by: .rank, limit: .max, while: { !query.snapshot.isInterrupted }).map(\.rank))
    #expect(ranks.count == 1)
  }

  // MARK: Paths

  private func chain() throws -> Tree {
    try Tree([
      Source(
        "a.x", plain, "def function start", "def function start.inner", "calls start.inner -> middle",
        "calls start -> aside"),
      Source("b.x", plain, "def function middle", "references middle -> last", "def function aside"),
      Source("c.x", plain, "def function last", "def function lonely", "calls last -> start", "calls last -> twice"),
      Source("d.x", plain, "def function twice", "calls twice -> end"), Source("e.x", plain, "def function twice"),
      Source("f.x", plain, "def function end"),
    ])
  }

  @Test(arguments: [
    ("a.x:start", "c.x:last", false, "start>middle middle>last"), ("a.x:start", "a.x:start", false, ""),
    ("b.x:middle", "b.x:aside", false, "middle>last last>start start>aside"),
    ("a.x:start", "c.x:lonely", true, "none"), ("c.x:last", "f.x:end", false, "none"),
    ("c.x:last", "f.x:end", true, "last>twice twice>end"),
  ])
  func shortestPath(_ start: String, _ end: String, _ doubtful: Bool, _ expected: String) throws {
    let tree = try chain()
    let query = GraphQuery(tree.snapshot)
    let search = try query.path(
      from: try node("plain:function:\(start)", tree), to: try node("plain:function:\(end)", tree), doubtful: doubtful)
    let text =
      switch search {
      case .found(let steps):
        steps.map {
          "\(String(decoding: $0.caller.name, as: UTF8.self))>\(String(decoding: $0.callee.name, as: UTF8.self))"
        }
        .joined(separator: " ")
      case .none: "none"
      case .gaveUp: "gave up"
      }
    #expect(text == expected)
  }

  @Test func aSearchEndsAtItsBound() throws {
    let tree = try chain()
    let search = try GraphQuery(tree.snapshot).path(
      from: try node("plain:function:a.x:start", tree), to: try node("plain:function:c.x:last", tree), doubtful: false,
      mostVisited: 1)
    guard case .gaveUp = search else {
      Issue.record("\(search)")
      return
    }
  }

  // MARK: Impact

  @Test(
    arguments: [
      (["f.x:end"], 9, true, ["1 twice", "2 last?", "3 middle?", "4 start.inner?"]),
      (["f.x:end"], 9, false, ["1 twice"]), (["f.x:end"], 1, true, ["1 twice"]),
      (["b.x:middle", "b.x:aside"], 2, true, ["1 start", "1 start.inner", "2 last"]), (["c.x:lonely"], 5, true, []),
    ] as [([String], Int, Bool, [String])])
  func impact(_ changed: [String], _ hops: Int, _ doubtful: Bool, _ expected: [String]) throws {
    let tree = try chain()
    let query = GraphQuery(tree.snapshot)
    let entities = try changed.map { try node("plain:function:\($0)", tree) }
    let impact = try query.impact(of: entities, hops: hops, doubtful: doubtful)
    let found = impact.affected.map {
      "\($0.hops) \(String(decoding: $0.entity?.qualified ?? [], as: UTF8.self))\($0.isDoubtful ? "?" : "")"
    }
    #expect(found == expected)
    #expect(!impact.isCut)
    #expect(try query.impact(of: entities, hops: hops, doubtful: doubtful, most: 1).isCut == (expected.count > 1))
  }

  @Test(arguments: [
    ("src/a.x", [2...3], "Cat Cat.eat"), ("repository/src/a.x", [3...3], "Cat.eat"), ("src/a.x", [1...1, 9...99], ""),
    ("src/none.x", [1...9], ""),
  ])
  func entitiesOnLines(_ path: String, _ lines: [ClosedRange<Int>], _ expected: String) throws {
    let tree = try Tree([Source("src/a.x", plain, "imports top -> y", "def class Cat", "def method Cat.eat")])
    let found = try GraphQuery(tree.snapshot).entities(in: TreePath(path), lines: lines)
    #expect(found.map { String(decoding: $0.qualified, as: UTF8.self) }.joined(separator: " ") == expected)
  }

  // MARK: Cycles

  @Test func cyclesOfCalls() throws {
    let tree = try Tree([
      Source(
        "a.x", plain, "def function even", "calls even -> odd", "def function alone", "calls alone -> alone",
        "def function one", "calls one -> two", "def function two", "calls two -> three", "def function three",
        "calls three -> one", "calls three -> even", "references even -> three"),
      Source("b.x", plain, "def function odd", "calls odd -> even"),
    ])
    let query = GraphQuery(tree.snapshot)
    let graph = try query.wholeGraph()
    #expect(try graph.cycles(of: .calls).map { try names($0, graph, query) } == ["one two three", "even odd"])
    #expect(graph.cycles(of: .imports).isEmpty)
  }

  @Test func cyclesOfImports() throws {
    let tree = try Tree([
      Source("pkg/a.x", modular, "imports top -> pkg.b|work", "def function play"),
      Source("pkg/b.x", modular, "def function work", "imports work -> pkg|c"),
      Source("pkg/c.x", modular, "imports top -> pkg.a|play"), Source("main.x", modular, "imports top -> pkg.a|play"),
    ])
    let query = GraphQuery(tree.snapshot)
    let graph = try query.wholeGraph()
    #expect(try graph.cycles(of: .imports).map { try names($0, graph, query) } == ["pkg/a.x pkg/b.x pkg/c.x"])
  }

  /// A long chain, for what would recurse.
  @Test func aCircleOfManyIsOne() throws {
    let count = 20_000
    var source = Source("a.x", plain)
    for index in 0..<count { source.add("def function f\(index)") }
    for index in 0..<count { source.add("calls f\(index) -> f\((index + 1) % count)") }
    let graph = try GraphQuery(try Tree([source]).snapshot).wholeGraph()
    #expect(graph.cycles(of: .calls).map(\.count) == [count])
  }

  // MARK: Hotspots

  @Test func hotspots() throws {
    let tree = try Tree([
      Source(
        "a.x", plain, "def function base", "def function mid", "calls mid -> base", "calls mid -> base",
        "def function high",
        "calls high -> mid", "def function side", "calls side -> base", "calls side -> mid", "calls side -> high")
    ])
    let query = GraphQuery(tree.snapshot)
    let graph = try query.wholeGraph()
    func top(_ measure: WholeGraph.Measure) throws -> String {
      try names(graph.hotspots(by: measure, limit: 2).map(\.node), graph, query)
    }
    #expect(try top(.fanIn) == "base mid")
    #expect(try top(.fanOut) == "side mid")
    #expect(try top(.rank) == "base mid")
    let all = graph.hotspots(by: .rank, limit: 9)
    #expect(all.map { "\($0.fanIn) \($0.fanOut)" } == ["2 0", "2 1", "1 1", "0 3"])
    // The file has no uses, so it has what everything has by chance.
    let sum = all.reduce(0) { $0 + $1.rank }
    #expect(sum > 800_000 && sum < 1_000_000)
  }

  // MARK: Unused

  @Test func unused() throws {
    let tree = try Tree([
      Source(
        "a.x", plain, "def function used", "def function dead", "calls dead -> dead", "def function dead.inner",
        "calls dead -> inner", "def class Shape", "def method Shape.draw", "def class Circle",
        "inherits Circle -> Shape",
        "def method Circle.draw", "def class Helper", "def method Helper.help", "def method Helper.spare",
        "def class Outside", "inherits Outside -> Foreign", "def method Outside.run", "calls top -> Outside",
        "def class Empty", "def method Empty.walk", "calls Empty.walk -> Empty", "def constant limit"),
      Source(
        "b.x", plain, "calls top -> used", "calls top -> Helper|help", "calls top -> Circle", "calls top -> x|twin"),
      Source("c.x", plain, "def class P", "def method P.twin", "def class Q", "def method Q.twin"),
    ])
    let query = GraphQuery(tree.snapshot)
    let graph = try query.wholeGraph()
    #expect(
      try names(graph.unused(), graph, query)
        == "dead Shape.draw Helper.spare Empty Empty.walk limit")
  }
}
