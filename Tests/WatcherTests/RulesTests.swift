import Glibc
import Testing

@testable import Watcher

extension WatcherTests {
  /// What is ignored, and what changes that.
  @Suite(.serialized) struct Rules {
    private func tree() throws -> WatchedTree {
      let tree = try WatchedTree()
      for name in ["src/build/deep", "src/lib", ".git/info"] { try tree.make(name) }
      try tree.write(".gitignore", "build/\n")
      for file in ["src/a.c", "src/build/b.c", "src/build/deep/c.c", "src/lib/d.c"] { try tree.write(file, "") }
      return try tree.started()
    }

    @Test func ignoredDirectoriesAreNotWatched() throws {
      let tree = try tree()
      #expect(tree.known.keys.sorted() == ["src/a.c", "src/lib/d.c"])
      #expect(tree.watcher.watchedDirectories == 3)
      try tree.write("src/build/b.c", "two")
      try tree.make("src/build/more")
      try tree.make("src/lib/build")
      try tree.write("src/lib/build/e.c", "")
      #expect(try tree.agreed().summaries == [])
    }

    @Test func becomesWantedAndIgnoredAgain() throws {
      let tree = try tree()
      try tree.remove(".gitignore")
      #expect(try tree.agreed().scans(.rulesChanged) == [""])
      #expect(tree.known.count == 4)
      #expect(tree.watcher.watchedDirectories == 5)
      try tree.write("src/build/deep/c.c", "two")
      #expect(try tree.agreed().summaries.last == "= src/build/deep/c.c")
      try tree.write("src/.ignore", "build\n")
      #expect(try tree.agreed().scans(.rulesChanged).last == "src")
      #expect(tree.known.count == 2)
      #expect(tree.watcher.watchedDirectories == 3)
      // The two that hold the rules of the repository.
      #expect(try tree.kernelWatches() == 3 + 2)
      try tree.write("src/build/deep/c.c", "three")
      #expect(try tree.agreed().summaries == [])
    }

    @Test func rulesAreReadOnceWhenTheyAreWritten() throws {
      let tree = try tree()
      for round in 0..<20 {
        try tree.write(".gitignore", "build\n*.\(round)\n")
        #expect(try tree.agreed().scans(.rulesChanged) == [""])
      }
    }

    /// Nothing that happened before a cookie is left for later.
    @Test func rulesThatAreBeingWrittenCountForACookie() throws {
      let tree = try tree()
      let file = open(tree.root + "/src/lib/.gitignore", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
      defer { close(file) }
      #expect(write(file, "d*\n", 3) == 3)
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["src/a.c"])
    }

    @Test func filesBecomeIgnored() throws {
      let tree = try tree()
      try tree.write("src/lib/.gitignore", "d*\n")
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["src/a.c"])
      try tree.move("src/lib/.gitignore", "src/lib/gitignore.off")
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["src/a.c", "src/lib/d.c"])
    }

    @Test func rulesComeWithADirectory() throws {
      let tree = try tree()
      try tree.make("../new/gen")
      try tree.write("../new/gen/g.c", "")
      try tree.write("../new/.gitignore", "gen\n")
      try tree.move("../new", "src/lib/new")
      try tree.write("src/lib/new/h.c", "")
      try tree.agreed()
      try tree.remove("src/lib/new")
      try tree.make("src/lib/new/gen")
      try tree.write("src/lib/new/gen/g.c", "")
      try tree.agreed()
      #expect(tree.known.keys.contains("src/lib/new/gen/g.c"))
    }

    @Test func rulesOfTheUser() throws {
      let tree = try WatchedTree {
        $0.ignore.environment = ["HOME": $0.rootPath.dropLast("/tree".utf8.count) + "/home"]
      }
      for file in ["a.c", "b.c", "c.c"] { try tree.write(file, "") }
      try tree.started()
      let home = tree.base + "/home"
      try tree.make(home + "/.config/git")
      try tree.write(home + "/.config/git/ignore", "a.c\n")
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["b.c", "c.c"])
      try tree.move(home + "/.config/git", home + "/.config/off")
      try tree.agreed()
      #expect(tree.known.count == 3)
      try tree.move(home + "/.config/off", home + "/.config/git")
      try tree.agreed()
      try tree.remove(home + "/.config/git")
      try tree.make(home + "/.config/git")
      try tree.write(home + "/.config/git/ignore", "b.c\n")
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["a.c", "c.c"])
      try tree.write(home + "/mine", "a.c\n")
      try tree.write(home + "/.gitconfig", "[core]\nexcludesFile = ~/mine\n")
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["b.c", "c.c"])
      try tree.move(home + "/mine", home + "/other")
      try tree.agreed()
      #expect(tree.known.count == 3)
      try tree.write(home + "/unrelated", "")
      #expect(try tree.agreed().summaries == [])
      try tree.write(home + "/.gitconfig", "[core]\nexcludesFile = in-the-tree\n")
      try tree.write("in-the-tree", "c.c\n")
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["a.c", "b.c"])
    }

    @Test func rulesFromAboveTheRoot() throws {
      let tree = try WatchedTree()
      try tree.make(tree.base + "/.git/objects")
      try tree.make(tree.base + "/.git/info")
      try tree.write(tree.base + "/.git/HEAD", "ref: refs/heads/main\n")
      for file in ["a.c", "b.c"] { try tree.write(file, "") }
      try tree.started()
      try tree.write(tree.base + "/.gitignore", "a.c\n")
      #expect(try Set(tree.agreed().scans(.rulesChanged)) == [""])
      #expect(tree.known.keys.sorted() == ["b.c"])
      try tree.write(tree.base + "/.git/info/exclude", "b.c\n")
      try tree.agreed()
      #expect(tree.known.isEmpty)
      try tree.remove(tree.base + "/.gitignore")
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["a.c"])
    }

    @Test func rulesOfTheRepository() throws {
      let tree = try tree()
      try tree.write(".git/info/exclude", "lib\n")
      // No repository yet, so no rules of one.
      try tree.agreed()
      #expect(tree.known.count == 2)
      try tree.write(".git/HEAD", "ref: refs/heads/main\n")
      try tree.make(".git/objects")
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["src/a.c"])
      try tree.write(".git/index", "")
      #expect(try tree.agreed().summaries == [])
      try tree.remove(".git")
      try tree.agreed()
      #expect(tree.known.count == 2)
      try tree.make(".git/info")
      try tree.write(".git/HEAD", "ref: refs/heads/main\n")
      try tree.make(".git/objects")
      try tree.write(".git/info/exclude", "a.c\n")
      try tree.agreed()
      #expect(tree.known.keys.sorted() == ["src/lib/d.c"])
    }
  }
}
