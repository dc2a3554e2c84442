import Foundation
import TestSupport
import Testing

/// `ptwatch verify`, and what becomes of a store that is damaged.
@Suite struct VerifyTests {
  private func tree() throws -> TemporaryDirectory {
    let tree = try TemporaryDirectory()
    for index in 0..<12 {
      try tree.write(
        "def f\(index)(): return g\(index % 3)()\n\nclass C\(index): pass\n", to: "d\(index % 3)/a\(index).py")
    }
    try tree.write((0..<400).map { "int g\($0)(void) { return h\($0)(); }\n" }.joined(), to: "large.c")
    return tree
  }

  private func dataFile(_ tree: TemporaryDirectory) throws -> URL {
    let store = tree.url.appending(path: ".ptwatch")
    let link = try FileManager.default.destinationOfSymbolicLink(atPath: store.appending(path: "current").path)
    return store.appending(path: link).appending(path: "data.mdb")
  }

  @Test func aStoreIsSoundAfterAnIngestAndAfterEdits() throws {
    let tree = try tree()
    let watch = try Watch(tree.url)
    for round in 0..<3 {
      try tree.write("def f\(round)(): return other()\n", to: "d1/a\(round).py")
      try tree.move("d0/a\(3 * round).py", to: "moved/b\(round).py")
      let result = try Program.run("verify", "--sync", "--deep", "--json", tree.url.path)
      #expect(result.status == 0, "\(result.output) \(result.error)")
      let line = try Event(result.output)
      #expect(line.type == "verified")
      #expect(try line.number("faults") == 0)
      #expect(try line.number("files") >= 13)
    }
    #expect(watch.interrupt() == 0)
    #expect(try Program.run("verify", tree.url.path).output.hasPrefix("sound: "))
  }

  @Test func theDeepCheckSaysHowTheTreeDiffers() throws {
    let tree = try tree()
    #expect(try Program.run("--full", tree.url.path).status == 0)
    try tree.write("def changed(): pass\n", to: "d0/a0.py")
    try tree.write("def new(): pass\n", to: "new.py")
    try tree.remove("d1/a1.py")
    let result = try Program.run("verify", "--deep", tree.url.path)
    #expect(result.status == 1)
    let lines = result.output.split(separator: "\n")
    #expect(
      lines == [
        "tree: d0/a0.py: it was changed since the store has read it",
        "tree: d1/a1.py: it is in the store, and no longer in the tree", "tree: new.py: it is not in the store",
      ])
    #expect(result.error.contains("3 differences"))
    // That is no damage: the store is used as before.
    #expect(try Program.run("verify", "--deep", "--sync", tree.url.path).status == 0)
  }

  /// A watcher that runs, a reader, and the next start.
  @Test func whatVerifyFindsIsRebuilt() throws {
    let tree = try tree()
    let watch = try Watch(tree.url)
    let file = try dataFile(tree)
    // A key of the index, with its size before it: the name that a function is found by.
    let key = Data([4, 0]) + Data("g399".utf8)
    let place = try #require(try Data(contentsOf: file).range(of: key))
    let handle = try FileHandle(forWritingTo: file)
    try handle.seek(toOffset: UInt64(place.lowerBound))
    try handle.write(contentsOf: Data([4, 0]) + Data("g398".utf8))
    try handle.close()
    let verify = try Program.run("verify", tree.url.path)
    #expect(verify.status == 1)
    #expect(verify.output.contains("definitions"))
    #expect(verify.error.contains("rebuilds the store"))
    let refused = try Program.run("dump", tree.url.path)
    #expect(refused.status == 1 && refused.error.split(separator: "\n").count == 1)
    #expect(refused.error.contains("ptwatch verify found faults in it"))
    // The watcher sees the mark when it has something to do.
    try tree.write("def later(): pass\n", to: "later.py")
    _ = try #require(watch.program.lines.first(from: 1) { $0.contains("\"t\":\"ready\"") })
    #expect(watch.program.errors.all.contains { $0.contains("it has to be rebuilt by a full ingest") })
    try watch.expectEqualToFull()
    #expect(watch.interrupt() == 0)
    #expect(try Program.run("verify", "--deep", tree.url.path).status == 0)
  }

  /// LMDB's map shrinks under the process: a load from it is a SIGBUS.
  @Test func aFileCutOffUnderTheWatcherIsSaidAndRebuilt() throws {
    let tree = try tree()
    let watch = try Watch(tree.url)
    #expect(truncate(try dataFile(tree).path, 8192) == 0)
    try tree.write("def later(): pass\n", to: "d0/a0.py")
    #expect(watch.program.waitForExit() == 1)
    #expect(
      watch.program.errors.all == [
        "ptwatch: \(try dataFile(tree).deletingLastPathComponent().path): the store is damaged, or the disk cannot read it; "
          + "it has to be rebuilt by a full ingest"
      ])
    #expect(try Program.run("dump", tree.url.path).status == 1)
    let next = try Watch(tree.url)
    try next.expectEqualToFull()
    #expect(next.interrupt() == 0)
  }

  /// Seeded damage of all sorts: each command gives the right answer or says in a line that it cannot. `PTWATCH_DAMAGE_ROUNDS`
  /// makes more rounds of it, `scripts/torture` thousands.
  @Test func randomDamageIsNeverAnsweredWrongly() throws {
    let rounds = ProcessInfo.processInfo.environment["PTWATCH_DAMAGE_ROUNDS"].flatMap { Int($0) } ?? 60
    let tree = try tree()
    #expect(try Program.run("--full", "--quiet", tree.url.path).status == 0)
    let facts = try Program.run("dump", "--facts", tree.url.path).output
    let whole = try Program.run("dump", tree.url.path).output
    let file = try dataFile(tree)
    let mark = file.deletingLastPathComponent().appending(path: "damaged")
    let sound = try Data(contentsOf: file)
    var noticed = 0
    for seed in 0..<UInt64(rounds) {
      var random = SeededGenerator(seed: seed)
      try Self.damage(sound, &random).write(to: file)
      let result = try Program.run("dump", "--facts", tree.url.path)
      if result.status == 0 {
        #expect(result.output == facts, "seed \(seed)")
      } else {
        noticed += 1
        expectOneLine(result, seed)
      }
      guard seed % 3 == 0 else { continue }
      try? FileManager.default.removeItem(at: mark)
      let verify = try Program.run("verify", tree.url.path)
      if verify.status == 0 {
        #expect(try Program.run("dump", tree.url.path).output == whole, "seed \(seed)")
      } else {
        expectOneLine(verify, seed)
      }
    }
    #expect(noticed > rounds / 10)
    try Self.expectRebuild(tree)
  }

  private func expectOneLine(_ result: Program.Result, _ seed: UInt64) {
    #expect(result.status == 1, "seed \(seed): \(result.error)")
    let lines = result.error.split(separator: "\n")
    #expect(lines.count == 1 && result.error.hasPrefix("ptwatch: "), "seed \(seed): \(result.error)")
  }

  private static func expectRebuild(_ tree: TemporaryDirectory) throws {
    let watch = try Watch(tree.url)
    #expect(try Program.run("verify", "--deep", "--sync", tree.url.path).status == 0)
    try watch.expectEqualToFull()
    #expect(watch.interrupt() == 0)
  }

  private static func damage(_ sound: Data, _ random: inout SeededGenerator) -> Data {
    var data = sound
    let page = Int.random(in: 0..<(data.count / 4096), using: &random) * 4096
    switch Int.random(in: 0..<6, using: &random) {
    case 0: data.removeLast(Int.random(in: 1..<data.count, using: &random))
    case 1: data.replaceSubrange(page..<(page + 4096), with: Data(repeating: 0, count: 4096))
    case 2:
      let other = Int.random(in: 0..<(data.count / 4096), using: &random) * 4096
      data.replaceSubrange(page..<(page + 4096), with: sound[other..<(other + 4096)])
    case 3:
      // Where a page says what is in it.
      for _ in 0..<3 {
        data[page + Int.random(in: 0..<64, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
    default:
      for _ in 0..<Int.random(in: 1...60, using: &random) {
        data[Int.random(in: 0..<data.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
    }
    return data
  }
}
