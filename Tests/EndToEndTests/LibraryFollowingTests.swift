import Foundation
import PTWatchGraph
import Testing

/// `PTWatchGraph` beside a watcher.
@Suite struct LibraryFollowingTests {
  @Test func whatIsSavedIsInTheNextSnapshotAfterSync() throws {
    try waiting {
      let tree = try TemporaryDirectory()
      try tree.write("def f0(): pass\n", to: "a.py")
      let watch = try Watch(tree.url)
      let graph = try SourceGraph(ofTree: tree.url.path)
      #expect(graph.isWatched)
      for round in 1...20 {
        try tree.write("def f\(round)(): pass\n", to: "a.py")
        try await graph.sync()
        #expect(try graph.snapshot().entity("f\(round)").path == "a.py")
      }
      #expect(watch.interrupt() == 0)
      #expect(!graph.isWatched)
      await #expect(throws: GraphError.notWatched(graph.store)) { try await graph.sync() }
    }
  }

  @Test func aSyncThatNobodyAnswersCanBeCancelled() throws {
    try waiting {
      let tree = try TemporaryDirectory()
      let watch = try Watch(tree.url)
      let graph = try SourceGraph(ofTree: tree.url.path)
      watch.program.signal(SIGSTOP)
      let sync = Task(executorPreference: OwnThread()) { try await graph.sync() }
      let cookies = graph.store + "/sync"
      try expectSoon { try !FileManager.default.contentsOfDirectory(atPath: cookies).isEmpty }
      sync.cancel()
      await #expect(throws: GraphError.cancelled) { try await sync.value }
      #expect(try FileManager.default.contentsOfDirectory(atPath: cookies).isEmpty)
      watch.program.signal(SIGCONT)
      #expect(watch.interrupt() == 0)
    }
  }

  @Test func changesComeAsTheyAreCommitted() throws {
    try waiting {
      let tree = try TemporaryDirectory()
      try tree.write("def f(): pass\n", to: "a.py")
      let watch = try Watch(tree.url)
      let graph = try SourceGraph(ofTree: tree.url.path)
      let first = try graph.snapshot().generation
      try tree.write("def f(): pass\ndef g(): return f()\n", to: "a.py")
      var updates = graph.updates(since: first).makeAsyncIterator()
      var changes = try #require(try await updates.next())
      #expect(changes.since == first && changes.files?.map(\.path) == ["a.py"])
      #expect(changes.files?.first?.entities.map { "\($0.change) \($0.name)" } == ["added g"])
      #expect(changes.files?.first?.usesAdded == 1)

      // Each while the follower waits, and sees nothing but what the watcher wakes it for.
      for round in 0..<30 {
        let before = changes.generation
        try tree.write("def f(): return \(round)\n", to: "b\(round).py")
        repeat { changes = try #require(try await updates.next()) } while !Self.names(changes, "b\(round).py")
        #expect(changes.generation > before)
      }
      try tree.move("b3.py", to: "c.py")
      changes = try #require(try await updates.next())
      #expect(changes.files?.map { "\($0.kind) \($0.origin ?? "") \($0.path)" } == ["renamed b3.py c.py"])
      #expect(watch.interrupt() == 0)

      // The next watcher is followed as the first was, and what it found at its start.
      try tree.remove("c.py")
      let second = try Watch(tree.url)
      changes = try #require(try await updates.next())
      #expect(changes.files?.map { "\($0.kind) \($0.path)" } == ["removed c.py"])
      #expect(second.interrupt() == 0)
    }
  }

  @Test func aStoreMadeAnewIsToldAndOneThatIsRemovedEndsIt() throws {
    try waiting {
      let tree = try TemporaryDirectory()
      try tree.write("def f(): pass\n", to: "a.py")
      try #require(try Program.run("--full", "--quiet", tree.url.path).status == 0)
      try Self.save("def g(): pass\n", in: tree)
      let graph = try SourceGraph(ofTree: tree.url.path)
      var updates = graph.updates(since: 1).makeAsyncIterator()
      var changes = try #require(try await updates.next())
      #expect(changes.generation == 2 && changes.files?.count == 1)

      // Generations are counted anew, and those after 2 are of another store.
      try tree.write("a test\n", to: ".ptwatch/env-1/damaged")
      try #require(try Program.run("--full", "--quiet", tree.url.path).status == 0)
      for name in ["h", "i", "j"] { try Self.save("def \(name)(): pass\n", in: tree) }
      changes = try #require(try await updates.next())
      #expect(changes.since == 2 && changes.generation == 4 && changes.files == nil)
      try Self.save("def k(): pass\n", in: tree)
      changes = try #require(try await updates.next())
      #expect(changes.since == 4 && changes.generation == 5 && changes.files?.count == 1)

      try tree.remove(".ptwatch")
      await #expect(throws: GraphError.noStore(graph.store)) { try await updates.next() }
    }
  }

  @Test func aFollowerOfAStoreThatIsRemovedEnds() throws {
    try waiting {
      let tree = try TemporaryDirectory()
      try #require(try Program.run("--full", "--quiet", tree.url.path).status == 0)
      let graph = try SourceGraph(ofTree: tree.url.path)
      let following = Task(executorPreference: OwnThread()) { for try await _ in graph.updates() {} }
      try expectSoon { try Self.isWatching(graph.store) }
      // First, so that at no time there is a store without its data.
      try tree.remove(".ptwatch/current")
      try tree.remove(".ptwatch")
      await #expect(throws: GraphError.noStore(graph.store)) { try await following.value }
    }
  }

  @Test func aFollowerThatIsCancelledEnds() throws {
    try waiting {
      let tree = try TemporaryDirectory()
      try #require(try Program.run("--full", "--quiet", tree.url.path).status == 0)
      let graph = try SourceGraph(ofTree: tree.url.path)
      let following = Task(executorPreference: OwnThread()) {
        var count = 0
        for try await _ in graph.updates() { count += 1 }
        return count
      }
      try expectSoon { try Self.isWatching(graph.store) }
      following.cancel()
      #expect(try await following.value == 0)
      try expectSoon { try !Self.isWatching(graph.store) }
    }
  }

  private static func save(_ text: String, in tree: TemporaryDirectory) throws {
    try tree.write(text, to: "a.py")
    try #require(try Program.run("stats", "--sync", tree.url.path).status == 0)
  }

  private static func names(_ changes: Changes, _ path: String) -> Bool {
    changes.files?.contains { $0.path == path } ?? false
  }

  /// True if this process has an inotify watch on a directory.
  private static func isWatching(_ path: String) throws -> Bool {
    let inode = try #require(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
    let mark = " ino:\(String(inode, radix: 16)) "
    return try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fdinfo").contains {
      (try? String(contentsOfFile: "/proc/self/fdinfo/\($0)", encoding: .utf8))?.contains(mark) ?? false
    }
  }
}
