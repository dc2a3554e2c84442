import Foundation
import Testing

/// The commands that read, on a tree in the three languages.
@Suite struct ReadingTests {
  private let tree: TemporaryDirectory

  init() throws {
    tree = try TemporaryDirectory()
    try tree.write("#include \"util.h\"\n\nint main(void)\n{\n\treturn helper(1) + missing();\n}\n", to: "main.c")
    try tree.write("static inline int helper(int a)\n{\n\treturn a;\n}\n", to: "util.h")
    try tree.write("from pkg.tools import work as do\n\ndef run():\n    return do()\n", to: "app.py")
    try tree.write("def work():\n    return other()\n\nclass Tool:\n    def other(self): pass\n", to: "pkg/tools.py")
    try tree.write("mod a { pub fn twice() {} }\nmod b { pub fn twice() {} }\nfn go() { a::twice(); }\n", to: "lib.rs")
    #expect(try Program.run("--full", "--quiet", tree.url.path).status == 0)
  }

  private func lines(_ arguments: String...) throws -> [String] {
    let program = try RunningProgram(arguments + [tree.url.path])
    #expect(program.waitForExit() == 0, "\(program.errors.all)")
    return program.lines.all
  }

  @Test func callersAreFoundThroughIncludeAndImport() throws {
    let helper = try lines("callers", "helper", "--json").map { try Event($0) }
    #expect(helper.map { $0.text("from") } == ["c:function:main.c:main"])
    #expect(helper.first?.text("resolution") == "import")
    let work = try lines("callers", "work", "--json").map { try Event($0) }
    #expect(work.map { $0.text("from") } == ["python:function:app.py:run"])
  }

  @Test func calleesSayWhatIsOutsideTheTree() throws {
    let callees = try lines("callees", "main", "--json").map { try Event($0) }
    #expect(callees.map { "\($0.text("name")!) \($0.text("resolution")!)" } == ["helper import", "missing external"])
  }

  @Test func anEntityIsNamedInFourWays() throws {
    for name in ["rust:function:lib.rs:a::twice", "a::twice", "lib.rs:1"] {
      #expect(try lines("show", name, "--json").first?.contains("\"lib.rs\"") == true, "\(name)")
    }
    #expect(try lines("show", "work").first?.contains("work") == true)
  }

  @Test func aNameOfSeveralEntitiesIsNotGuessed() throws {
    let result = try Program.run("callers", "twice", tree.url.path)
    #expect(result.status == 1)
    #expect(
      result.error.contains("rust:function:lib.rs:a::twice") && result.error.contains("rust:function:lib.rs:b::twice"))
  }

  @Test func whatIsNotThereHasNearMatches() throws {
    for command in ["find", "show", "callers", "callees"] {
      let result = try Program.run(command, "helpr", tree.url.path)
      #expect(result.status == 1 && result.output.isEmpty)
      #expect(result.error.contains("\"helpr\"") && result.error.contains("helper"))
    }
  }

  @Test func findTakesAPartOfANameAndAKind() throws {
    #expect(try lines("find", "wor").contains { $0.contains("pkg/tools.py:1:1") })
    #expect(try lines("find", "--kind", "class", "tool").count == 1)
    #expect(try Program.run("find", "--kind", "gadget", "tool", tree.url.path).status == 64)
  }

  @Test func statsCountWhatTheDumpHolds() throws {
    let stats = try Event(try lines("stats", "--json")[0])
    let dump = try Program.dump(tree.url)
    #expect(try stats.number("files") == dump.count { $0.hasPrefix("{\"t\":\"file\"") })
    #expect(stats.count(of: "calls", in: "edges") == dump.count { $0.contains("\"edge\",\"kind\":\"calls\"") })
    #expect(stats.count(of: "function", in: "entities") == dump.count { $0.contains("\"kind\":\"function\",\"name\"") })
  }

  @Test func factsLeaveOutWhatNamesMean() throws {
    let facts = try lines("dump", "--facts")
    #expect(facts.count == (try Program.dump(tree.url)).count)
    #expect(!facts.contains { $0.contains("\"to\":") || $0.contains("\"resolution\":") })
  }

  @Test func withoutAStoreTheLineSaysWhatToDo() throws {
    let empty = try TemporaryDirectory()
    for command in [["dump"], ["stats"], ["find", "x"]] {
      let program = try RunningProgram(command + [empty.url.path])
      #expect(program.waitForExit() == 1)
      #expect(program.errors.all == ["ptwatch: no graph of \(empty.url.path) yet; run: ptwatch \(empty.url.path)"])
    }
  }
}
