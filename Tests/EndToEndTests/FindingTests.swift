import Foundation
import Testing

/// The commands that find entities, files and what is said of them, on a small tree.
@Suite struct FindingTests {
  private let tree: TemporaryDirectory

  init() throws {
    tree = try TemporaryDirectory()
    try tree.write(
      """
      #include "shape.h"

      /*
       * Draws \u{1B}[31mit.
       */
      int draw_shape(int size)
      {
      \treturn area(size);
      }

      int draw_all(void) { return draw_shape(1) + draw_shape(2); }

      """, to: "src/draw.c")
    try tree.write("int area(int size);\n", to: "src/shape.h")
    try tree.write(
      "class Base: pass\nclass Shape(Base, Elsewhere): pass\nclass Square(Shape):\n    def area(self): pass\n",
      to: "lib/shapes.py")
    try tree.write(
      "from shapes import Square\n\nclass TestSquare(Square):\n    def test_area(self):\n        Square()\n",
      to: "lib/test_shapes.py")
    try tree.write("def broken(:\n", to: "lib/bad.py")
    try Data([0x61, 0, 0x62]).write(to: tree.url.appending(path: "lib/binary.py"))
    #expect(try Program.run("--full", "--quiet", tree.url.path).status == 0)
  }

  private func lines(_ arguments: String...) throws -> [String] {
    let program = try RunningProgram(arguments + [tree.url.path])
    #expect(program.waitForExit() == 0, "\(program.errors.all)")
    return program.lines.all
  }

  private func ids(_ arguments: String...) throws -> [String] {
    let program = try RunningProgram(arguments + ["--json", tree.url.path])
    #expect(program.waitForExit() == 0, "\(program.errors.all)")
    return try program.lines.all.map { try Event($0) }.compactMap { $0.text("id") ?? $0.text("from") }
      .map { $0.split(separator: ":", maxSplits: 2).last.map(String.init) ?? $0 }
  }

  @Test func findTakesPatternsAndFilters() throws {
    #expect(
      try ids("find", "--glob", "draw*", "--kind", "function") == ["src/draw.c:draw_all", "src/draw.c:draw_shape"])
    #expect(
      try ids("find", "--regex", "^(area|Base)$", "--path", "lib") == [
        "lib/shapes.py:Base", "lib/shapes.py:Square.area",
      ])
    #expect(try ids("find", "--fuzzy", "dshp", "--limit", "1") == ["src/draw.c:draw_shape"])
    #expect(try ids("find", "--prefix", "Sq", "--language", "python") == ["lib/shapes.py:Square"])
    #expect(try ids("find", "area", "--tests", "only") == ["lib/test_shapes.py:TestSquare.test_area"])
    let page = try Program.run("find", "draw", "--limit", "1", "--offset", "1", tree.url.path)
    #expect(page.output.contains("draw_shape") && !page.output.contains("draw_all") && page.error.isEmpty)
    let first = try Program.run("find", "draw", "--limit", "1", tree.url.path)
    #expect(first.error == "ptwatch: the first 1 of 2 shown; go on with --offset 1")
    let other = try Program.run("find", "draw", "--kind", "class", tree.url.path)
    #expect(other.status == 1 && other.error.contains("c:function:src/draw.c:draw_all"))
    #expect(try Program.run("find", "x", "--language", "klingon", tree.url.path).error.contains("python"))
    #expect(try Program.run("find", "(", "--regex", tree.url.path).status == 1)
  }

  @Test func showReadsTheSource() throws {
    let shown = try lines("show", "draw_shape")
    #expect(shown.contains(" * Draws %1B[31mit.") && shown.contains("6  int draw_shape(int size)"))
    let event = try lines("show", "draw_shape", "--json").map { try Event($0) }[1]
    #expect(event.text("text") == "int draw_shape(int size)\n{\n\treturn area(size);\n}")
    #expect(event.text("doc")?.hasPrefix("/*\n * Draws") == true && !shown.contains { $0.contains("has changed") })
    try tree.write("int draw_shape(int size);\n", to: "src/draw.c")
    #expect(try lines("show", "draw_shape").contains { $0.contains("the file has changed") })
    try FileManager.default.removeItem(at: tree.url.appending(path: "src/draw.c"))
    #expect(try lines("show", "draw_shape").contains("(no source: the file is gone)"))
  }

  @Test func usesAreFilteredAndPaged() throws {
    #expect(
      try ids("refs", "Square") == [
        "lib/test_shapes.py", "lib/test_shapes.py:TestSquare", "lib/test_shapes.py:TestSquare.test_area",
      ])
    #expect(try ids("refs", "Square", "--kind", "imports") == ["lib/test_shapes.py"])
    #expect(
      try ids("callers", "Square", "--tests", "only", "--kind", "calls") == ["lib/test_shapes.py:TestSquare.test_area"])
    #expect(try ids("callers", "draw_shape", "--offset", "1") == ["src/draw.c:draw_all"])
    #expect(try lines("callees", "draw_all", "--kind", "references").isEmpty)
    #expect(try Program.run("refs", "Square", "--kind", "contains", tree.url.path).status == 64)
  }

  @Test func typesGoUpAndDown() throws {
    #expect(
      try ids("types", "Shape") == [
        "lib/shapes.py:Shape", "lib/shapes.py:Base", "lib/shapes.py:Square", "lib/test_shapes.py:TestSquare",
      ])
    #expect(try lines("types", "Shape").contains { $0.hasSuffix("Elsewhere (not in the tree)") })
    #expect(try ids("types", "Base", "--depth", "1") == ["lib/shapes.py:Base", "lib/shapes.py:Shape"])
    #expect(try Program.run("types", "draw_all", tree.url.path).error.contains("no type"))
  }

  @Test func outlineAndTreeListWhatIsWhere() throws {
    let outline = try lines("outline", "./lib/shapes.py")
    #expect(outline.count == 4 && outline[3].hasPrefix("4-4    method area"))
    #expect(try Program.run("outline", "lib/shape.py", tree.url.path).error.contains("near: lib/shapes.py"))
    #expect(try Program.run("outline", "lib", tree.url.path).error.contains("ptwatch tree --below lib"))
    let folders = try lines("tree", "--json").map { try Event($0) }
    #expect(folders.map { $0.text("path") } == ["", "lib", "src"])
    #expect(try folders.map { try $0.number("files") } == [6, 4, 2])
    #expect(try lines("tree", "--below", "src", "--depth", "0").count == 2)
    #expect(try Program.run("tree", "--below", "none", tree.url.path).status == 1)
  }

  @Test func coverageSaysWhatIsMissing() throws {
    let text = try lines("coverage")
    #expect(text.contains { $0.hasPrefix("python") && $0.contains("4 files: 2 whole, 1 in part, 1 skipped") })
    #expect(text.contains { $0.hasPrefix("lib/bad.py") && $0.contains("syntax error") })
    #expect(text.contains("lib/binary.py  binary"))
  }

  @Test func languagesAreCountedWhereThereIsAGraph() throws {
    let python = try lines("languages", "--json").map { try Event($0) }.first { $0.text("language") == "python" }
    #expect(try python?.number("files") == 4 && python?.text("grammar") == "python")
    #expect(try (13...15).contains(python?.number("abi") ?? 0))
    #expect(try lines("languages").contains { $0.hasPrefix("python") && $0.contains(".pyi") })
    let elsewhere = try TemporaryDirectory()
    #expect(try Program.run("languages", "--json", elsewhere.url.path).output.contains("\"files\":null"))
  }

  @Test func theDoctorFindsADamagedStore() throws {
    let healthy = try lines("doctor", "--json").map { try Event($0) }
    #expect(healthy.first { $0.text("subject") == "store" }?.text("grade") == "good")
    #expect(healthy.first { $0.text("subject") == "watcher" }?.text("mend") == "ptwatch \(tree.url.path)")
    let data = tree.url.appending(path: ".ptwatch/current/data.mdb")
    try Data("no store".utf8).write(to: data)
    let result = try Program.run("doctor", tree.url.path)
    #expect(result.status == 1 && result.output.contains("mend it: ptwatch --full \(tree.url.path)"))
  }

  @Test func contextFitsTheRoom() throws {
    let whole = try lines("context", "draw_all", "--json").map { try Event($0) }
    #expect(whole.compactMap { $0.text("relation") } == ["itself", "callee"])
    let tight = try lines("context", "draw_all", "--tokens", "60", "--json").map { try Event($0) }
    #expect(try tight.last!.number("tokens") <= 60)
    let text = try lines("context", "draw_shape")
    #expect(text.first?.hasPrefix("### src/draw.c:3-9 function draw_shape") == true && text[1] == "```")
    #expect(text.last?.contains("of 4000 tokens") == true)
  }
}
