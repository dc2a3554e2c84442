import Foundation
import TestSupport
import Testing

/// The faults by which a watcher's graph comes to tell of a tree that is not there, each by its name.
@Suite struct StaleTests {
  private let tree: TemporaryDirectory

  init() throws {
    tree = try TemporaryDirectory()
    try tree.write("def one(): return two()\ndef two(): pass\n", to: "a.py")
    try tree.write("def three(): pass\n", to: "d/b.py")
  }

  /// What the dump tells of files, entities and edges, after `change`.
  private func dump(_ change: () throws -> Void) throws -> String {
    try change()
    return try Program.dump(tree.url, sync: true).joined(separator: "\n")
  }

  private func path(_ name: String) -> String { tree.url.appending(path: name).path }

  @Test func deletesAreApplied() throws {
    let watch = try Watch(tree.url)
    #expect(try !dump { try tree.remove("a.py") }.contains("a.py"))
    #expect(try dump { try tree.remove("d") } == "")
    #expect(watch.interrupt() == 0)
  }

  @Test func theOldPathIsNotKeptAfterARename() throws {
    let watch = try Watch(tree.url)
    let file = try dump { try tree.move("a.py", to: "new.py") }
    #expect(file.contains("new.py:one") && !file.contains("a.py"))
    let directory = try dump { try tree.move("d", to: "e/f") }
    #expect(directory.contains("e/f/b.py:three") && !directory.contains("\"d/b.py"))
    let over = try dump { #expect(rename(path("new.py"), path("e/f/b.py")) == 0) }
    #expect(over.contains("e/f/b.py:one") && !over.contains("three") && !over.contains("new.py"))
    let exchanged = try dump {
      try tree.write("def four(): pass\n", to: "c.py")
      #expect(exchangeNames(path("c.py"), path("e/f/b.py")))
    }
    #expect(exchanged.contains("c.py:one") && exchanged.contains("e/f/b.py:four") && !exchanged.contains("c.py:four"))
    #expect(watch.interrupt() == 0)
  }

  @Test func edgesOfAFunctionThatStaysAreRemoved() throws {
    let watch = try Watch(tree.url)
    let text = try dump { try tree.write("def one(): return 2\ndef two(): pass\n", to: "a.py") }
    #expect(text.contains("a.py:one") && !text.contains("\"calls\""))
    #expect(try Program.run("callers", "two", tree.url.path).output == "")
    #expect(watch.interrupt() == 0)
  }

  @Test func anEditAndItsRevertLeaveNothingBehind() throws {
    let watch = try Watch(tree.url)
    let before = try dump {}
    let old = try Data(contentsOf: tree.url.appending(path: "a.py"))
    for index in 0..<8 {
      try tree.write("def one(): return other() + more()\ndef two(): return one()\nclass C(two): pass\n", to: "a.py")
      if index % 2 == 0 { _ = try dump {} }
      try tree.write(old, to: "a.py")
      #expect(try dump {} == before, "\(index)")
    }
    #expect(watch.interrupt() == 0)
  }

  /// By links to the root, within the tree and from outside, with doubled slashes and dots.
  @Test func aFileIsNotThereTwiceUnderTwoSpellingsOfItsPath() throws {
    let beside = try TemporaryDirectory()
    let link = beside.url.appending(path: "link").path
    symlink(tree.url.path, link)
    symlink(path("d"), path("alias"))
    symlink("a.py", path("c.py"))
    symlink("..", path("d/up"))
    let expected = ["a.py", "d/b.py"]
    func files() throws -> [String] {
      try Program.dump(tree.url, sync: true).map { try Event(String($0)) }.filter { $0.type == "file" }
        .compactMap { $0.text("path") }
    }
    for spelling in [tree.url.path, link, link + "/", path("d/../"), path(".//d/..//")] {
      let watch = try Watch(URL(fileURLWithPath: spelling, isDirectory: false))
      #expect(try files() == expected, "\(spelling)")
      for (name, text) in [("c.py", "def one(): pass\n"), ("alias/b.py", "def three(): return 3\n")] {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(spelling)/\(name)"))
        #expect(try files() == expected, "\(spelling)")
      }
      let second = try RunningProgram(["dump", "--sync", spelling])
      #expect(second.waitForExit() == 0)
      #expect(try second.lines.all.map { Substring($0) } == Program.dump(tree.url), "\(spelling)")
      #expect(watch.interrupt() == 0)
    }
  }

  @Test func noEventOfABurstIsLost() throws {
    let watch = try Watch(tree.url)
    for index in 0..<3000 { try tree.write("def f\(index)(): pass\n", to: "burst/d\(index % 30)/f\(index).py") }
    for index in stride(from: 0, to: 3000, by: 3) {
      try tree.write("def g\(index)(): pass\n", to: "burst/d\(index % 30)/f\(index).py")
    }
    for index in stride(from: 1, to: 3000, by: 3) { try tree.remove("burst/d\(index % 30)/f\(index).py") }
    for index in 0..<10 { try tree.move("burst/d\(index)", to: "burst/e\(index)") }
    try watch.expectEqualToFull()
    #expect(watch.interrupt() == 0)
  }

  /// Its directories are made so that the watcher meets them at every stage: before, while and after it looks.
  @Test func noFileInAFreshDirectoryIsMissed() throws {
    let watch = try Watch(tree.url)
    var random = SeededGenerator(seed: 1)
    for round in 0..<1000 {
      let directory = path("r\(round)/b/c")
      for length in [4, 2, 0] { mkdir(String(directory.dropLast(length)), 0o755) }
      try Data("def f\(round)(): pass\n".utf8).write(to: URL(fileURLWithPath: directory + "/f.py"))
      if round % 2 == 0 { usleep(.random(in: 0...1500, using: &random)) }
    }
    let found = try Program.dump(tree.url, sync: true)
    let missed = (0..<1000).filter { round in
      !found.contains { $0.contains("\"python:function:r\(round)/b/c/f.py:f\(round)\"") }
    }
    #expect(missed.isEmpty, "\(missed.count) of 1000 missed")
    #expect(watch.interrupt() == 0)
  }

  /// The large file takes a while to parse; it is saved again, and others are, in the meantime.
  @Test func editsMadeWhileAnUpdateIsRunningAreNotLost() throws {
    let watch = try Watch(tree.url)
    for round in 0..<2 {
      let text = (0..<4_000).map { "def large_\(round)_\($0)(a):\n    return other_\($0)(a)\n" }.joined()
      try tree.write(text, to: "large.py")
      for save in 0..<60 {
        try tree.write("def small_\(round)_\(save)(): pass\n", to: "d/b.py")
        if save % 20 == 10 { try tree.write(text + "def tail_\(save)(): pass\n", to: "large.py") }
        usleep(2000)
      }
      try watch.expectEqualToFull("round \(round)")
    }
    #expect(watch.interrupt() == 0)
  }

  /// How a file may change though its size and its time of modification stay.
  enum Disguise: CaseIterable {
    case inPlace, renamedOver, restored, withinTheSecond

    func apply(_ text: String, to path: String, _ tree: TemporaryDirectory) throws {
      var status = stat()
      try #require(stat(path, &status) == 0)
      let url = URL(fileURLWithPath: path)
      switch self {
      case .inPlace:
        try Data(text.utf8).write(to: url)
        utimensat(AT_FDCWD, path, [status.st_atim, status.st_mtim], 0)
      case .renamedOver:
        let beside = path + ".new"
        try Data(text.utf8).write(to: URL(fileURLWithPath: beside))
        utimensat(AT_FDCWD, beside, [status.st_atim, status.st_mtim], 0)
        try #require(rename(beside, path) == 0)
      case .restored:
        // As a build tool that keeps what it will put back.
        let kept = tree.url.appending(path: "kept").path
        let copy = Process()
        copy.executableURL = URL(fileURLWithPath: "/bin/sh")
        copy.arguments = ["-c", #"printf %s "$2" > "$1"; touch -r "$0" "$1"; cp -p "$1" "$0""#, path, kept, text]
        try copy.run()
        copy.waitUntilExit()
        try #require(copy.terminationStatus == 0)
      case .withinTheSecond:
        // Nanoseconds cut off, as some file systems and archives do.
        let second = timespec(tv_sec: status.st_mtim.tv_sec, tv_nsec: 0)
        try Data(text.utf8).write(to: url)
        utimensat(AT_FDCWD, path, [second, second], 0)
      }
      var now = stat()
      try #require(stat(path, &now) == 0)
      try #require(now.st_size == status.st_size && now.st_mtim.tv_sec == status.st_mtim.tv_sec)
    }
  }

  @Test(arguments: Disguise.allCases)
  func anEditThatKeepsSizeAndTimeIsSeen(_ disguise: Disguise) throws {
    var number = 10
    func change() throws -> String {
      number += 1
      try disguise.apply("def one(): return o\(number)()\ndef two(): pass\n", to: path("a.py"), tree)
      return "\"name\":\"o\(number)\""
    }
    try tree.write("def one(): return o\(number)()\ndef two(): pass\n", to: "a.py")
    let watch = try Watch(tree.url)
    for _ in 0..<5 {
      let part = try change()
      #expect(try dump {}.contains(part), "while it runs")
    }
    #expect(watch.interrupt() == 0)
    for _ in 0..<3 {
      let part = try change()
      let watch = try Watch(tree.url)
      #expect(try Program.dump(tree.url).contains { $0.contains(part) }, "while it did not run")
      #expect(watch.interrupt() == 0)
    }
    let part = try change()
    #expect(try dump {}.contains(part), "without a watcher")
  }
}
