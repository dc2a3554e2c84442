import Foundation
import Testing

/// The commands that ask the whole graph, and along its edges.
@Suite struct AnalysisTests {
  private let tree: TemporaryDirectory

  init() throws {
    tree = try TemporaryDirectory()
    try tree.write(
      "int leaf(void) { return 1; }\nint stem(void) { return leaf(); }\nstatic int dead(void) { return 2; }\n",
      to: "lib/a.c")
    try tree.write("int stem(void);\nint main(void)\n{\n\treturn stem();\n}\n", to: "main.c")
    try tree.write(
      "#[test]\nfn checks() { odd(3); }\nfn odd(n: u8) { even(n) }\nfn even(n: u8) { odd(n) }\n", to: "lib.rs")
    #expect(try Program.run("--full", "--quiet", tree.url.path).status == 0)
  }

  private func lines(_ arguments: String...) throws -> [String] {
    let program = try RunningProgram(arguments + [tree.url.path])
    #expect(program.waitForExit() == 0, "\(program.errors.all)")
    return program.lines.all
  }

  private func ids(_ arguments: String...) throws -> [String?] {
    let program = try RunningProgram(arguments + ["--json", tree.url.path])
    #expect(program.waitForExit() == 0, "\(program.errors.all)")
    return try program.lines.all.map { try Event($0).text("id") }
  }

  @Test func pathListsTheCalls() throws {
    let text = try lines("path", "main", "leaf")
    #expect(text.count == 3 && text[2].hasSuffix("→ function leaf"))
    let steps = try lines("path", "main", "leaf", "--json").map { try Event($0) }
    #expect(steps.map { $0.text("name") } == ["stem", "leaf"])
    let none = try Program.run("path", "leaf", "main", tree.url.path)
    #expect(
      none.status == 1 && none.error == "ptwatch: no calls lead from c:function:lib/a.c:leaf to c:function:main.c:main")
  }

  @Test func impactSetsTestsApart() throws {
    let text = try lines("impact", "even")
    #expect(
      text.first == "changed (1)" && text.contains("affected (1)") && text.last?.hasSuffix("function checks") == true)
    #expect(try ids("impact", "leaf", "--hops", "1") == ["c:function:lib/a.c:leaf", "c:function:lib/a.c:stem"])
  }

  @Test func impactTakesAPatch() throws {
    let patch = """
      diff --git a/lib/a.c b/lib/a.c
      --- a/lib/a.c
      +++ b/lib/a.c
      @@ -1,2 +1,2 @@
      -int leaf(void) { return 0; }
      +int leaf(void) { return 1; }
       int stem(void) { return leaf(); }
      diff --git a/gone.c b/gone.c
      --- a/gone.c
      +++ /dev/null
      @@ -1 +0,0 @@
      -int gone;

      """
    let file = tree.url.appending(path: "change.patch")
    try patch.write(to: file, atomically: true, encoding: .utf8)
    let found = try ids("impact", "--patch", file.path)
    #expect(found == ["c:function:lib/a.c:leaf", "c:function:lib/a.c:stem", "c:function:main.c:main"])
    try "no patch".write(to: file, atomically: true, encoding: .utf8)
    let refused = try Program.run("impact", "--patch", file.path, tree.url.path)
    #expect(refused.status == 1 && refused.error.contains("no unified diff"))
    #expect(try Program.run("impact", tree.url.path).status == 64)
  }

  @Test func cyclesAndHotspotsAreListed() throws {
    #expect(try lines("cycles").first == "2 in a circle")
    #expect(try lines("cycles", "--of", "imports").isEmpty)
    let hotspots = try lines("hotspots", "--by", "fan-in", "--kind", "function", "--limit", "1", "--json")
    #expect(hotspots.count == 1 && hotspots[0].contains("\"fanIn\":2"))
  }

  @Test func unusedLeavesOutEntryPointsAndExports() throws {
    #expect(try ids("unused") == ["c:function:lib/a.c:dead"])
    try tree.write("pub fn shown() {}\nfn hidden() {}\n", to: "more.rs")
    #expect(try Program.run("--full", "--quiet", tree.url.path).status == 0)
    #expect(try ids("unused", "--sync") == ["c:function:lib/a.c:dead", "rust:function:more.rs:hidden"])
    #expect(try ids("unused", "--exported").contains("rust:function:more.rs:shown"))
  }
}
