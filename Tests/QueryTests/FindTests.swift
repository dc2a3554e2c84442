import Graph
import Query
import Testing

@Suite struct FindTests {
  private func tree() throws -> Tree {
    try Tree([
      Source("src/net/conn.x", plain, "def class Conn", "def method Conn.readHeader", "def function parse_header"),
      Source("src/net/tests/conn.x", modular, "def function test_header", "def function header"),
      Source("src/header.y", modular, "def variable HEADER", "def function heading", "def macro header"),
      Source("lib/util.x", plain, "def function headers_of", "def function hdr"),
    ])
  }

  private func names(_ findings: GraphQuery.Findings) -> [String] {
    findings.entities.map { "\($0.path):\(String(decoding: $0.name, as: UTF8.self))" }
  }

  private func found(
    _ text: String, _ manner: NamePattern.Manner, _ filter: EntityFilter = EntityFilter()
  ) throws -> [String] {
    let tree = try tree()
    return names(try GraphQuery(tree.snapshot).find(NamePattern(text, manner), filter, limit: .max))
      .map { String($0.split(separator: ":")[1]) }
  }

  @Test(
    arguments: [
      ("head", .prefix, ["HEADER", "header", "header", "headers_of", "heading"]),
      ("HEAD", .prefix, ["HEADER"]), ("header", .prefix, ["HEADER", "header", "header", "headers_of"]),
      ("*_header", .glob, ["parse_header", "test_header"]), ("h?r", .glob, ["hdr"]),
      ("h[!e]*", .glob, ["hdr"]),
      ("*header", .glob, ["HEADER", "header", "header", "parse_header", "readHeader", "test_header"]),
      ("*Header", .glob, ["readHeader"]), ("[", .part, []),
      ("^head(er|ing)$", .regex, ["HEADER", "header", "header", "heading"]),
      ("_[h]", .regex, ["parse_header", "test_header"]),
      ("[A-Z]$", .regex, ["HEADER"]),
      (
        "hdr", .fuzzy, ["hdr", "HEADER", "header", "header", "headers_of", "readHeader", "test_header", "parse_header"]
      ),
      ("rH", .fuzzy, ["readHeader"]), ("pheader", .fuzzy, ["parse_header"]),
    ] as [(String, NamePattern.Manner, [String])])
  func manners(_ text: String, _ manner: NamePattern.Manner, _ expected: [String]) throws {
    #expect(try found(text, manner) == expected)
  }

  @Test(
    arguments: [
      (EntityFilter(kinds: [.macro, .variable]), ["src/header.y:HEADER", "src/header.y:header"]),
      (
        EntityFilter(languages: ["plain"]),
        ["lib/util.x:headers_of", "src/net/conn.x:parse_header", "src/net/conn.x:readHeader"]
      ),
      (
        EntityFilter(paths: [PathPattern("conn.x")!], tests: .all),
        [
          "src/net/tests/conn.x:header", "src/net/conn.x:parse_header", "src/net/conn.x:readHeader",
          "src/net/tests/conn.x:test_header",
        ]
      ),
      (
        EntityFilter(paths: [PathPattern("tests")!]),
        ["src/net/tests/conn.x:header", "src/net/tests/conn.x:test_header"]
      ),
      (
        EntityFilter(paths: [PathPattern("src/*.y")!, PathPattern("./lib/")!]),
        ["src/header.y:HEADER", "src/header.y:header", "lib/util.x:headers_of"]
      ),
      (
        EntityFilter(kinds: [.function], paths: [PathPattern("src/**/conn.x")!]),
        ["src/net/tests/conn.x:header", "src/net/conn.x:parse_header", "src/net/tests/conn.x:test_header"]
      ),
      (EntityFilter(languages: ["modular"], paths: [PathPattern("lib")!]), []),
    ] as [(EntityFilter, [String])])
  func filters(_ filter: EntityFilter, _ expected: [String]) throws {
    let tree = try tree()
    let query = GraphQuery(tree.snapshot)
    let all = try query.find(NamePattern("header"), filter, limit: .max)
    #expect(names(all) == expected && !all.hasMore)
    // Page by page it is the same.
    var paged: [String] = []
    for offset in 0...expected.count {
      let page = try query.find(NamePattern("header"), filter, offset: offset, limit: 1)
      paged += names(page)
      #expect(page.hasMore == (offset + 1 < expected.count))
    }
    #expect(paged == expected)
  }

  @Test func testsAreToldApart() throws {
    var source = Source("a.x", plain, "def function one", "def function two")
    source.mark(1, .test)
    let tree = try Tree([source])
    let query = GraphQuery(tree.snapshot)
    #expect(names(try query.find(NamePattern(""), EntityFilter(tests: .only), limit: 9)) == ["a.x:two"])
    #expect(names(try query.find(NamePattern(""), EntityFilter(tests: .none), limit: 9)) == ["a.x:one"])
  }

  @Test func whatIsNoPatternIsRefused() {
    #expect(throws: NamePattern.Malformed.self) { try NamePattern("(", .regex) }
    #expect(throws: NamePattern.Malformed.self) { try NamePattern("[a", .glob) }
    #expect(PathPattern("") == nil && PathPattern("/") == nil && PathPattern("a[") == nil)
  }
}
