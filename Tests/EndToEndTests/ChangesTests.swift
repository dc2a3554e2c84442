import Foundation
import Testing

/// `ptwatch changes --since`, and reading without a watcher a store that was made with options.
@Suite struct ChangesTests {
  private let tree: TemporaryDirectory

  init() throws { tree = try TemporaryDirectory() }

  private func changes(of root: URL? = nil, since generation: Int, _ options: String...) throws -> [Event] {
    let arguments = ["changes", "--since", "\(generation)", "--json"] + options + [(root ?? tree.url).path]
    let program = try RunningProgram(arguments)
    try #require(program.waitForExit() == 0, "\(program.errors.all)")
    return try program.lines.all.map { try Event($0) }
  }

  @Test func aProgramFollowsFromGenerationToGeneration() throws {
    try tree.write("def f():\n    return g()\n\ndef h(): pass\n", to: "a.py")
    let watch = try Watch(tree.url)
    let first = try watch.ready.number("generation")
    try tree.write("def f():\n    return k()\n\ndef new(): pass\n", to: "a.py")
    var events = try changes(since: first, "--sync")
    #expect(events[0].type == "changes")
    let second = try events[0].number("generation")
    #expect(second > first)
    #expect(try events[0].number("files") == 1)
    #expect(
      events.dropFirst().map { [$0.type, $0.text("change"), $0.text("id") ?? $0.text("name")] } == [
        ["file", "modified", nil], ["entity", "changed", "python:function:a.py:f"],
        ["entity", "added", "python:function:a.py:new"], ["entity", "removed", "python:function:a.py:h"],
        ["edge", "removed", "g"], ["edge", "added", "k"],
      ])
    try tree.move("a.py", to: "sub/b.py")
    events = try changes(since: second, "--sync")
    #expect(
      events.dropFirst().map { [$0.text("change"), $0.text("from"), $0.text("path")] } == [
        ["renamed", "a.py", "sub/b.py"]
      ])
    // Taken together: what was there at first has its old id.
    events = try changes(since: first, "--sync")
    #expect(events[1].text("change") == "renamed")
    #expect(
      events.compactMap { $0.text("id") } == [
        "python:function:sub/b.py:f", "python:function:sub/b.py:new", "python:function:a.py:h",
      ])
    #expect(try changes(since: events[0].number("generation"), "--sync").count == 1)
    #expect(watch.interrupt() == 0)
  }

  @Test func peopleReadItToo() throws {
    try tree.write("def f(): pass\n", to: "a.py")
    #expect(try Program.run("--full", "--quiet", tree.url.path).status == 0)
    try tree.write("def g():\n    h()\n    h()\n", to: "a.py")
    try tree.write("int x;\n", to: "b.c")
    let result = try Program.run("changes", "--since", "1", "--sync", tree.url.path)
    #expect(
      result.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) } == [
        "generation 2, since 1: 2 files changed", "~ a.py  entities +1 ~0 -1  edges +2 -0", "+ function    g",
        "- function    f", "+ calls       g -> h  (2 times)", "+ b.c  entities +1 ~0 -0  edges +0 -0",
        "+ variable    x",
      ])
    let cut = try Program.run("changes", "--since", "1", "--limit", "2", tree.url.path)
    #expect(cut.output.split(separator: "\n").count == 3)
    #expect(cut.error == "ptwatch: the first 2 shown; --limit 0 for all")
  }

  @Test func whatIsNotKnownIsOneLineAndExitOne() throws {
    try tree.write("def f(): pass\n", to: "a.py")
    #expect(try Program.run("--full", "--quiet", tree.url.path).status == 0)
    #expect(try Program.run("--full", "--quiet", tree.url.path).status == 0)
    for (since, words) in [
      ("1", ["oldest that can be asked for is 2", "ptwatch dump"]), ("3", ["no generation 3 yet"]),
    ] {
      let result = try Program.run("changes", "--since", since, tree.url.path)
      #expect(result.status == 1 && result.output.isEmpty)
      #expect(!result.error.contains("\n"))
      for word in words { #expect(result.error.contains(word), "\(result.error)") }
    }
    #expect(try changes(since: 2).count == 1)
    #expect(try Program.run("changes", tree.url.path).status == 64)
    #expect(try Program.run("changes", "--since", "-1", tree.url.path).status == 64)
  }

  /// Ids of before, less those removed, at their new paths, with those added, are the ids of now.
  @Test(arguments: ["c", "rust", "python"])
  func changesLeadFromGraphToGraph(_ language: String) throws {
    var script = try EditScript(tree.url.path, language: language, seed: 5)
    defer { script.closeHeld() }
    for _ in 0..<8 { try script.create() }
    let watch = try Watch(script.tree)
    for round in 0..<6 {
      var ids = try self.ids(of: script.tree)
      let generation = try Event(try Program.run("stats", "--json", script.tree.path).output).number("generation")
      for _ in 0..<12 { try script.step() }
      let events = try changes(of: script.tree, since: generation, "--sync", "--limit", "0")
      let entities = events.filter { $0.type == "entity" }
      for event in entities where event.text("change") == "removed" {
        #expect(ids.removeValue(forKey: event.text("id")!) != nil)
      }
      let renamed = events.filter { $0.type == "file" && $0.text("change") == "renamed" }
      let moves = Dictionary(uniqueKeysWithValues: renamed.map { ($0.text("from")!, $0.text("path")!) })
      ids = Dictionary(
        uniqueKeysWithValues: ids.map { id, entity in
          guard let target = moves[entity.path] else { return (id, entity) }
          let parts = id.split(separator: ":", maxSplits: 3)
          return ("\(parts[0]):\(parts[1]):\(target):\(parts[3])", Named(path: target, signature: entity.signature))
        })
      let now = try self.ids(of: script.tree)
      for event in entities where event.text("change") != "removed" {
        let before = ids.updateValue(try #require(now[event.text("id")!]), forKey: event.text("id")!)
        #expect((before == nil) == (event.text("change") == "added"))
      }
      #expect(ids == now, "round \(round): \(script.log.suffix(12))")
    }
    #expect(watch.interrupt() == 0)
  }

  private struct Named: Equatable {
    let path: String
    let signature: String
  }

  private func ids(of root: URL) throws -> [String: Named] {
    let events = try Program.dump(root, sync: true).filter { $0.hasPrefix("{\"t\":\"entity\"") }
      .map { try Event(String($0)) }
    return Dictionary(
      uniqueKeysWithValues: events.map {
        ($0.text("id")!, Named(path: $0.text("path")!, signature: $0.text("signature")!))
      })
  }

  // MARK: Options of a store

  @Test func catchingUpKeepsTheOptionsOfTheStore() throws {
    try tree.write("kept.py\n", to: ".gitignore")
    for name in ["a.py", "kept.py", "it's out.py"] { try tree.write("def before(): pass\n", to: name) }
    let options = ["--exclude", "it's o*", "--exclude", "*.gen.py", "--no-ignore", "--max-file-size", "2k"]
    let ingest = try RunningProgram(["--full", "--quiet"] + options + [tree.url.path])
    #expect(ingest.waitForExit() == 0)
    for name in ["a.py", "kept.py", "it's out.py", "b.gen.py"] { try tree.write("def after(): pass\n", to: name) }
    try tree.write(String(repeating: "x = 1\n", count: 1000), to: "large.py")
    let dump = try Program.dump(tree.url, sync: true)
    #expect(dump.filter { $0.contains("\"after\"") && $0.contains("\"entity\"") }.count == 2)
    #expect(dump.contains { $0.contains("\"large.py\"") && $0.contains("\"too big\"") })
    let full = try RunningProgram(["--full", "--quiet", "--db", tree.url.path + "/.other"] + options + [tree.url.path])
    #expect(full.waitForExit() == 0)
    #expect(
      try Program.run("dump", "--db", tree.url.path + "/.other", tree.url.path).output.split(separator: "\n") == dump)
  }

  @Test func aRefusalNamesTheCommand() throws {
    try tree.write("def f(): pass\n", to: "a.py")
    let empty = try Program.run("dump", "--sync", tree.url.path)
    #expect(empty.status == 1)
    #expect(empty.error == "ptwatch: no graph of \(tree.url.path) yet; run: ptwatch \(tree.url.path)")
    #expect(!FileManager.default.fileExists(atPath: tree.url.appending(path: ".ptwatch").path))
    let elsewhere = try TemporaryDirectory()
    let store = elsewhere.url.path + "/a store"
    let none = try Program.run("dump", "--sync", "--db", store, tree.url.path)
    #expect(none.error.hasSuffix("; run: ptwatch --db '\(store)' \(tree.url.path)"), "\(none.error)")
    // A store of another tree, made with an option.
    let options = ["--full", "--quiet", "--exclude", "it's", "--db", store]
    #expect(try RunningProgram(options + [tree.url.path]).waitForExit() == 0)
    let other = try TemporaryDirectory()
    let refused = try Program.run("dump", "--sync", "--db", store, other.url.path)
    #expect(refused.status == 1 && !refused.error.contains("\n"))
    #expect(
      refused.error.hasSuffix("run: ptwatch '--exclude=it'\\''s' --db '\(store)' \(other.url.path)"), "\(refused.error)"
    )
  }
}
