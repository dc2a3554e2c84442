import Graph
import Query
import Testing

@Suite struct DumpTests {
  private let sources = [
    Source("b/z.x", modular, "def function f", "calls f -> g", "calls f -> ?|m"),
    Source("a.x", modular, "imports top -> b.z|f", "def function g", "calls g -> f", "def class C", "def method C.m"),
    Source("b-c.x", modular, "def class D", "def method D.m", "calls D.m -> self|m"),
  ]

  /// The dump of a store does not show how it came about.
  @Test func doesNotDependOnHistory() throws {
    let full = try Tree(sources).dump()
    for order in [sources, sources.reversed(), [sources[1], sources[0], sources[2]]] {
      #expect(try Tree(order, incremental: true).dump() == full)
    }
  }

  @Test func holdsWhatEdgesMean() throws {
    let tree = try Tree(sources)
    let lines = try tree.dump().split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("{\"t\":\"file\"") }.count == 3)
    #expect(lines[0].hasPrefix(#"{"t":"file","path":"a.x","language":"modular""#))
    let edges = lines.filter { $0.hasPrefix(#"{"t":"edge","kind":"calls""#) }
    #expect(edges.count == 4)
    #expect(edges[0].hasSuffix(#""to":["modular:function:b/z.x:f"],"resolution":"import"}"#))
    #expect(edges[1].hasSuffix(#""to":["modular:method:b-c.x:D.m"],"resolution":"scope"}"#))
    #expect(edges[2].hasSuffix(#""to":[],"resolution":"external"}"#))
    #expect(
      edges[3].hasSuffix(#""to":["modular:method:a.x:C.m","modular:method:b-c.x:D.m"],"resolution":"ambiguous"}"#))
  }

  @Test func factsAlone() throws {
    let tree = try Tree(sources)
    let text = try tree.dump(resolves: false)
    #expect(!text.contains("\"to\""))
    #expect(!text.contains("\"resolution\""))
    #expect(text.split(separator: "\n").count == (try tree.dump().split(separator: "\n").count))
  }

  private let many = (0..<4_000).map { number in
    Source("f\(number)", plain, "def function f\(number)", "calls f\(number) -> f\(number % 7)", "calls top -> none")
  }

  @Test(arguments: [2, 5])
  func threadsDoNotChangeTheText(_ threads: Int) throws {
    let tree = try Tree(many)
    var text: [UInt8] = []
    try Dump(tree.reader.snapshots(threads)).write {
      text += $0
      return true
    }
    #expect(String(decoding: text, as: UTF8.self) == (try tree.dump()))
  }

  @Test(arguments: [1, 3])
  func endsWhenNobodyListens(_ threads: Int) throws {
    let tree = try Tree(many)
    var pieces = 0
    try Dump(tree.reader.snapshots(threads)).write { _ in
      pieces += 1
      return false
    }
    #expect(pieces == 1)
  }
}
