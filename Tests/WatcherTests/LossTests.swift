import Glibc
import Platform
import Testing

@testable import Watcher

extension WatcherTests {
  /// Events lost, watches refused, the root gone.
  @Suite(.serialized) struct Losses {
    @Test func overflowEndsInARescan() throws {
      let tree = try WatchedTree(capacity: 16)
      try tree.make("d/e")
      try tree.write("d/e/a.c", "")
      try tree.started()
      // With nobody taking events the watcher stands still, and the kernel's queue (16,384) runs over.
      try tree.write("d/late.c", "")
      for round in 0..<12_000 {
        try tree.write("f\(round % 100).c", "")
        if round % 3 == 0 { try tree.remove("f\(round % 100).c") }
      }
      try tree.move("d/e", "moved")
      try tree.make("made")
      try tree.write("made/b.c", "")
      let taken = try tree.wait("overflow") {
        if case .listed(.root, _, .overflow, _) = $0 { true } else { false }
      }
      #expect(taken.scans(.overflow) == [""])
      try tree.agreed()
      #expect(tree.watcher.watchedDirectories == 4)
      try tree.write("moved/a.c", "two")
      #expect(try tree.agreed().summaries.last == "= moved/a.c")
    }

    @Test func cookieLostInAnOverflowIsFound() throws {
      let tree = try WatchedTree(capacity: 1).started()
      for round in 0..<9_000 { try tree.write("f\(round % 10).c", "") }
      try tree.agreed()
    }

    @Test func watchLimit() throws {
      let tree = try WatchedTree {
        $0.watchLimit = 3
        $0.pollInterval = 1
      }
      for name in ["a/b", "c/d", "e"] {
        try tree.make(name)
        try tree.write("\(name)/x.c", "")
      }
      try tree.watcher.start()
      let taken = try tree.wait("ready") { if case .ready = $0 { true } else { false } }
      let problems = taken.summaries.filter { $0.hasPrefix("problem") }
      #expect(problems.count == 1)
      #expect(problems.first?.contains("sysctl \(NotifyLimit.current(.watches).sysctl)=") == true)
      #expect(tree.watcher.watchedDirectories == 3)
      #expect(tree.watcher.unwatchedDirectories == 3)
      #expect(tree.known.keys.sorted() == ["a/b/x.c", "c/d/x.c", "e/x.c"])
      // Found by the listing from time to time, without a cookie.
      try tree.write("e/new.c", "")
      try tree.wait("poll") { _ in tree.known["e/new.c"] != nil }
      // A cookie does not wait for it.
      try tree.write("c/d/new.c", "")
      try tree.remove("e/x.c")
      #expect(try tree.agreed().summaries.filter { $0.hasPrefix("problem") } == [])
      // With directories gone there are watches to spare.
      try tree.remove("a")
      try tree.agreed()
      try tree.remove("e")
      try tree.agreed()
      #expect(tree.watcher.unwatchedDirectories == 0)
      try tree.write("c/d/more.c", "")
      #expect(try tree.agreed().summaries.last == "= c/d/more.c")
    }

    @Test func movesOutOfTheUnwatched() throws {
      let tree = try WatchedTree { $0.watchLimit = 4 }
      for name in ["a", "b", "c", "u/v/w"] { try tree.make(name) }
      try tree.write("u/v/w/x.c", "")
      try tree.started()
      try tree.agreed()
      try tree.remove("b")
      try tree.agreed()
      try tree.move("u/v", "a/v")
      try tree.agreed()
      try tree.remove("c")
      try tree.agreed()
      try tree.move("a/v/w", "w")
      try tree.agreed()
      try tree.write("w/x.c", "two")
      try tree.agreed()
    }

    @Test func rootMoved() throws {
      let tree = try WatchedTree().started()
      try tree.move("../tree", "../elsewhere")
      #expect(try tree.wait("loss", until: \.isLoss).last?.summary == "gone \(RootLoss.moved)")
    }

    @Test func directoryAroundTheRootMoved() throws {
      let tree = try WatchedTree().started()
      let elsewhere = tree.base + "-elsewhere"
      try tree.move(tree.base, elsewhere)
      defer { rename(elsewhere, tree.base) }
      #expect(try tree.wait("loss", until: \.isLoss).last?.summary == "gone \(RootLoss.moved)")
    }

    @Test func rootRemoved() throws {
      let tree = try WatchedTree()
      try tree.make("d")
      try tree.write("d/a.c", "")
      try tree.started()
      try tree.remove("../tree")
      #expect(try tree.wait("loss", until: \.isLoss).last?.summary == "gone \(RootLoss.removed)")
      #expect(tree.known.isEmpty)
    }

    @Test func emptyRootRemovedLater() throws {
      let tree = try WatchedTree().started()
      try tree.agreed()
      rmdir(tree.root)
      #expect(try tree.wait("loss", until: \.isLoss).last?.summary == "gone \(RootLoss.removed)")
    }

    @Test func syncDirectoryGone() throws {
      let tree = try WatchedTree().started()
      try tree.remove(tree.sync)
      let taken = try tree.wait("problem") { $0.summary.hasPrefix("problem") }
      #expect(taken.last?.summary.contains("sync directory") == true)
      try tree.write("a.c", "")
      try tree.wait("touch") { $0.summary == "= a.c" }
    }

    @Test func unreadableDirectoryBecomesReadable() throws {
      // Root may read anything.
      guard geteuid() != 0 else { return }
      let tree = try WatchedTree()
      try tree.make("d")
      try tree.write("d/a.c", "")
      chmod(tree.root + "/d", 0)
      try tree.started()
      #expect(tree.known.isEmpty)
      chmod(tree.root + "/d", 0o755)
      try tree.agreed()
      chmod(tree.root + "/d", 0)
      try tree.agreed()
      chmod(tree.root + "/d", 0o755)
      try tree.agreed()
    }

    /// The library keeps a record of each directory that is removed, so it is started anew now and then.
    @Test func recordsAreRenewed() throws {
      let tree = try WatchedTree { $0.recordSlack = 50 }
      try tree.make("stays")
      try tree.write("stays/a.c", "")
      try tree.started()
      var renewals = 0
      for round in 0..<300 {
        try tree.make("d\(round % 7)")
        try tree.write("d\(round % 7)/a.c", "")
        renewals += try tree.synced().scans(.renewal).count
        try tree.remove("d\(round % 7)")
        renewals += try tree.agreed().scans(.renewal).count
      }
      #expect(2...6 ~= renewals)
      try tree.write("stays/a.c", "two")
      #expect(try tree.agreed().summaries.contains { $0.hasSuffix(" stays/a.c") })
    }
  }
}

extension WatchEvent {
  fileprivate var isLoss: Bool { if case .rootGone = self { true } else { false } }
}
