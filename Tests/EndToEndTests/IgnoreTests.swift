import Foundation
import Testing

/// What is ignored costs nothing, and what is ignored may change while the watcher runs.
@Suite struct IgnoreTests {
  private let tree: TemporaryDirectory

  init() throws {
    tree = try TemporaryDirectory()
    try tree.write("def kept(): pass\n", to: "src/kept.py")
  }

  private func has(_ part: String) throws -> Bool {
    try Program.dump(tree.url, sync: true).contains { $0.contains(part) }
  }

  /// Writes, rewrites and removes some thousand files in the directory: no thread of the watcher may wake for it.
  private func expectNoWork(in directory: String, of watch: Watch, location: SourceLocation = #_sourceLocation) throws {
    let account = KernelAccount(process: watch.program.id)
    let before = try account.waitsAtRest()
    let batches = watch.program.lines.all.count
    for index in 0..<1000 {
      try tree.write("def made(): pass\n", to: "\(directory)/sub\(index % 20)/made\(index).py")
      try tree.write("def again(): pass\n", to: "\(directory)/sub\(index % 20)/made\(index).py")
    }
    for index in 0..<10 { try tree.remove("\(directory)/sub\(index)") }
    #expect(try account.waitsAtRest() == before, sourceLocation: location)
    #expect(watch.program.lines.all.count == batches, sourceLocation: location)
    // And yet it is awake.
    try tree.write("def kept_\(batches)(): pass\n", to: "src/kept.py")
    #expect(try has("kept_\(batches)"), sourceLocation: location)
    #expect(try !has("made"), sourceLocation: location)
  }

  @Test func aBusyBuildDirectoryThatIsIgnoredIsNotEvenWatched() throws {
    try tree.write("build/\n", to: ".gitignore")
    try tree.write("def old(): pass\n", to: "build/out/old.py")
    try tree.write("", to: ".git/objects/00/object")
    let watch = try Watch(tree.url)
    let account = KernelAccount(process: watch.program.id)
    #expect(try account.watches(tree.url) && account.watches(tree.url.appending(path: "src")))
    for directory in ["build", "build/out", ".git/objects", ".git/objects/00", ".ptwatch", ".ptwatch/env-1"] {
      #expect(try !account.watches(tree.url.appending(path: directory)), "\(directory)")
    }
    try expectNoWork(in: "build/out", of: watch)
    try expectNoWork(in: ".git/objects/01", of: watch)
    #expect(watch.interrupt() == 0)
  }

  @Test func anIgnoredDirectoryMadeLaterIsNotWatched() throws {
    try tree.write("build/\n", to: ".gitignore")
    let watch = try Watch(tree.url)
    try tree.write("def made(): pass\n", to: "build/made.py")
    #expect(try !has("made"))
    #expect(try !KernelAccount(process: watch.program.id).watches(tree.url.appending(path: "build")))
    try expectNoWork(in: "build", of: watch)
    #expect(watch.interrupt() == 0)
  }

  @Test func aDirectoryThatBecomesIgnoredIsWatchedNoMore() throws {
    try tree.write("def made(): pass\n", to: "gen/a/b/made.py")
    let watch = try Watch(tree.url)
    let account = KernelAccount(process: watch.program.id)
    let count = try account.watchedInodes().count
    let directories = ["gen", "gen/a", "gen/a/b"].map { tree.url.appending(path: $0) }
    for directory in directories { #expect(try account.watches(directory)) }
    try tree.write("gen/\n", to: ".gitignore")
    #expect(try !has("made.py"))
    for directory in directories { #expect(try !account.watches(directory), "\(directory.path)") }
    #expect(try account.watchedInodes().count == count - 3)
    try expectNoWork(in: "gen/a", of: watch)
    try tree.remove(".gitignore")
    #expect(try has("gen/a/b/made.py"))
    for directory in directories { #expect(try account.watches(directory), "\(directory.path)") }
    try watch.expectEqualToFull()
    #expect(watch.interrupt() == 0)
  }

  @Test func aDirectoryMovedToAnIgnoredNameIsWatchedNoMore() throws {
    try tree.write("build/\n", to: ".gitignore")
    try tree.write("def made(): pass\n", to: "gen/a/made.py")
    let watch = try Watch(tree.url)
    let account = KernelAccount(process: watch.program.id)
    try tree.move("gen", to: "build")
    #expect(try !has("made.py"))
    #expect(try !account.watches(tree.url.appending(path: "build/a")))
    try expectNoWork(in: "build/a", of: watch)
    try tree.move("build", to: "gen")
    #expect(try has("gen/a/made.py"))
    #expect(try account.watches(tree.url.appending(path: "gen/a")))
    try watch.expectEqualToFull()
    #expect(watch.interrupt() == 0)
  }

  /// The kernel tells of them, since their directory is watched, but the writer hears nothing.
  @Test func ignoredFilesInAWatchedDirectoryAreNotPassedOn() throws {
    try tree.write("*.gen.py\n", to: ".gitignore")
    let watch = try Watch(tree.url)
    let account = KernelAccount(process: watch.program.id)
    let writer = "\(watch.program.id)"
    let before = try account.waitsAtRest()[writer]
    for index in 0..<1000 { try tree.write("def made(): pass\n", to: "src/made\(index).gen.py") }
    #expect(try account.waitsAtRest()[writer] == before)
    #expect(watch.program.lines.all.count == 1)
    #expect(try !has("made") && has("kept"))
    #expect(watch.interrupt() == 0)
  }

  @Test func filesBecomeIgnoredAndWantedAgain() throws {
    try tree.write("def one(): pass\n", to: "src/one.gen.py")
    try tree.write("def two(): pass\n", to: "src/deep/two.gen.py")
    let watch = try Watch(tree.url)
    for (path, rules, wanted) in [
      (".gitignore", "*.gen.py\n", ["kept"]), ("src/deep/.gitignore", "!two*\n", ["kept", "two"]),
      ("src/.ignore", "/kept.py\n", ["two"]), (".gitignore", "# nothing\n", ["one", "two"]), ("src/.ignore", "", []),
    ] {
      try tree.write(rules, to: path)
      try watch.expectEqualToFull("\(path): \(rules)")
      for name in wanted { #expect(try has("def \(name)("), "\(path): \(name)") }
    }
    #expect(try has("def kept(") && has("def one(") && has("def two("))
    #expect(watch.interrupt() == 0)
  }

  /// Its own commits would wake it for ever if the store were watched wherever it lies.
  @Test(arguments: [".ptwatch", "graph", "src/graph"])
  func itsOwnStoreDoesNotWakeIt(_ store: String) throws {
    let path = tree.url.appending(path: store).path
    let watch = try Watch(tree.url, "--db", path)
    for index in 0..<50 {
      try tree.write("def f\(index)(): pass\n", to: "src/f\(index).py")
      _ = try watch.batch(naming: "src/f\(index).py")
    }
    let account = KernelAccount(process: watch.program.id)
    let before = try account.waitsAtRest()
    let lines = watch.program.lines.all.count
    for index in 0..<1000 { try tree.write("def ghost(): pass\n", to: "\(store)/env-1/ghost\(index).py") }
    #expect(try account.waitsAtRest() == before)
    #expect(watch.program.lines.all.count == lines)
    #expect(watch.interrupt() == 0)
  }
}
