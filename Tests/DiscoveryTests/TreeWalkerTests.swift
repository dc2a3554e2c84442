import Discovery
import Glibc
import Graph
import Platform
import Testing

@Suite struct TreeWalkerTests {
  @Test func visitsDepthFirstInByteOrder() throws {
    let tree = TemporaryTree()
    for name in ["b", "a/z", "a/b/c", "a.c", "B", "a/b.c", "é", "a-b/x"] { tree.file(name) }
    tree.directory("empty")
    let walk = Walk(try tree.opened(), try tree.rules())
    #expect(walk.isComplete && walk.problems.isEmpty)
    #expect(walk.paths == ["B", "a/b/c", "a/b.c", "a/z", "a-b/x", "a.c", "b", "é"])
    #expect(walk.directories == ["", "a", "a/b", "a-b", "empty"])
  }

  @Test func visitsAnEmptyTree() throws {
    let tree = TemporaryTree()
    let walk = Walk(try tree.opened(), try tree.rules())
    #expect(walk.isComplete && walk.problems.isEmpty && walk.found.isEmpty)
    #expect(walk.directories == [""])
  }

  @Test func stampsAFileAsTheFileSystemDoes() throws {
    let tree = TemporaryTree()
    tree.file("x/a", "12345")
    let found = try #require(Walk(try tree.opened(), try tree.rules()).found.first)
    let status = try #require(try tree.opened().status(Array("x/a".utf8)))
    #expect(found.path == TreePath("x/a"))
    #expect(
      found.stamp
        == FileStamp(
          size: 5, modified: status.modifiedNanoseconds, changed: status.changedNanoseconds,
          inode: UInt64(status.st_ino), device: UInt64(status.st_dev)))
  }

  @Test func leavesOutWhatIsIgnoredOrNotAskedFor() throws {
    let tree = TemporaryTree()
    tree.file(".gitignore", "out/\n*.o\n")
    for name in ["out/a.c", "x/out/a.c", "x/a.c", "x/a.o", "x/a.txt", ".git/a.c", "y/b.c"] { tree.file(name) }
    tree.file("y/.gitignore", "b.c\n")
    var asked: [String] = []
    let walk = Walk(
      try tree.opened(), try tree.rules(),
      wants: {
        asked.append($0.description)
        return $0.bytes.suffix(2).elementsEqual(".c".utf8)
      })
    #expect(walk.paths == ["x/a.c"])
    #expect(walk.directories == ["", "x", "y"])
    #expect(asked == [".gitignore", "x/a.c", "x/a.txt", "y/.gitignore"])
  }

  @Test func startsAnywhere() throws {
    let tree = TemporaryTree()
    tree.file(".gitignore", "out/\n*.o\n")
    for name in ["out/x/a.c", "x/a.c", "x/b.o", "x/y/c.c"] { tree.file(name) }
    tree.link("x/link", to: "y")
    let root = try tree.opened()
    func walk(_ start: String) throws -> Walk { Walk(root, try tree.rules(), from: start) }
    #expect(try walk("x").paths == ["x/a.c", "x/y/c.c"])
    #expect(try walk("x").directories == ["x", "x/y"])
    #expect(try walk("x/a.c").paths == ["x/a.c"])
    for start in ["x/b.o", "out", "out/x", "out/x/a.c", "missing", "x/missing/a", "x/link", "x/link/c.c", "x/a.c/d"] {
      let walk = try walk(start)
      #expect(walk.isComplete && walk.found.isEmpty && walk.listed.isEmpty && walk.problems.isEmpty, "\(start)")
    }
    #expect(Walk(root, try tree.rules(), from: "x/a.c", wants: { _ in false }).found.isEmpty)
  }

  @Test func followsNoLinkButTheRoot() throws {
    let (tree, outside) = (TemporaryTree(), TemporaryTree())
    outside.file("secret.c")
    tree.file("real/a.c")
    tree.link("real/up", to: "..")
    tree.link("out", to: outside.path)
    tree.link("file.c", to: "real/a.c")
    tree.link("dangling", to: "nowhere")
    #expect(Walk(try tree.opened(), try tree.rules()).paths == ["real/a.c"])
    outside.link("root", to: tree.path)
    #expect(Walk(try outside.opened("root"), try outside.rules("root")).paths == ["real/a.c"])
  }

  @Test func passesOverPipesAndSockets() throws {
    let tree = TemporaryTree()
    tree.file("a.c")
    #expect(mkfifo("\(tree.path)/pipe.c", 0o644) == 0)
    #expect(mkfifo("\(tree.path)/.gitignore", 0o644) == 0)
    #expect(mknod("\(tree.path)/socket.c", S_IFSOCK | 0o644, 0) == 0)
    let walk = Walk(try tree.opened(), try tree.rules())
    #expect(walk.paths == ["a.c"])
    #expect(walk.problems.isEmpty)
    #expect(Walk(try tree.opened(), try tree.rules(), from: "pipe.c").found.isEmpty)
  }

  @Test func takesNamesThatAreNoText() throws {
    let tree = TemporaryTree()
    let path: [UInt8] = [0xFF, 0x2F, 0x61, 0x80]
    tree.file(path)
    let walk = Walk(try tree.opened(), try tree.rules())
    #expect(walk.found.map(\.path.bytes) == [path])
  }

  /// The watch that `willList` adds must come before the listing: what appears until then is found.
  @Test func announcesADirectoryBeforeItIsListed() throws {
    let tree = TemporaryTree()
    tree.directory("x/y")
    let walk = Walk(try tree.opened(), try tree.rules(), willList: { tree.file("\($0)/late".trimmed) })
    #expect(walk.paths == ["late", "x/late", "x/y/late"])
  }

  @Test func passesOverWhatVanishesOrIsReplaced() throws {
    let (tree, outside) = (TemporaryTree(), TemporaryTree())
    outside.file("secret.c")
    for name in ["a/1", "b/1", "c/1", "d", "e"] { tree.file(name) }
    let walk = Walk(
      try tree.opened(), try tree.rules(),
      willList: { directory in
        if directory == TreePath("a") { tree.remove("a") }
        guard directory == TreePath("b") else { return }
        for name in ["b", "c", "d"] { tree.remove(name) }
        for name in ["b", "c"] { tree.link(name, to: outside.path) }
      })
    #expect(walk.paths == ["e"])
    #expect(walk.problems.isEmpty)
  }

  @Test func reportsADirectoryThatCannotBeOpened() throws {
    let tree = TemporaryTree()
    for name in ["a/1", "b/2", "c/3", "d/.gitignore", "d/4"] { tree.file(name) }
    #expect(chmod("\(tree.path)/b", 0) == 0 && chmod("\(tree.path)/d/.gitignore", 0) == 0)
    #expect(chmod(tree.path, 0o755) == 0)
    let (root, rules) = (try tree.opened(), try tree.rules())
    let walk = asNobody { Walk(root, rules) }
    #expect(walk.isComplete)
    #expect(walk.problems.map(\.path) == [TreePath("b"), TreePath("d/.gitignore")])
    #expect(walk.problems.allSatisfy { $0.error.code == EACCES })
    #expect(walk.paths == ["a/1", "c/3", "d/.gitignore", "d/4"])
  }

  @Test func reportsAnIgnoreFileThatIsNone() throws {
    let tree = TemporaryTree()
    tree.file("b/.gitignore")
    tree.file("b/2")
    // More than an ignore file may hold, without taking up room.
    #expect(truncate("\(tree.path)/b/.gitignore", 1 << 30) == 0)
    let walk = Walk(try tree.opened(), try tree.rules())
    #expect(walk.problems.map(\.path) == [TreePath("b/.gitignore")])
    #expect(walk.problems.first?.error.code == EFBIG)
    #expect(walk.paths == ["b/.gitignore", "b/2"])
  }

  @Test func endsWhenItIsStopped() throws {
    let tree = TemporaryTree()
    for name in ["a/1", "a/2", "b/3"] { tree.file(name) }
    let stop = StopFlag()
    let walk = Walk(try tree.opened(), try tree.rules(), stop: stop, found: { _ in stop.set() })
    #expect(!walk.isComplete)
    #expect(walk.paths == ["a/1"])
    let again = Walk(try tree.opened(), try tree.rules(), stop: stop)
    #expect(!again.isComplete && again.listed.isEmpty)
  }

  /// A walk reads the ignore files anew, so that a rescan finds what was missed.
  @Test func readsRulesAnew() throws {
    let tree = TemporaryTree()
    let (root, rules) = (try tree.opened(), try tree.rules())
    tree.file("x/a.c")
    #expect(Walk(root, rules).paths == ["x/a.c"])
    #expect(!rules.isIgnored(TreePath("x/a.c"), isDirectory: false))
    tree.file("x/.gitignore", "*\n")
    #expect(Walk(root, rules, from: "x").paths == [])
    #expect(rules.isIgnored(TreePath("x/a.c"), isDirectory: false))
  }
}

extension String {
  /// Without the slash in front that an empty directory leaves.
  fileprivate var trimmed: String { hasPrefix("/") ? String(dropFirst()) : self }
}

/// Runs `body` without the right to read everything, if this process has it. The user that files are opened as belongs
/// to the thread, so other tests are not touched; Swift's Glibc does not show the function.
private func asNobody<R>(_ body: () -> R) -> R {
  typealias SetUser = @convention(c) (uid_t) -> CInt
  let setUser = unsafeBitCast(dlsym(nil, "setfsuid")!, to: SetUser.self)
  let old = setUser(65_534)
  defer { _ = setUser(uid_t(old)) }
  return body()
}
