import Foundation
import Testing

/// What people see: on terminals of all widths, and in pipes.
@Suite struct ScreenTests {
  /// Runs ptwatch in a terminal.
  private func terminal(
    _ arguments: String, in tree: TemporaryDirectory, columns: Int = 80, _ variables: [String: String] = [:]
  ) throws -> Terminal {
    try Terminal(
      "exec \"$PTWATCH\" \(arguments)", in: tree.url, environment: environment(variables), columns: columns)
  }

  private func environment(_ variables: [String: String]) -> [String: String] {
    var environment = Program.environment.merging(["TERM": "xterm", "PTWATCH": Program.executable.path]) { $1 }
    for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"] { environment[name] = nil }
    return environment.merging(variables) { $1 }
  }

  // MARK: Colours

  private struct Colors {
    var variables: [String: String] = [:]
    var option = ""
    var isTerminal = true
    var expected: Bool

    static let all = [
      Colors(expected: true),
      Colors(isTerminal: false, expected: false),
      Colors(variables: ["NO_COLOR": "0"], expected: false),
      Colors(variables: ["NO_COLOR": ""], expected: true),
      Colors(variables: ["TERM": "dumb"], expected: false),
      Colors(variables: ["FORCE_COLOR": "1"], isTerminal: false, expected: true),
      Colors(variables: ["CLICOLOR_FORCE": "1"], isTerminal: false, expected: true),
      Colors(variables: ["FORCE_COLOR": "0"], isTerminal: false, expected: false),
      Colors(variables: ["FORCE_COLOR": "1", "NO_COLOR": "1"], expected: false),
      Colors(variables: ["NO_COLOR": "1"], option: "--color always", isTerminal: false, expected: true),
      Colors(variables: ["FORCE_COLOR": "1"], option: "--color never", expected: false),
      Colors(option: "--json", expected: false),
    ]
  }

  @Test func colorsAreWhereTheyAreWanted() throws {
    let tree = try TemporaryDirectory()
    try tree.write("int f(void) { return 1; }\n", to: "a.c")
    #expect(try Program.run("--full", tree.url.path).status == 0)
    for example in Colors.all {
      let pipe = example.isTerminal ? "" : " | cat"
      let shown = try terminal("find f . \(example.option)\(pipe)", in: tree, example.variables).waitForEnd()
      #expect(shown.contains("a.c"))
      #expect(shown.contains("\u{1B}[") == example.expected, "\(example): \(shown.debugDescription)")
      #expect(shown.contains("\u{1B}[1mf") == example.expected, "\(example)")
    }
  }

  @Test func aBatchIsColored() throws {
    let tree = try TemporaryDirectory()
    try tree.write("int f(void) { return 1; }\nint g(void) { return 1; }\n", to: "a.c")
    let watch = try terminal(".", in: tree, columns: 150)
    try watch.awaitText("watching")
    try tree.write("int f(void) { return h(); }\nstatic int f2(int a) { return a; }\n", to: "a.c")
    let line = try watch.awaitText(" ms\u{1B}[0m\r\n")
    #expect(line.contains("\u{1B}[33m~ \u{1B}[0m\u{1B}[1ma.c\u{1B}[0m  \u{1B}[32m+ function f2\u{1B}[0m"), "\(line)")
    #expect(line.contains("\u{1B}[31m- function g\u{1B}[0m  \u{1B}[2mentities +1"), "\(line)")
    try watch.type("\u{03}")
    #expect(watch.waitForExit() == 0)
  }

  // MARK: Width

  /// Saves of one file, each on a terminal of another width.
  @Test func aBatchFitsTheTerminalAsItIsAtThatMoment() throws {
    let tree = try TemporaryDirectory()
    let outside = try TemporaryDirectory()
    try tree.write("class C { }\n", to: "z.java")
    let watch = try terminal("--color never .", in: tree, columns: 30)
    try watch.awaitText("watching")
    try watch.awaitText("\n")
    let long = String(repeating: "long", count: 50)
    let wide = String(repeating: "漢", count: 50)
    let marks = "a" + String(repeating: "\u{301}", count: 5000)
    let many = (0..<10_000).map { "int v\($0);\n" }.joined()
    for (columns, path, text, expected) in [
      (30, "a.java", "class Conn { }\n", #/\+ a\.java  \+ class Conn(?:  \d+\.\d ms)?/#),
      (30, "b.java", "class \(long) { }\n", #/\+ b\.java  \+ class longlonglon…/#),
      (20, "c.java", "class \(long) { }\n", #/\+ c\.java  \+ class l…/#),
      (30, "d.java", "class \(wide) { }\n", #/\+ d\.java  \+ class 漢漢漢漢漢…/#),
      (
        80, "dir/ectory/so/deep/and/deeper/that/it/does/not/fit.java", "class \(long) { }\n",
        #/\+ …per/that/it/does/not/fit\.java  \+ class longlong[long]*…  \d+\.\d ms/#
      ),
      (25, "\(wide).java", "class B { }\n", #/\+ …漢漢\.java  \+ class B(?:  \d+\.\d ms)?/#),
      (100, "e.java", "class \(long) { }\n", #/\+ e\.java  \+ class longlong[long]*…  \d+\.\d ms/#),
      (
        300, "g.java", "class A { void f() { } }\n",
        #/\+ g\.java  \+ class A  \+ method f  entities \+2 ~0 -0  edges \+2 -0  \d+\.\d ms/#
      ),
      (60, "m.java", "class \(marks) { }\n", #/\+ m\.java  \+ class …  entities \+1 ~0 -0  edges \+1 -0  \d+\.\d ms/#),
      (60, "many.c", many, #/\+ many\.c  \+ variable v0  (?:\+ variable v1  )?and 9,99[89] more.*/#),
    ] {
      watch.resize(columns: columns)
      // At once, so that it is one batch.
      try outside.write(text, to: "new")
      let file = tree.url.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.moveItem(at: outside.url.appending(path: "new"), to: file)
      var shown = try watch.awaitText("\n")
      // Where somebody at the machine changes what git ignores.
      while shown.contains("rescan") { shown = try watch.awaitText("\n") }
      let line = try #require(shown.wholeMatch(of: #/\r\x1B\[J(.*)\r\n/#)?.output.1, "\(shown.debugDescription)")
      #expect(line.wholeMatch(of: expected) != nil, "\(columns): \(line)")
      #expect(line.unicodeScalars.reduce(0) { $0 + ($1 == "漢" ? 2 : 1) } <= columns)
    }
    watch.resize(columns: 100)
    try tree.move("g.java", to: "moved.java")
    #expect(try watch.awaitText("\n").contains(#/2 files  entities \+2 ~0 -2  edges \+2 -2  \d/#))
    try watch.type("\u{03}")
    #expect(watch.waitForExit() == 0)
  }

  @Test func inAPipeALineIsWholeAndPlain() throws {
    let tree = try TemporaryDirectory()
    try tree.write("int f;\n", to: "a.c")
    let watch = try RunningProgram([tree.url.path])
    #expect(watch.lines.first { $0.hasPrefix("watching ") } != nil)
    let names = (0..<100).map { "int variable_with_a_long_name_\($0);\n" }
    try tree.write(names.joined() + "struct S { int a; };\n", to: "b.c")
    let line = try #require(watch.lines.first { $0.contains("b.c") })
    #expect(line.hasPrefix("+ b.c  + struct S  + variable variable_with_a_long_name_0  + "), "\(line)")
    #expect(line.contains("  + variable variable_with_a_long_name_6  and 94 more  entities +102"), "\(line)")
    watch.signal(SIGINT)
    #expect(watch.waitForExit() == 0)
    #expect(!watch.lines.all.joined().contains { "\u{1B}\r".contains($0) })
  }

  // MARK: Progress

  /// A tree that takes a while.
  private func slowTree() throws -> TemporaryDirectory {
    let tree = try TemporaryDirectory()
    let text = (0..<2000).map { "int function_\($0)(int a) { return a > 0 ? function_\($0)(a - 1) : 0; }\n" }.joined()
    for index in 0..<2 { try tree.write(text, to: "\(index).c") }
    return tree
  }

  @Test(arguments: [20, 79]) func progressLeavesNothing(_ columns: Int) throws {
    let tree = try slowTree()
    let shown = try terminal("--full --color never .", in: tree, columns: columns).waitForEnd()
    let draws = shown.matches(of: #/\r\x1B\[\?7l([^\x1B]*)\x1B\[J\x1B\[\?7h\r/#)
    #expect(!draws.isEmpty)
    for draw in draws { #expect(draw.output.1.count < columns) }
    let rest = shown[(draws.last?.range.upperBound ?? shown.startIndex)...]
    #expect(rest.hasPrefix("\r\u{1B}[J\r\u{1B}[Jingested 2 files"), "\(rest.debugDescription)")
  }

  /// At a shell's prompt nothing is drawn over and over, and what is said takes the prompt's line.
  @Test func inTheBackgroundAPromptIsLeftInPeace() throws {
    let tree = try slowTree()
    let command = "set -m; \"$PTWATCH\" --full . & printf 'prompt> '; wait; printf 'end\\n'"
    let shown = try Terminal(command, in: tree.url, environment: environment([:])).waitForEnd()
    #expect(shown.contains("prompt> \r\u{1B}[J\u{1B}[32mingested"), "\(shown.debugDescription)")
    #expect(!shown.contains("\u{1B}[?7l"))
  }

  // MARK: Names that mean no good

  /// Nothing but ptwatch's own codes comes to the terminal, whatever the names, and each batch is one line.
  @Test func namesDoNotSteerATerminal() throws {
    let tree = try TemporaryDirectory()
    try tree.write("int f;\n", to: "a.c")
    let watch = try terminal(".", in: tree, columns: 200)
    try watch.awaitText("watching")
    try watch.awaitText("\n")
    let escape = "\u{1B}]0;owned\u{07}\u{1B}[2J\u{9B}31m\u{202E}\r\n"
    try tree.write("function f() { }\nclass A { '\(escape.dropLast(2))'() { return 1 } }\n", to: "\(escape)b.js")
    let line = try watch.awaitText("\n")
    #expect(line.contains("%1B]0;owned%07%1B[2J%C2%9B31m%E2%80%AE%0D%0Ab.js"), "\(line.debugDescription)")
    #expect(line.contains("  \u{1B}[32m+ function f\u{1B}[0m  "), "\(line.debugDescription)")
    try watch.type("\u{03}")
    let plain = watch.waitForEnd().replacing("\r\n", with: "\n").replacing(#/\x1B\[\??[0-9]*[mJlh]|\r/#, with: "")
    let steering = plain.unicodeScalars.filter {
      $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value) || $0 == "\u{202E}"
    }
    #expect(steering.isEmpty)
    #expect(plain.split(separator: "\n").count == 9, "\(plain)")
  }
}
