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

  /// What is not committed, staged or not, and what is committed since a revision; below the tree's root only.
  @Test func impactAsksGitForADifference() throws {
    let home = try TemporaryDirectory()
    let work = try TemporaryDirectory()
    let shell = Shell(work.url, outside: home.url)
    try work.write(
      "int f(void) { return 1; }\nint g(void) { return f(); }\nint h(void) { return 1; }\n", to: "sub/\u{E9} a.c")
    try work.write("int outside(void) { return 1; }\n", to: "b.c")
    try shell.run("git init -q -b main; git add .; git commit -qm 1; git checkout -qb topic")
    try work.write(
      "int f(void) { return 2; }\nint g(void) { return f(); }\nint h(void) { return 1; }\n", to: "sub/\u{E9} a.c")
    try work.write("int outside(void) { return 2; }\n", to: "b.c")
    let tree = work.url.appending(path: "sub").path
    #expect(try Program.run("--full", tree).status == 0)
    func changed(_ arguments: String...) throws -> [String] {
      let result = try Program.run(["impact", "--json"] + arguments + [tree])
      try #require(result.status == 0, "\(result.error)")
      return try result.output.split(separator: "\n").map { try Event(String($0)) }.filter { $0.type == "entity" }
        .compactMap { $0.text("name") }
    }
    #expect(try changed("--diff") == ["f"])
    try shell.run("git add .")
    #expect(try changed("--diff") == ["f"])
    try shell.run("git commit -qm 2; sed -i '3s/1/3/' sub/*.c")
    #expect(try changed("--diff") == ["h"])
    #expect(try changed("--against", "main") == ["f", "h"])
    try shell.run("git pack-refs --all; git worktree add -q ../$(basename $PWD)-other main")
    #expect(try changed("--against", "HEAD~1") == ["f", "h"])
    try shell.run("rm -r ../$(basename $PWD)-other")
    for (arguments, said) in [
      (["--against", "nothing"], "is it a revision"), (["--against=--output=/tmp/x"], "is it a revision"),
    ] {
      let refused = try Program.run(["impact"] + arguments + [tree])
      #expect(refused.status == 1 && refused.error.contains(said), "\(refused.error)")
    }
    try shell.run("rm -r .git")
    #expect(try Program.run("impact", "--diff", tree).error.contains("lies in no git working tree"))
  }

  @Test func cyclesAndHotspotsAreListed() throws {
    #expect(try lines("cycles").first == "2 in a circle")
    #expect(try lines("cycles", "--of", "imports").isEmpty)
    #expect(try Program.run("cycles", "--of", "imports", tree.url.path).error == "ptwatch: no imports go in circles")
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
