import Foundation
import Testing

/// The watched directory goes away, and comes back.
@Suite struct RootTests {
  private func tree(in place: TemporaryDirectory) throws -> URL {
    try place.write("def f(): pass\n", to: "tree/a.py")
    return place.url.appending(path: "tree")
  }

  @Test func aMovedRootEndsTheRunWithItsStoreIntact() throws {
    let place = try TemporaryDirectory()
    let watch = try Watch(tree(in: place))
    let before = try Program.dump(watch.tree)
    try place.move("tree", to: "elsewhere")
    #expect(watch.program.waitForExit() == 1)
    #expect(watch.program.errors.all.contains { $0.contains("the watched directory was moved") })
    #expect(watch.program.lines.all.last == #"{"t":"stopped","generation":1,"reason":"root gone"}"#)
    #expect(try Program.dump(place.url.appending(path: "elsewhere")) == before)
  }

  @Test func aDirectoryAroundTheRootIsMoved() throws {
    let place = try TemporaryDirectory()
    try place.write("def f(): pass\n", to: "around/tree/a.py")
    let watch = try Watch(place.url.appending(path: "around/tree"))
    try place.move("around", to: "elsewhere")
    #expect(watch.program.waitForExit() == 1)
    #expect(watch.program.errors.all.contains { $0.contains("the watched directory was moved") })
  }

  @Test func anotherFileSystemIsMountedOverTheRoot() throws {
    let place = try TemporaryDirectory()
    let watch = try Watch(tree(in: place), through: Namespace.after("true"))
    try watch.shell("mount -t tmpfs none \(watch.tree.path)")
    #expect(watch.program.waitForExit() == 1)
    #expect(watch.program.errors.all.contains { $0.contains("another file system was mounted over") })
  }

  /// The store in the tree is what is removed first.
  @Test(arguments: [false, true]) func aRemovedRootEndsTheRun(_ hasStoreOutside: Bool) throws {
    let place = try TemporaryDirectory()
    let tree = try tree(in: place)
    let store = place.url.appending(path: "store").path
    let watch = try hasStoreOutside ? Watch(tree, "--db", store) : Watch(tree)
    if !hasStoreOutside { try place.remove("tree/.ptwatch") }
    try place.remove("tree")
    #expect(watch.program.waitForExit() == 1)
    let error = watch.program.errors.all.last { $0.contains("the watched directory was removed") }
    #expect(error?.contains("; the store is kept") == hasStoreOutside)
    if hasStoreOutside { #expect(try Program.run("dump", "--db", store, place.url.path).status == 0) }
  }

  @Test(arguments: [false, true]) func anUnmountedRootEndsTheRun(_ hasStoreOutside: Bool) throws {
    let place = try TemporaryDirectory()
    let tree = try tree(in: place)
    let into = Namespace.after("mount -t tmpfs none \(tree.path) && echo 'def g(): pass' >\(tree.path)/b.py")
    let store = place.url.appending(path: "store").path
    let watch = try hasStoreOutside ? Watch(tree, "--db", store, through: into) : Watch(tree, through: into)
    // Without --lazy it is busy, as long as somebody watches it.
    try watch.shell("umount --lazy \(tree.path)")
    #expect(watch.program.waitForExit() == 1)
    #expect(watch.program.errors.all.contains { $0.contains("file system was unmounted") })
    if hasStoreOutside {
      #expect(try Program.run("dump", "--db", store, place.url.path).output.contains("python:function:b.py:g"))
    }
  }

  @Test(arguments: [false, true]) func aRootThatIsWaitedForComesBack(_ hasStoreOutside: Bool) throws {
    let place = try TemporaryDirectory()
    let tree = try tree(in: place)
    let store = place.url.appending(path: "store").path
    let watch = try hasStoreOutside ? Watch(tree, "--wait", "--db", store) : Watch(tree, "--wait")
    try place.remove("tree")
    let waiting = try watch.event("waiting")
    #expect(waiting.text("root") == tree.path)
    #expect(waiting.text("reason") == "the watched directory was removed")
    let seen = watch.program.lines.all.count
    try place.write("def again(): pass\n", to: "new/b.py")
    try place.move("new", to: "tree")
    #expect(try watch.event("ready", after: seen).number("files") == 1)
    try place.write("def more(): pass\n", to: "tree/c.py")
    _ = try watch.batch(naming: "c.py", after: seen)
    let dump = try Program.run("dump", "--sync", "--db", hasStoreOutside ? store : tree.path + "/.ptwatch", tree.path)
    #expect(try dump.output.split(separator: "\n") == Program.fullDump(tree))
    #expect(watch.interrupt() == 0)
  }

  @Test func aMovedRootIsWaitedForAndKeepsItsStore() throws {
    let place = try TemporaryDirectory()
    let watch = try Watch(tree(in: place), "--wait")
    try place.move("tree", to: "elsewhere")
    #expect(try watch.event("waiting").text("reason") == "the watched directory was moved")
    let seen = watch.program.lines.all.count
    try place.move("elsewhere", to: "tree")
    let ready = try watch.event("ready", after: seen)
    #expect(try ready.number("generation") == 1)
    #expect(try ready.number("filesChanged") == 0)
    #expect(watch.interrupt() == 0)
  }

  /// What is left of it, its mount point, is not taken for it.
  @Test func anUnmountedRootIsWaitedForUntilItIsMountedAgain() throws {
    let place = try TemporaryDirectory()
    let tree = try tree(in: place)
    let mount = "mount -t tmpfs none \(tree.path) && echo 'def g(): pass' >\(tree.path)/b.py"
    let watch = try Watch(tree, "--wait", through: Namespace.after(mount))
    try watch.shell("umount --lazy \(tree.path)")
    #expect(try watch.event("waiting").text("reason")?.contains("unmounted") == true)
    let seen = watch.program.lines.all.count
    try awaitWakings(of: watch, 3)
    try watch.shell(mount)
    #expect(try watch.event("ready", after: seen).number("files") == 1)
    #expect(!FileManager.default.fileExists(atPath: tree.appending(path: ".ptwatch").path))
    try watch.expectEqualToFull()
    #expect(watch.interrupt() == 0)
  }

  /// Returns when the main thread has woken up so often.
  private func awaitWakings(of watch: Watch, _ count: Int) throws {
    let wakings = {
      let status = try String(contentsOfFile: "/proc/\(watch.program.id)/status", encoding: .utf8)
      let line = status.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches") }
      return try #require(line?.split(separator: "\t").last.flatMap { Int($0) })
    }
    let first = try wakings()
    while try wakings() < first + count { sched_yield() }
  }

  @Test(arguments: [SIGINT, SIGTERM]) func aRootThatIsNotThereYet(_ signal: Int32) throws {
    let place = try TemporaryDirectory()
    let path = place.url.appending(path: "tree").path
    #expect(try Program.run(path).status == 1)
    let program = try RunningProgram(["--wait", path])
    #expect(program.lines.first { $0.hasPrefix("waiting for \(path)") } != nil)
    let before = ContinuousClock.now
    program.signal(signal)
    #expect(program.waitForExit() == 0)
    #expect(ContinuousClock.now - before < .seconds(1))
    let second = try RunningProgram(["--wait", path])
    #expect(second.lines.first { $0.hasPrefix("waiting for \(path)") } != nil)
    _ = try tree(in: place)
    #expect(second.lines.first { $0.hasPrefix("watching \(path)") } != nil)
    second.signal(signal)
    #expect(second.waitForExit() == 0)
  }
}
