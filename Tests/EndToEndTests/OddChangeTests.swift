import Foundation
import TestSupport
import Testing

/// What no common tool does in one step, or what depends on when it is done.
@Suite struct OddChangeTests {
  @Test func directoriesAndFilesAreExchanged() throws {
    let tree = try TemporaryDirectory()
    try tree.write("int a;\n", to: "one/sub/a.c")
    try tree.write("int b;\n", to: "two/b.c")
    try tree.write("int c;\n", to: "c.c")
    let watch = try Watch(tree.url)
    func expect(_ what: Comment, _ files: [String]) throws {
      try watch.expectEqualToFull(what)
      #expect(try watch.files() == files, what)
    }
    try swap(tree, "one", "two")
    try expect("two directories", ["c.c", "one/b.c", "two/sub/a.c"])
    try tree.write("int new;\n", to: "one/b.c")
    try tree.write("int new;\n", to: "two/sub/a.c")
    try expect("what is in them is watched where it is now", ["c.c", "one/b.c", "two/sub/a.c"])
    try swap(tree, "one/b.c", "c.c")
    try expect("two files", ["c.c", "one/b.c", "two/sub/a.c"])
    try swap(tree, "two", "c.c")
    try expect("a directory and a file", ["c.c/sub/a.c", "one/b.c"])
    try tree.write("int newer;\n", to: "c.c/sub/a.c")
    try swap(tree, "two", "c.c")
    try expect("and back", ["c.c", "one/b.c", "two/sub/a.c"])
    for _ in 0..<20 { try swap(tree, "one", "two") }
    try expect("again and again", ["c.c", "one/b.c", "two/sub/a.c"])
    let before = try Program.dump(tree.url, sync: true)
    try swap(tree, "one", "two")
    try swap(tree, "one", "two")
    try expect("there and back at once", ["c.c", "one/b.c", "two/sub/a.c"])
    #expect(try Program.dump(tree.url) == before)
    #expect(watch.interrupt() == 0)
    #expect(watch.program.errors.all == [])
  }

  /// The file that comes was not known before, and what was at its path is told to be removed after it came.
  @Test(arguments: [("d.c", "int d;\n"), ("tool", "#!/usr/bin/env python3\nx = 1\n")])
  func aFileTakesThePlaceOfALink(_ name: String, _ text: String) throws {
    let tree = try TemporaryDirectory()
    try tree.write(text, to: "kept.txt")
    let link = tree.url.appending(path: name)
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: tree.url.appending(path: "kept.txt"))
    let watch = try Watch(tree.url)
    try swap(tree, name, "kept.txt")
    try watch.expectEqualToFull()
    #expect(try watch.files() == [name])
    #expect(watch.interrupt() == 0)
  }

  private func swap(_ tree: TemporaryDirectory, _ a: String, _ b: String) throws {
    try #require(exchangeNames(tree.url.appending(path: a).path, tree.url.appending(path: b).path))
  }

  /// What to run the program by so that files are closed to it that their owner may not read, as they are to all but root.
  private static let unprivileged: [String] = {
    if geteuid() != 0 { return [] }
    let override = "-dac_override,-dac_read_search"
    return ["setpriv", "--inh-caps", override, "--bounding-set", override]
  }()

  @Test func permissionsAreTakenAwayAndGivenBack() throws {
    let tree = try TemporaryDirectory()
    try tree.write("def f(): pass\n", to: "a.py")
    try tree.write("def g(): pass\n", to: "d/b.py")
    try tree.write("def h(): pass\n", to: "d/e/c.py")
    let watcher = try RunningProgram(["--json", tree.url.path], through: Self.unprivileged)
    try #require(watcher.lines.first { $0.contains("ready") } != nil, "\(watcher.errors.all)")
    func change(_ path: String, _ mode: mode_t) { #expect(chmod(tree.url.appending(path: path).path, mode) == 0) }
    func expectEqual(_ what: Comment) throws {
      #expect(
        try Program.dump(tree.url, sync: true) == Program.fullDump(tree.url, through: Self.unprivileged), what)
    }
    func files() throws -> [String] {
      let lines = try Program.dump(tree.url, sync: true).map { try Event(String($0)) }
      return lines.filter { $0.type == "file" }.compactMap { $0.text("path") }
    }
    func entities() throws -> [String] {
      let lines = try Program.dump(tree.url, sync: true).map { try Event(String($0)) }
      return lines.filter { $0.type == "entity" }.compactMap { $0.text("name") }
    }
    change("a.py", 0)
    try expectEqual("a file that may not be read")
    #expect(try entities() == ["g", "h"])
    #expect(try files() == ["a.py", "d/b.py", "d/e/c.py"])
    try tree.write("def i(): pass\n", to: "a.py")
    change("a.py", 0o644)
    try expectEqual("it may be read again")
    #expect(try entities() == ["i", "g", "h"])
    change("d", 0)
    try expectEqual("a directory that may not be read")
    #expect(try files() == ["a.py"])
    change("d", 0o755)
    try expectEqual("it may be read again")
    try tree.write("def k(): pass\n", to: "d/e/c.py")
    try expectEqual("and what is in it is watched")
    #expect(try entities() == ["i", "g", "k"])
    change("d", 0)
    change("d", 0o755)
    change("a.py", 0)
    change("a.py", 0o644)
    try expectEqual("there and back at once")
    #expect(try entities() == ["i", "g", "k"])
    watcher.signal(SIGINT)
    #expect(watcher.waitForExit() == 0)
  }

  /// The second save comes when the first is being parsed, and must not be lost, nor mixed with the first.
  @Test func aFileIsSavedWhileItsLastSaveIsBeingParsed() throws {
    let tree = try TemporaryDirectory()
    let watch = try Watch(tree.url)
    let functions = (0..<5000).map { "int f\($0)(int a) { return g\($0)(a); }\n" }.joined()
    let idle = try watch.cpuTicks()
    try tree.write(functions, to: "big.c")
    // No batch can be out before its file is parsed, which takes more than this.
    while try watch.cpuTicks() < idle + 2 { usleep(1000) }
    try tree.write(functions + "int last(void) { return f0(1); }\n", to: "big.c")
    let seen = watch.program.lines.all
    try watch.expectEqualToFull()
    #expect(seen.count == 1, "the second save came late")
    #expect(watch.interrupt() == 0)
    #expect(try watch.batches().map { $0.files.map { $0["parsed"] } } == [["full"], ["incremental"]])
  }
}

extension Watch {
  /// Processor time that the watcher has used, in the kernel's ticks (of 10 ms).
  fileprivate func cpuTicks() throws -> Int {
    let text = try String(contentsOfFile: "/proc/\(program.id)/stat", encoding: .utf8)
    let fields = text[text.lastIndex(of: ")")!...].split(separator: " ")
    return try #require(Int(fields[12])) + #require(Int(fields[13]))
  }
}
