import Foundation
import Graph
import Incremental
import Store
import TestSupport
import Testing

/// Files that are moved are not parsed, and end as a full ingest finds them.
@Suite struct RenameTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  private func tree(_ files: [String: String]) throws -> Reindexer {
    for (path, text) in files { try workspace.write(text, to: path) }
    try workspace.ingest()
    return try workspace.reindexer()
  }

  private func move(_ from: String, _ to: String) throws {
    let target = workspace.url.appending(path: "tree/\(to)")
    try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try #require(rename(workspace.url.appending(path: "tree/\(from)").path, target.path) == 0)
  }

  private func swap(_ a: String, _ b: String) throws {
    try move(a, "aside")
    try move(b, a)
    try move("aside", b)
  }

  private func expectEqualToFull(location: SourceLocation = #_sourceLocation) throws {
    #expect(try workspace.dump() == workspace.fullDump(), sourceLocation: location)
  }

  private func changes(since generation: UInt64) throws -> [String] {
    guard case .known(let batches) = try GraphReader(workspace.directory).snapshot().changes(since: generation) else {
      return ["not known"]
    }
    return batches.joined().map { change in
      "\(change.kind) \(change.origin.map { "\($0) " } ?? "")\(change.path)"
    }
  }

  @Test func aMovedDirectoryIsReadOnceAndNotParsed() throws {
    var files: [String: String] = [:]
    for index in 0..<20 { files["old/f\(index).py"] = "def f\(index)(a):\n    return g\(index)(a)\n\nclass A: pass\n" }
    let reindexer = try tree(files)
    try reindexer.planWarming()
    while reindexer.canWarm { try reindexer.warmNext() }
    try move("old", "deep/new")
    let report = try #require(try reindexer.lookEverywhere(workspace).first)
    #expect(report.filesRead == 20 && report.filesParsed == 0 && report.bytesParsed == 0)
    // For each file the old key, the record and the path; the history; the generation.
    #expect(report.rowsWritten == 20 * 3 + 2)
    #expect(report.files.count == 40 && report.files.allSatisfy { $0.parsed == .none })
    #expect(Set(report.files.lazy.filter { $0.change == .added }.map(\.path)).count == 20)
    #expect(Set(report.files.lazy.filter { $0.change == .removed }.map(\.path)).count == 20)
    #expect(report.entitiesAdded == 40 && report.entitiesRemoved == 40 && report.entitiesChanged == 0)
    // Two are contained and one is called in each.
    #expect(report.edgesAdded == 60 && report.edgesRemoved == 60)
    try expectEqualToFull()
    #expect(try changes(since: 1).sorted().first == "renamed old/f0.py deep/new/f0.py")
    #expect(try changes(since: 1).count == 20)
    // The trees have moved along.
    try workspace.write("def f3(a):\n    return other(a)\n\nclass A: pass\n", to: "deep/new/f3.py")
    #expect(try reindexer.look("deep/new/f3.py").first?.files.map(\.parsed) == [.incremental])
    try expectEqualToFull()
  }

  /// Only the directory itself is named, as when it is moved out and something else moved in.
  @Test func whatIsBelowAPathThatIsGoneMoves() throws {
    let reindexer = try tree(["old/a.py": "def a(): pass\n", "old/b.py": "def b(): pass\n"])
    try move("old", "new")
    let report = try #require(try reindexer.look("old", "new/a.py", "new/b.py").first)
    #expect(report.filesParsed == 0)
    try expectEqualToFull()
  }

  @Test func filesMayChangePlaces() throws {
    let reindexer = try tree([
      "a.py": "def a(): pass\n", "b.py": "def b(): pass\n", "c.py": "def c(): pass\n", "d.py": "def d(): pass\n",
      "one/x.py": "def one(): pass\n", "two/x.py": "def two(): pass\n",
    ])
    try swap("a.py", "b.py")
    var report = try #require(try reindexer.look("a.py", "b.py").first)
    #expect(report.filesParsed == 0 && report.files.map(\.change) == [.modified, .modified])
    #expect(report.entitiesAdded == 2 && report.entitiesRemoved == 2)
    try expectEqualToFull()
    #expect(try changes(since: 1) == ["renamed b.py a.py", "renamed a.py b.py"])

    // A chain, and a new file where it began.
    try move("d.py", "e.py")
    try move("c.py", "d.py")
    try workspace.write("def new(): pass\n", to: "c.py")
    report = try #require(try reindexer.look("c.py", "d.py", "e.py").first)
    #expect(report.filesParsed == 1 && report.files.map(\.change) == [.modified, .modified, .added])
    try expectEqualToFull()
    #expect(try changes(since: 2) == ["added c.py", "renamed c.py d.py", "renamed d.py e.py"])

    try swap("one", "two")
    report = try #require(try reindexer.look("one/x.py", "two/x.py").first)
    #expect(report.filesParsed == 0)
    try expectEqualToFull()
  }

  /// The file that was there stays itself, so that its entities keep what they were.
  @Test func renamedOverAnotherIsAnEditOfThat() throws {
    let reindexer = try tree(["a.py": "def f(): pass\ndef g(): pass\n", "b.py": "def f(): pass\n"])
    try move("b.py", "a.py")
    let report = try #require(try reindexer.look("a.py", "b.py").first)
    #expect(report.files.map(\.change) == [.modified, .removed] && report.filesParsed == 1)
    #expect(report.entitiesRemoved == 2 && report.entitiesAdded == 0)
    try expectEqualToFull()
    #expect(try changes(since: 1).sorted() == ["modified a.py", "removed b.py"])
  }

  @Test func theTwoEndsMayComeApart() throws {
    let reindexer = try tree(["a.py": "def f(): pass\n", "c.py": "def h(): pass\n"])
    try move("a.py", "b.py")
    #expect(try reindexer.look("b.py").first?.filesParsed == 1)
    _ = try reindexer.look("a.py")
    try expectEqualToFull()
    try move("c.py", "d.py")
    _ = try reindexer.look("c.py")
    _ = try reindexer.look("d.py")
    try expectEqualToFull()
  }

  /// A path says whether code is test code.
  @Test func whereThePathHasASayTheFileIsParsed() throws {
    let text = "def f(): pass\ndef test_it(): pass\n"
    let reindexer = try tree(["a.py": text, "tests/b.py": "def g(): pass\n"])
    try move("a.py", "tests/a.py")
    try move("tests/b.py", "b.py")
    #expect(try reindexer.lookEverywhere(workspace).map(\.filesParsed) == [2])
    try expectEqualToFull()
    try move("tests/a.py", "tests/c.py")
    #expect(try reindexer.lookEverywhere(workspace).map(\.filesParsed) == [0])
    try expectEqualToFull()
    // Another language, and none.
    try workspace.write("int x;\n", to: "y.c")
    _ = try reindexer.look("y.c")
    try move("b.py", "b.rs")
    try move("y.c", "y.txt")
    _ = try reindexer.lookEverywhere(workspace)
    try expectEqualToFull()
  }

  @Test func pathsLongerThanKeysMove() throws {
    let long = String(repeating: "directory/", count: 60)
    let reindexer = try tree([long + "a.py": "def a(): pass\n", "b.py": "def b(): pass\n"])
    for (from, to) in [(long + "a.py", "a.py"), ("b.py", long + "b.py"), (long + "b.py", long + "other/b.py")] {
      try move(from, to)
      #expect(try reindexer.lookEverywhere(workspace).map(\.filesParsed) == [0])
      try expectEqualToFull()
    }
    try swap("a.py", long + "other/b.py")
    #expect(try reindexer.lookEverywhere(workspace).map(\.filesParsed) == [0])
    try expectEqualToFull()
  }

  @Test func filesAlikeAreToldApartAsWellAsCanBe() throws {
    var files: [String: String] = [:]
    for index in 0..<10 { files["old/d\(index)/__init__.py"] = "" }
    let reindexer = try tree(files)
    try move("old", "new")
    #expect(try reindexer.lookEverywhere(workspace).map(\.filesParsed) == [0])
    try expectEqualToFull()
    for index in 0..<10 {
      #expect(try changes(since: 1).contains("renamed old/d\(index)/__init__.py new/d\(index)/__init__.py"))
    }
  }

  @Test func aCopyIsNoRename() throws {
    let reindexer = try tree(["a.py": "def f(): pass\n"])
    try workspace.write("def f(): pass\n", to: "b.py")
    try workspace.write("def g(): pass\n", to: "a.py")
    let report = try #require(try reindexer.look("a.py", "b.py").first)
    #expect(report.files.map(\.change) == [.modified, .added] && report.filesParsed == 2)
    #expect(try changes(since: 1).sorted() == ["added b.py", "modified a.py"])
    try expectEqualToFull()
  }

  @Test func oneOfSeveralNamesOfAFileMoves() throws {
    let reindexer = try tree(["a.py": "def f(): pass\n"])
    let link = { (name: String) in
      try FileManager.default.linkItem(
        at: workspace.url.appending(path: "tree/a.py"), to: workspace.url.appending(path: "tree/\(name)"))
    }
    try link("b.py")
    _ = try reindexer.look("b.py")
    try move("b.py", "c.py")
    #expect(try reindexer.look("b.py", "c.py").first?.filesParsed == 0)
    try expectEqualToFull()
    // Written through the new name, whose two ends come with it.
    try move("c.py", "d.py")
    let file = try FileHandle(forWritingTo: workspace.url.appending(path: "tree/d.py"))
    try file.write(contentsOf: Data("def g(): pass\n".utf8))
    try file.close()
    _ = try reindexer.look("c.py", "d.py")
    try expectEqualToFull()
  }

  /// What waits for a fresh parse waits for it at the new path.
  @Test func whatIsUnconfirmedMovesAlong() throws {
    let broken = "int f(void) { return g(; }\n"
    let reindexer = try tree(["a.c": broken + "int x;\n"])
    for text in ["int y = 1 (;\n", "int z = 2 (;\n"] {
      try workspace.write(broken + text, to: "a.c")
      _ = try reindexer.look("a.c")
    }
    #expect(reindexer.needsConfirmation)
    try move("a.c", "b.c")
    #expect(try reindexer.look("a.c", "b.c").first?.filesParsed == 0)
    #expect(reindexer.needsConfirmation)
    while reindexer.needsConfirmation { _ = try reindexer.confirmNext() }
    try expectEqualToFull()
  }

  /// More than one transaction takes.
  @Test func aLargeDirectoryMovesWhole() throws {
    var files: [String: String] = [:]
    for index in 0..<700 { files["old/f\(index).py"] = "x = \(index)\n" }
    let reindexer = try tree(files)
    try move("old", "new")
    let reports = try reindexer.lookEverywhere(workspace)
    #expect(reports.count > 1 && reports.map(\.filesParsed).reduce(0, +) == 0)
    #expect(try changes(since: 1).count == 700)
    try expectEqualToFull()
  }

  @Test func badFilesMove() throws {
    let reindexer = try tree(["binary.py": "x = '\0'\n", "large.py": String(repeating: "x = 1\n", count: 200_000)])
    try move("binary.py", "b.py")
    try move("large.py", "l.py")
    _ = try reindexer.lookEverywhere(workspace)
    try expectEqualToFull()
  }

  /// Moves, edits, removals and copies by chance, several at a time, seen by listing or by path.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func randomMovesEndEqualToFull(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let directories = ["", "a/", "b/", "a/c/", "tests/", String(repeating: "long/", count: 110)]
    func path() -> String {
      directories.randomElement(using: &random)! + "f\(Int.random(in: 0..<4, using: &random)).py"
    }
    func text() -> String { "def f\(Int.random(in: 0..<5, using: &random))(): g()\n" }
    let reindexer = try tree(["f0.py": text(), "a/f0.py": text(), "b/f1.py": text(), "a/c/f2.py": text()])
    var touched: Set<String> = []
    for step in 0..<120 {
      let (one, other) = (path(), path())
      let exists = FileManager.default.fileExists(atPath: workspace.url.appending(path: "tree/\(one)").path)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: try workspace.write(text(), to: one)
      case 1 where exists: try workspace.remove(one)
      case 2 where exists:
        let parent = workspace.url.appending(path: "tree/\(other)").deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        let source = workspace.url.appending(path: "tree/\(one)")
        try workspace.write(String(decoding: try Data(contentsOf: source), as: UTF8.self), to: other)
      default: if exists, one != other { try move(one, other) }
      }
      touched.formUnion([one, other])
      guard Int.random(in: 0..<3, using: &random) == 0 else { continue }
      if Bool.random(using: &random) {
        _ = try reindexer.lookEverywhere(workspace)
      } else {
        try reindexer.apply(TreeChanges(paths: touched.sorted().map { TreePath($0) })) { _ in }
      }
      touched = []
      if step % 5 == 0 { try #require(try workspace.dump() == workspace.fullDump(), "seed \(seed), step \(step)") }
    }
    _ = try reindexer.lookEverywhere(workspace)
    try expectEqualToFull()
  }
}
