import Graph
import Query
import Testing

/// Of a file with many entities a question reads the pages that it needs; it is to find what it finds where all of the file is read.
@Suite struct PagedFileTests {
  /// With scopes that are passed over, several of one id, and names that look like a path of others.
  private static func large(_ path: String, edges: Bool) -> Source {
    var lines = (0..<70).flatMap { number in
      [
        "def class C\(number)", "def method C\(number).run", "def enum C\(number).E",
        "def enum_member C\(number).E.first",
        "def variable same", "def method C\(number)|run", "def macro M\(number)~2", "def macro M\(number)",
      ]
    }
    lines += ["def macro M7", "def class outer"] + (0..<600).map { "def field outer.field\($0)" }
    return Source(path, plain, lines: edges ? lines + ["calls C3 -> same"] : lines)
  }

  @Test(arguments: [(false, false), (true, false), (false, true)]) func isAsTheWhole(edges: Bool, incremental: Bool)
    throws
  {
    let user = Source("user.x", plain, "def function f", "calls f -> M7", "references top -> outer")
    let tree = try Tree([Self.large("large.x", edges: edges), user], incremental: incremental)
    let (paged, whole) = (GraphQuery(tree.snapshot), GraphQuery(tree.snapshot))
    let path = TreePath("large.x")
    let file = try #require(try tree.snapshot.file(path)).0
    // Once all of it has been read, that serves for all that follows.
    let entities = try #require(try whole.outline(of: path)).map(\.entity)
    #expect(try entities.count == tree.snapshot.entities(file).entities.count)
    for name in ["same", "run", "first", "C3", "M7", "M7~2", "field400", "outer"] {
      let pattern = try NamePattern("^\(name)$", .regex)
      let (found, expected) = (try paged.find(pattern, limit: 150), try whole.find(pattern, limit: 150))
      #expect(!found.entities.isEmpty && found.entities == expected.entities)
      #expect(found.total == expected.total && found.hasMore == expected.hasMore)
    }
    for (number, entity) in entities.enumerated() where number % 97 == 0 || number == 24 || number > 558 && number < 564
    {
      guard case .found(let found) = try paged.lookUp(entity.id) else {
        Issue.record("\(entity.id) is not found")
        continue
      }
      // Another's name may end in a number like that of an id.
      guard case .found(let entity) = try whole.lookUp(entity.id) else { continue }
      #expect(found == entity)
      let (shown, expected) = (try paged.show(found), try whole.show(entity))
      #expect(shown.children == expected.children && shown.out.count == expected.out.count)
      #expect(shown.in.map(\.from?.id) == expected.in.map(\.from?.id))
    }
    for text in ["C9.run", "outer.field7", "M7", "first", "plain:method:large.x:C3.run~3", "plain:macro:large.x:M7~9"] {
      #expect("\(try paged.lookUp(text))" == "\(try whole.lookUp(text))")
    }
  }
}
