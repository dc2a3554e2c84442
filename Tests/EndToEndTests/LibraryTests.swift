import Foundation
import PTWatchGraph
import Testing

/// `PTWatchGraph`, as a program of somebody else's uses it.
@Suite struct LibraryTests {
  private static let source = """
    class Shape:
        # How large it is.
        def area(self):
            return measure(self)

    class Square(Shape):
        def area(self):
            return measure(self) * 2

    def measure(shape): return 1
    def report(): return measure(None)

    """

  private func ingested(_ source: String = source) throws -> TemporaryDirectory {
    let tree = try TemporaryDirectory()
    try tree.write(source, to: "shapes.py")
    try tree.write("from shapes import report\nreport()\n", to: "main.py")
    try tree.write("from shapes import report\ndef test_report(): assert report() == 1\n", to: "tests/test_shapes.py")
    try #require(try Program.run("--full", "--quiet", tree.url.path).status == 0)
    return tree
  }

  @Test func entitiesAreFound() throws {
    let tree = try ingested()
    let snapshot = try SourceGraph(ofTree: tree.url.path).snapshot()
    #expect(snapshot.generation == 1)
    #expect(snapshot.root == tree.url.path)
    #expect(try snapshot.fileCount() == 3)

    let area = try snapshot.entity("Square.area")
    #expect(area.id == "python:method:shapes.py:Square.area")
    #expect(area.kind == .method && area.kind.isCallable && !area.kind.isType)
    #expect(area.start.line == 7 && area.start.column == 5 && area.end.line == 8)
    #expect(area.parentID == "python:class:shapes.py:Square")
    #expect(try snapshot.entity("shapes.py:8") == area)
    #expect(try snapshot.entity(id: area.id) == area)
    #expect(try snapshot.entity("test_report").isTest)

    #expect(try snapshot.find("REPORT").entities.isEmpty)
    #expect(try snapshot.find("report").entities.map(\.name) == ["report", "test_report"])
    #expect(try snapshot.find("report", Filter(tests: .none)).entities.map(\.name) == ["report"])
    let page = try snapshot.find("*", match: .glob, Filter(kinds: [.method, .class]), offset: 1, limit: 2)
    #expect(page.entities.map(\.qualifiedName) == ["Square", "Shape.area"])
    #expect(page.total == 4 && page.hasMore)

    #expect(try snapshot.outline(ofFile: "shapes.py")?.count == 6)
    #expect(try snapshot.outline(ofFile: "none.py") == nil)
    #expect(try snapshot.members(of: snapshot.entity("Shape")).map(\.name) == ["area"])
  }

  @Test func relationsAreFollowed() throws {
    let tree = try ingested()
    let snapshot = try SourceGraph(ofTree: tree.url.path).snapshot()
    let measure = try snapshot.entity("measure")
    let callers = try snapshot.callers(of: measure)
    #expect(callers.map { $0.user?.qualifiedName } == ["Shape.area", "Square.area", "report"])
    #expect(callers.allSatisfy { $0.targets == [measure.id] && $0.resolution == .scope && $0.kind == .calls })
    #expect(callers[2].path == "shapes.py" && callers[2].position.line == 11 && callers[2].position.column == 22)
    #expect(try snapshot.callers(of: measure, limit: 1) == [callers[0]])

    let report = try snapshot.entity("shapes.py:11")
    #expect(try snapshot.callees(of: report).flatMap(\.targets) == [measure.id])
    #expect(try snapshot.edges(from: report).map(\.name) == ["measure"])
    #expect(try snapshot.uses(of: report, kinds: [.imports]).map(\.path) == ["main.py", "tests/test_shapes.py"])
    #expect(try snapshot.uses(of: report, tests: .only).compactMap(\.user?.name) == ["test_report"])
    #expect(try snapshot.uses(of: report).map(\.user?.name) == [nil, nil, nil, "test_report"])

    let shape = try snapshot.entity("Shape")
    #expect(try snapshot.hierarchy(of: shape).below.map(\.entity?.name) == ["Square"])
    #expect(try snapshot.hierarchy(of: snapshot.entity("Square")).above.map(\.entity) == [shape])

    let test = try snapshot.entity("test_report")
    #expect(try snapshot.path(from: test, to: measure)?.map(\.name) == ["report", "measure"])
    #expect(try snapshot.path(from: measure, to: test) == nil)
    let affected = try snapshot.impact(of: [measure], hops: 2)
    #expect(
      affected.map { "\($0.hops) \($0.entity?.qualifiedName ?? $0.path)" }.prefix(4) == [
        "1 Shape.area", "1 Square.area", "1 report", "2 main.py",
      ])
  }

  @Test func sourceIsReadAndComparedWithTheGraph() throws {
    let tree = try ingested()
    let snapshot = try SourceGraph(ofTree: tree.url.path).snapshot()
    let area = try snapshot.entity("Shape.area")
    let source = try snapshot.source(of: area)
    #expect(source.documentation == "    # How large it is.")
    #expect(source.text == "    def area(self):\n        return measure(self)")
    #expect(source.firstLine == 3 && source.isCurrent)
    #expect(try snapshot.context(of: area, tokens: 1000).contains("def measure(shape): return 1"))

    try tree.write("\n" + Self.source, to: "shapes.py")
    // A snapshot keeps the files that it has read.
    let later = try SourceGraph(ofTree: tree.url.path).snapshot()
    #expect(try !later.source(of: area).isCurrent)
    try tree.remove("shapes.py")
    let last = try SourceGraph(ofTree: tree.url.path).snapshot()
    #expect(throws: GraphError.unreadable("shapes.py", detail: "the file is gone")) { try last.source(of: area) }
  }

  @Test func whatCannotBeAnsweredIsSaid() throws {
    let tree = try ingested("def parse(): pass\nclass A:\n    def parse(self): pass\n")
    let graph = try SourceGraph(ofTree: tree.url.path)
    let snapshot = try graph.snapshot()
    #expect(throws: GraphError.notFound("prase", near: ["parse"])) { try snapshot.entity("prase") }
    #expect(throws: GraphError.malformed("(")) { try snapshot.find("(", match: .regex) }
    #expect(throws: GraphError.malformed("/")) { try snapshot.find("a", Filter(paths: ["/"])) }
    let gone = try snapshot.entity("A.parse")
    try tree.write("def parse(): pass\ndef parse(): pass\n", to: "shapes.py")
    try #require(try Program.run("stats", "--sync", tree.url.path).status == 0)
    let later = try graph.snapshot()
    #expect(throws: GraphError.notFound(gone.id, near: [])) { try later.callers(of: gone) }
    let error = #expect(throws: GraphError.self) { try later.entity("parse") }
    guard case .ambiguous("parse", let first, 2)? = error else { return #expect(Bool(false), "\(error as Any)") }
    #expect(first.map(\.id) == ["python:function:shapes.py:parse", "python:function:shapes.py:parse~2"])
    #expect("\(error!)".hasPrefix("\"parse\" is the name of 2 entities"))
  }

  @Test func aStoreThatCannotBeUsedIsRefused() throws {
    let tree = try TemporaryDirectory()
    let store = tree.url.path + "/.ptwatch"
    #expect(throws: GraphError.noStore(store)) { try SourceGraph(ofTree: tree.url.path) }
    try tree.write("def f(): pass\n", to: "a.py")
    try #require(try Program.run("--full", "--quiet", tree.url.path).status == 0)
    let graph = try SourceGraph(store: store)
    #expect(graph.store == store && !graph.isWatched)
    #expect(try graph.snapshot().entity("f").path == "a.py")

    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: store)
    let untrusted = #expect(throws: GraphError.self) { try SourceGraph(ofTree: tree.url.path) }
    guard case .untrusted(store, _)? = untrusted else { return #expect(Bool(false), "\(untrusted as Any)") }
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: store)

    // Cut off, as a disk without room does; the mark is there for whoever writes the store next.
    _ = consume graph
    let data = try FileHandle(forWritingTo: URL(filePath: store + "/env-1/data.mdb"))
    try data.truncate(atOffset: 8192)
    let damaged = #expect(throws: GraphError.self) { try SourceGraph(ofTree: tree.url.path) }
    guard case .damaged(_, _)? = damaged else { return #expect(Bool(false), "\(damaged as Any)") }
    #expect(FileManager.default.fileExists(atPath: store + "/env-1/damaged"))
  }

  @Test func aNewerSchemaIsTold() throws {
    let tree = try ingested()
    let environment = tree.url.appending(path: ".ptwatch/env-1/data.mdb")
    // The one value of four bytes under the key `schema`.
    var data = try Data(contentsOf: environment)
    let key = try #require(data.range(of: Data("schema".utf8)))
    let known = data[key.upperBound..<key.upperBound + 4].reduce(0) { $0 << 8 | Int($1) }
    data.replaceSubrange(key.upperBound..<key.upperBound + 4, with: [0, 0, 0xFF, 0xFF])
    try data.write(to: environment)
    let error = #expect(throws: GraphError.self) { try SourceGraph(ofTree: tree.url.path) }
    guard case .otherSchema(_, 0xFFFF, known)? = error else { return #expect(Bool(false), "\(error as Any)") }
    #expect("\(error!)".contains("newer ptwatch"))
  }
}
