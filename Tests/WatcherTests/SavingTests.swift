import Glibc
import Graph
import Testing

@testable import Watcher

extension WatcherTests {
  /// The ways in which programs save a file.
  @Suite(.serialized) struct Saving {
    private func tree() throws -> WatchedTree {
      let tree = try WatchedTree()
      try tree.write("a.c", "one")
      try tree.write("other.txt", "one")
      return try tree.started()
    }

    @Test func scansAtStart() throws {
      let tree = try tree()
      #expect(tree.known.keys.sorted() == ["a.c"])
      #expect(tree.watcher.watchedDirectories == 1)
      #expect(try tree.synced().summaries == [])
    }

    @Test func truncateAndWrite() throws {
      let tree = try tree()
      try tree.write("a.c", "two")
      #expect(try tree.agreed().summaries.last == "= a.c")
    }

    @Test func writeInPlace() throws {
      let tree = try tree()
      let file = open(tree.root + "/a.c", O_WRONLY)
      write(file, "x", 1)
      #expect(try tree.synced().summaries == ["~ a.c"])
      write(file, "y", 1)
      #expect(try tree.synced().summaries == ["~ a.c"])
      close(file)
      #expect(try tree.agreed().summaries == ["= a.c"])
    }

    @Test func temporaryRenamedOver() throws {
      let tree = try tree()
      try tree.write(".a.c.tmp123", "two")
      try tree.move(".a.c.tmp123", "a.c")
      #expect(try tree.agreed().summaries == ["= a.c"])
    }

    @Test func whatIsMovedHereIsToldFromWhatIsWritten() throws {
      let tree = try tree()
      try tree.write("b.c", "")
      let written = try tree.agreed()
      try tree.move("b.c", "a.c")
      let moved = try tree.agreed()
      #expect(written.contains { if case .touched(TreePath("b.c"), .complete, _) = $0 { true } else { false } })
      #expect(moved.contains { if case .touched(TreePath("a.c"), .moved, _) = $0 { true } else { false } })
    }

    @Test func backupThenNewFileThenUnlink() throws {
      let tree = try tree()
      try tree.move("a.c", "a.c~")
      try tree.write("a.c", "two")
      try tree.remove("a.c~")
      let summaries = try tree.agreed().summaries
      #expect(summaries.first == "- a.c")
      #expect(summaries.last == "= a.c")
    }

    @Test func attributes() throws {
      let tree = try tree()
      chmod(tree.root + "/a.c", 0o600)
      #expect(try tree.agreed().summaries == ["= a.c"])
    }

    @Test func unwantedFilesAreDropped() throws {
      let tree = try tree()
      try tree.write("other.txt", "two")
      try tree.remove("other.txt")
      #expect(try tree.agreed().summaries == [])
    }

    @Test func createRenameRemove() throws {
      let tree = try tree()
      try tree.write("b.c", "")
      try tree.agreed()
      try tree.move("b.c", "c.c")
      #expect(try tree.agreed().summaries == ["- b.c", "= c.c"])
      try tree.remove("c.c")
      #expect(try tree.agreed().summaries == ["- c.c"])
      try tree.move("a.c", "../away.c")
      #expect(try tree.agreed().summaries == ["- a.c"])
      try tree.move("../away.c", "back.c")
      #expect(try tree.agreed().summaries == ["= back.c"])
    }
  }
}
