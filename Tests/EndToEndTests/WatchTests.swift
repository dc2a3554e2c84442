import Foundation
import Testing

/// `ptwatch <dir>` follows what happens to a tree.
@Suite struct WatchTests {
  @Test func filesAndDirectoriesComeChangeMoveAndGo() throws {
    let tree = try TemporaryDirectory()
    try tree.write("int f(void) { return g(); }\n", to: "a.c")
    let watch = try Watch(tree.url)
    try tree.write("int f(void) { return h(); }\nint extra;\n", to: "a.c")
    try watch.expectEqualToFull("changed")
    try tree.write("def new(): pass\n", to: "deep/er/new.py")
    try watch.expectEqualToFull("created")
    try tree.move("deep", to: "moved")
    try watch.expectEqualToFull("directory renamed")
    try tree.move("a.c", to: "moved/er/b.c")
    try watch.expectEqualToFull("file renamed")
    try tree.remove("moved/er/new.py")
    try watch.expectEqualToFull("file deleted")
    try tree.remove("moved")
    try watch.expectEqualToFull("directory deleted")
    #expect(try Program.dump(tree.url).isEmpty)
    #expect(watch.interrupt() == 0)
  }

  @Test func whatChangedWhileAwayIsCaughtUpWithoutReadingTheRest() throws {
    let tree = try TemporaryDirectory()
    for index in 0..<20 { try tree.write("def f\(index)(): pass\n", to: "f\(index).py") }
    #expect(try Program.run("--full", tree.url.path).status == 0)
    // A later start, as far as the files' times tell.
    let first = try Watch(tree.url)
    #expect(first.interrupt() == 0)
    try tree.write("def changed(): pass\n", to: "f3.py")
    try tree.remove("f4.py")
    try tree.write("def added(): pass\n", to: "sub/new.py")
    let watch = try Watch(tree.url)
    #expect(try watch.ready.number("filesChanged") == 3)
    #expect(try watch.ready.number("filesRead") < 20)
    #expect(watch.program.lines.all.count == 1)
    try watch.expectEqualToFull()
    #expect(watch.interrupt() == 0)
  }

  @Test func anEditInALargeFileCostsWhatItTouches() throws {
    let tree = try TemporaryDirectory()
    let functions = (0..<1250).map { "int function_\($0)(int a)\n{\n\treturn callee_\($0)(a);\n}\n" }
    let text = functions.joined()
    try tree.write(text, to: "large.c")
    let watch = try Watch(tree.url)
    // The first save may find the file not yet parsed ahead; the second finds it as the first left it.
    let first = text.replacing("callee_17(a)", with: "callee_17(a, 1)")
    try tree.write(first, to: "large.c")
    _ = try watch.batch(naming: "large.c")
    let seen = watch.program.lines.all.count
    try tree.write(first.replacing("callee_600(a)", with: "another(a)"), to: "large.c")
    let batch = try watch.batch(naming: "large.c", after: seen)
    #expect(batch.files == [["path": "large.c", "change": "modified", "parsed": "incremental"]])
    #expect(try batch.number("filesRead") == 1)
    #expect(try batch.number("bytesParsed") < text.utf8.count / 10)
    #expect(try batch.number("entities", "changed") == 1)
    #expect(try batch.number("edges", "added") == 1)
    #expect(try batch.number("edges", "removed") == 1)
    #expect(try batch.number("rowsWritten") < 10)
    #expect(watch.interrupt() == 0)
  }

  /// Each save while the one before is still being read or parsed.
  @Test func savesThatDoNotWaitForEachOtherAllCount() throws {
    let tree = try TemporaryDirectory()
    let functions = (0..<2500).map { "int function_\($0)(int a)\n{\n\treturn callee_\($0)(a);\n}\n" }
    try tree.write(functions.joined(), to: "large.c")
    let watch = try Watch(tree.url)
    for save in 0..<12 {
      var edited = functions
      // In turn a few places, all of the file, and half of it gone.
      for place in stride(from: save, to: edited.count, by: [700, 1, 9][save % 3]) {
        edited[place] = edited[place].replacing("callee", with: "other_\(save)")
      }
      if save % 4 == 3 { edited.removeSubrange(1000..<2200) }
      try tree.write(edited.joined(), to: "large.c")
    }
    try watch.expectEqualToFull()
    #expect(watch.interrupt() == 0)
  }

  /// An edit after which the incremental tree is not the fresh one (found by random edits; libtree-sitter 0.20.7).
  @Test func aSyncedReadWaitsForWhatDependsOnHistoryToBeConfirmed() throws {
    let tree = try TemporaryDirectory()
    let before = """
      \tfor (item = first(list); item; item = nex<t(item))
      #u{ndef EMPTY

      #if define(HAVE_,FAST) && !defined(NO_FAST) && VERSION(2, 1) > LIMIT
      static int fast(void) { return SQUAR(xE(2); }
      #elif HAVE_MEDIUM
      static int medium(vo<id) { retur)n LIMIT; }
      #else
      """
    try tree.write("int a;\n", to: "a.c")
    let watch = try Watch(tree.url)
    // Parsed afresh, since all of it is new, and so known when the next save comes.
    try tree.write(before, to: "a.c")
    try watch.expectEqualToFull()
    let seen = watch.program.lines.all.count
    try tree.write(before.replacing("fast(void)", with: "fast(voi)d)"), to: "a.c")
    try watch.expectEqualToFull()
    let batches = try watch.program.lines.all.dropFirst(seen).map { try Event($0) }.filter { $0.type == "batch" }
    #expect(batches.map { $0.files.map { $0["parsed"] } } == [["incremental"], ["full"]])
    #expect(watch.interrupt() == 0)
  }

  @Test func aSyncedReadSeesEverySave() throws {
    let tree = try TemporaryDirectory()
    let watch = try Watch(tree.url)
    for round in 0..<25 {
      try tree.write("def round_\(round)(): pass\n", to: "a.py")
      #expect(try Program.dump(tree.url, sync: true).contains { $0.contains("python:function:a.py:round_\(round)\"") })
    }
    #expect(watch.interrupt() == 0)
  }

  @Test func syncWithoutAWatcherCatchesUpInPlace() throws {
    let tree = try TemporaryDirectory()
    try tree.write("def before(): pass\n", to: "a.py")
    #expect(try Program.run("--full", tree.url.path).status == 0)
    try tree.write("def after(): pass\n", to: "a.py")
    #expect(try Program.dump(tree.url).contains { $0.contains("a.py:before") })
    #expect(try Program.dump(tree.url, sync: true).contains { $0.contains("a.py:after") })
  }

  @Test func ignoreRulesMayChangeWhileItRuns() throws {
    let tree = try TemporaryDirectory()
    try tree.write("def f(): pass\n", to: "kept.py")
    try tree.write("def g(): pass\n", to: "build/made.py")
    try tree.write("def h(): pass\n", to: "sub/made.gen.py")
    let watch = try Watch(tree.url)
    try tree.write("build/\n", to: ".gitignore")
    try watch.expectEqualToFull("a directory becomes ignored")
    #expect(try !Program.dump(tree.url).contains { $0.contains("build/made.py") })
    try tree.write("*.gen.py\n", to: "sub/.gitignore")
    try watch.expectEqualToFull("a pattern in a nested file")
    try tree.write("def g2(): pass\n", to: "build/made.py")
    try tree.remove(".gitignore")
    try watch.expectEqualToFull("a directory becomes wanted")
    #expect(try Program.dump(tree.url).contains { $0.contains("build/made.py:g2") })
    try tree.write("!made.gen.py\n", to: "sub/.ignore")
    try watch.expectEqualToFull("an exception")
    #expect(watch.interrupt() == 0)
  }

  @Test func theRunEndsWhenItsStoreIsRemoved() throws {
    let tree = try TemporaryDirectory()
    try tree.write("def f(): pass\n", to: "a.py")
    let watch = try Watch(tree.url)
    try tree.remove(".ptwatch")
    try tree.write("def g(): pass\n", to: "a.py")
    #expect(watch.program.waitForExit() == 1)
    #expect(watch.program.errors.all.contains { $0.contains("the store was removed") })
    let again = try Watch(tree.url)
    try again.expectEqualToFull()
    #expect(again.interrupt() == 0)
  }

  @Test func theStoreCausesNoWork() throws {
    let tree = try TemporaryDirectory()
    try tree.write("def f(): pass\n", to: "a.py")
    let watch = try Watch(tree.url)
    try Data("def ghost(): pass\n".utf8).write(to: tree.url.appending(path: ".ptwatch/ghost.py"))
    try tree.write("def g(): pass\n", to: "b.py")
    try watch.expectEqualToFull()
    let batches = watch.program.lines.all.filter { $0.hasPrefix("{\"t\":\"batch\"") }
    #expect(batches.count == 1)
    #expect(watch.interrupt() == 0)
  }

  @Test func aStoreGivenByARelativePath() throws {
    let tree = try TemporaryDirectory()
    let store = try TemporaryDirectory()
    try tree.write("def f(): pass\n", to: "a.py")
    let upwards = FileManager.default.currentDirectoryPath.split(separator: "/").map { _ in ".." }.joined(
      separator: "/")
    let watch = try Watch(tree.url, "--db", upwards + store.url.path + "/new")
    try tree.write("def g(): pass\n", to: "a.py")
    _ = try watch.batch(naming: "a.py")
    #expect(watch.interrupt() == 0)
  }

  /// Each catches up by itself, or waits for the one that does.
  @Test func clientsWithoutAWatcherAreNotInEachOthersWay() throws {
    let tree = try TemporaryDirectory()
    for index in 0..<100 { try tree.write("def f\(index)(): pass\n", to: "f\(index).py") }
    #expect(try Program.run("--full", tree.url.path).status == 0)
    for round in 0..<4 {
      for index in 0..<100 { try tree.write("def g\(round)_\(index)(): pass\n", to: "f\(index).py") }
      let clients = try (0..<5).map { _ in try RunningProgram(["dump", "--sync", tree.url.path]) }
      for client in clients { #expect(client.waitForExit() == 0, "\(client.errors.all)") }
      #expect(Set(clients.map(\.lines.all)).count == 1)
    }
  }
}
