import Glibc
import TestSupport
import Testing

@testable import Watcher

extension WatcherTests {
  /// Directories that come, go and move.
  @Suite(.serialized) struct Directories {
    private func tree(_ files: [String] = ["d/a.c", "d/e/b.c"]) throws -> WatchedTree {
      let tree = try WatchedTree()
      for file in files {
        try tree.make(String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)]))
        try tree.write(file, "one")
      }
      return try tree.started()
    }

    @Test func filesInDirectoriesMadeAtOnce() throws {
      let tree = try tree([])
      for round in 0..<50 {
        try tree.make("r\(round)/b/c")
        for file in ["x.c", "b/y.c", "b/c/z.c"] { try tree.write("r\(round)/\(file)", "") }
      }
      try tree.agreed()
      #expect(tree.known.count == 150)
      #expect(tree.watcher.watchedDirectories == 151)
      try tree.write("r17/b/c/z.c", "changed")
      #expect(try tree.agreed().summaries.last == "= r17/b/c/z.c")
    }

    @Test func movedWithin() throws {
      let tree = try tree()
      try tree.move("d", "m")
      #expect(try tree.agreed().summaries == ["newDirectory m/: m/a.c m/e/b.c", "directoryGone d/: "])
      #expect(tree.watcher.watchedDirectories == 3)
      try tree.write("m/e/b.c", "two")
      #expect(try tree.agreed().summaries.last == "= m/e/b.c")
    }

    @Test func movedAgainAndAgain() throws {
      let tree = try tree(["d/a.c", "d/e/b.c", "x/c.c"])
      for (from, to) in [("d", "p"), ("p", "x/q"), ("x", "d"), ("d/q/e", "e"), ("d/q", "x")] { try tree.move(from, to) }
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["d/c.c", "e/b.c", "x/a.c"])
      #expect(tree.watcher.watchedDirectories == 4)
      #expect(try tree.kernelWatches() == 4)
      for file in ["d/c.c", "e/b.c", "x/a.c"] {
        try tree.write(file, "two")
        #expect(try tree.agreed().summaries.last == "= \(file)")
      }
    }

    @Test func movedOutReportsNoMore() throws {
      let tree = try tree()
      try tree.move("d", "../out")
      #expect(try tree.agreed().summaries == ["directoryGone d/: "])
      #expect(tree.watcher.watchedDirectories == 1)
      #expect(try tree.kernelWatches() == 1)
      try tree.write("../out/a.c", "two")
      try tree.write("../out/e/new.c", "")
      #expect(try tree.agreed().summaries == [])
      try tree.move("../out", "back")
      #expect(try tree.agreed().summaries == ["newDirectory back/: back/a.c back/e/b.c back/e/new.c"])
    }

    @Test func movedOverAnEmptyOne() throws {
      let tree = try tree()
      try tree.make("empty")
      try tree.agreed()
      try tree.move("d", "empty")
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["empty/a.c", "empty/e/b.c"])
      try tree.write("empty/a.c", "two")
      #expect(try tree.agreed().summaries.last == "= empty/a.c")
      #expect(tree.watcher.watchedDirectories == 3)
    }

    @Test func exchanged() throws {
      let tree = try tree(["d/a.c", "f/b.c"])
      #expect(exchangeNames(tree.root + "/d", tree.root + "/f"))
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["d/b.c", "f/a.c"])
      try tree.write("d/b.c", "two")
      #expect(try tree.agreed().summaries.last == "= d/b.c")
    }

    @Test func exchangedWithAFile() throws {
      let tree = try tree(["d.c/a.c", "f.c"])
      #expect(exchangeNames(tree.root + "/f.c", tree.root + "/d.c"))
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["d.c", "f.c/a.c"])
      #expect(exchangeNames(tree.root + "/f.c", tree.root + "/d.c"))
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["d.c/a.c", "f.c"])
    }

    @Test func removedAndMadeAtOnce() throws {
      let tree = try tree()
      for round in 0..<100 {
        try tree.remove("d")
        try tree.make("d/e")
        try tree.write("d/e/r\(round).c", "")
      }
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["d/e/r99.c"])
      #expect(tree.watcher.watchedDirectories == 3)
      try tree.write("d/e/more.c", "")
      #expect(try tree.agreed().summaries.last == "= d/e/more.c")
    }

    @Test func removed() throws {
      let tree = try tree()
      try tree.remove("d")
      try tree.agreed()
      #expect(tree.known.isEmpty)
      #expect(tree.watcher.watchedDirectories == 1)
    }

    @Test func replacedByFileAndByLink() throws {
      let tree = try tree()
      try tree.move("d", "../out")
      try tree.write("d", "a file")
      try tree.agreed()
      try tree.remove("d")
      symlink("../out", tree.root + "/d")
      try tree.agreed()
      #expect(tree.known.isEmpty)
      try tree.write("../out/a.c", "two")
      #expect(try tree.agreed().summaries == [])
      #expect(tree.watcher.watchedDirectories == 1)
    }

    @Test func namesThatAreNoText() throws {
      let tree = try tree([])
      let name = "\u{1F600} %:\"\\ \t"
      try tree.make(name)
      try tree.write("\(name)/a.c", "")
      mkdir(tree.root + "/.hidden", 0o755)
      try tree.write(".hidden/b.c", "")
      try tree.agreed()
      #expect(tree.watcher.watchedDirectories == 3)
    }

    /// Random changes of all kinds, in bursts: whatever happened, once synced nothing is missed and nothing left over.
    @Test(arguments: 0..<6) func randomChanges(_ seed: UInt64) throws {
      var random = SeededGenerator(seed: seed)
      let tree = try tree(["a/b/x.c", "b/a/x.c", "c.c"])
      for _ in 0..<25 {
        for _ in 0..<(random.next() % 40) {
          let depth = Int(random.next() % 3) + 1
          let path = (0..<depth).map { _ in ["a", "b", "c"][Int(random.next() % 3)] }.joined(separator: "/")
          let other = ["a", "b", "c", "a/a", "b/c", "../out"][Int(random.next() % 6)]
          switch random.next() % 7 {
          case 0: try? tree.remove(path)
          case 1, 2: try? tree.make(path)
          case 3: try? tree.move(path, other)
          case 4: try? tree.move("../out", path)
          default: try? tree.write("\(path)/f\(random.next() % 3).c", "\(random.next())")
          }
        }
        try tree.agreed()
      }
    }
  }
}
