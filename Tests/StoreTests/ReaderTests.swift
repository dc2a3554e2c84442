import Foundation
import Graph
import Platform
import TestSupport
import Testing

@testable import Store

@Suite struct ReaderTests {
  @Test func snapshotDoesNotMove() throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 21)
    let tree = Tree.random(&random, files: 20)
    try tree.load(scratch.directory)
    let store = try opened(scratch.directory)
    let reader = try GraphReader(scratch.directory)
    let old = try reader.snapshot()
    let before = try Contents(old)
    for path in tree.keys.sorted() { _ = try store.commit([.remove(path: path)]) }
    #expect(try Contents(old) == before)
    let new = try reader.snapshot()
    #expect(new.generation == old.generation + 20)
    #expect(try new.counts() == Snapshot.Counts(files: 0, definitions: 0, mentions: 0))
  }

  @Test func readerFollowsASwitchAndTheOldSnapshotStays() throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 22)
    let tree = Tree.random(&random, files: 20)
    try tree.load(scratch.directory)
    let reader = try GraphReader(scratch.directory)
    let old = try reader.snapshot()
    let before = try Contents(old)
    try [TreePath("only"): (record(1), FileFacts())].load(scratch.directory)
    try [TreePath("other"): (record(1), FileFacts())].load(scratch.directory)
    #expect(try Contents(old) == before)
    let new = try reader.snapshot()
    #expect(new.generation == 3)
    #expect(try new.counts().files == 1)
    #expect(try new.file(TreePath("other")) != nil)
    // The writer may come while readers of this process are there.
    _ = consume new
    let store = try opened(scratch.directory)
    _ = try store.commit([store.update(TreePath("more"), record(1), .random(&random))])
    #expect(try reader.snapshot().generation == 4)
  }

  /// Every view is of one generation while batches are committed: the file's record, facts and index rows agree.
  @Test func readersNeverSeeHalfABatch() throws {
    let scratch = try Scratch()
    try Tree().load(scratch.directory)
    let store = try opened(scratch.directory)
    let reader = try GraphReader(scratch.directory)
    let stop = StopFlag()
    let failures = BoundedQueue<String>(capacity: 100)
    let threads = [0, 1].map { number in
      Thread {
        while !stop.isSet {
          do {
            let both = try reader.snapshots(2)
            if !both[0].isSameState(as: both[1]) { failures.push("two states") }
            let snapshot = both[1]
            let contents = try Contents(snapshot)
            let expected = snapshot.generation == 1 ? 0 : 3
            if contents.files.count != expected { failures.push("\(contents.files.count) files") }
            if contents.definitions["generation\(snapshot.generation)"]?.count ?? 0 != expected {
              failures.push("definitions of \(snapshot.generation): \(contents.definitions.keys)")
            }
            if contents.definitions.count > 1 { failures.push("more than one: \(contents.definitions.keys)") }
          } catch { failures.push("\(error)") }
        }
        failures.push("done \(number)")
      }
    }
    for thread in threads { thread.start() }
    let span = Span(start: Position(row: 0, column: 0), end: Position(row: 1, column: 0))
    for batch in 2...200 {
      var facts = FileFacts()
      let name = facts.names.intern("generation\(batch)")
      facts.entities.append(Entity(kind: .function, name: name, signature: name, span: span))
      _ = try store.commit((0..<3).map { try store.update(TreePath("file\($0)"), record(1), facts) })
    }
    stop.set()
    let messages = (0..<2).compactMap { _ in failures.pop() }
    #expect(messages.sorted() == ["done 0", "done 1"])
  }

  @Test func slotsOfDeadReadersAreCleared() async throws {
    let scratch = try Scratch()
    try Tree().load(scratch.directory)
    let lease = try EnvironmentLease(scratch.environment, .read)
    for _ in 0..<2 {
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = scratch.directory.path as String] in
        let snapshot = try GraphReader(StoreDirectory(path: path)).snapshot()
        _ = withExtendedLifetime(snapshot) { kill(getpid(), SIGKILL) }
      }
      let store = try opened(scratch.directory)
      #expect(lease.environment.clearStaleReaders() == 0)
      store.close()
    }
  }

  /// Names that hold what is asked for are never left out, and most others are.
  @Test func namesByWhatTheyHold() throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 31)
    var tree = Tree.random(&random, files: 4)
    var facts = FileFacts()
    let words = ["read", "Write", "LOCK", "page", "tree_", "Node", "x", "42", "é"]
    for _ in 0..<4_000 {
      let name =
        (0..<3).map { _ in words.randomElement(using: &random)! }.joined()
        + "\(UInt16(truncatingIfNeeded: random.next()))"
      facts.entities.append(
        Entity(
          kind: .function, flags: [], name: facts.names.intern(name), signature: facts.names.intern(name),
          parent: Entity.noParent, local: LocalID(facts.entities.count),
          span: Span(start: Position(row: 0, column: 0), end: Position(row: 0, column: 9)), digest: 0))
    }
    tree[TreePath("many.c")] = (record(1), facts)
    try tree.load(scratch.directory)
    let snapshot = try GraphReader(scratch.directory).snapshot()
    let names = tree.expected().definitions.keys
    let texts = [
      ["readread"], ["LOCKPAGE"], ["write", "node"], ["ad", "x"], ["é42"], ["lockpage1234567"], ["d"], ["ee"], ["_"],
      ["writetree_lo"], [],
    ]
    for parts in texts {
      var found: Set<String> = []
      try snapshot.forEachName(prefix: [], holding: parts.map { Array($0.utf8) }) { name in
        found.insert(String(decoding: name.bytes, as: UTF8.self))
        return true
      }
      let wanted = names.filter { name in parts.allSatisfy { name.lowercased().contains($0.lowercased()) } }
      #expect(found.isSuperset(of: wanted))
      // Of one text, and names that are keys, none is given for nothing.
      if parts.count == 1 { #expect(Set(wanted).isSuperset(of: found.filter { $0.utf8.count < 511 })) }
    }
  }

  /// What is read of a large file by the page, and of one name by the file, is what all of it holds; before and after edits.
  @Test func entitiesOfALargeFileByThePage() throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 41)
    var tree = Tree.random(&random, files: 6)
    var facts = FileFacts()
    while facts.entities.count < 1_100 { facts = .random(&random, entities: 2_000, edges: 9, names: 700) }
    let path = TreePath("large.c")
    var counted = record(1)
    counted.entities = UInt32(facts.entities.count)
    tree[path] = (counted, facts)
    try tree.load(scratch.directory)
    func check(moved: Int) throws {
      let snapshot = try GraphReader(scratch.directory).snapshot()
      let (file, record) = try #require(try snapshot.file(path))
      let whole = try snapshot.entities(file)
      let pages = try #require(try snapshot.entityPages(file, count: Int(record.entities)))
      var found = 0
      for index in whole.entities.indices.reversed() {
        let entity = try pages.entity(EntityIndex(index))
        #expect(entity == whole.entities[index])
        #expect(try pages.name(entity.name) == whole.names[entity.name])
        #expect(try pages.name(entity.signature) == whole.names[entity.signature])
        let near = try pages.index(near: entity.local)
        #expect(near == EntityIndex(index) || near == nil && moved > 0)
        if near != nil { found += 1 }
      }
      #expect(found >= whole.entities.count * 9 / 10 - moved)
      #expect(throws: StoreError.self) { try pages.entity(EntityIndex(whole.entities.count)) }
      #expect(try pages.edges() == snapshot.facts(file).edges)
      for number in whole.names.ends.indices {
        let name = Array(whole.names[NameID(rawValue: UInt32(number))])
        #expect(
          try snapshot.definitions(of: name, in: file) == snapshot.definitions(of: name).filter { $0.file == file })
      }
      let small = try #require(try snapshot.file(Tree.path(1)))
      #expect(try snapshot.entityPages(small.0, count: 12) == nil)
      #expect(throws: StoreError.self) { try snapshot.entityPages(small.0, count: 600) }
    }
    try check(moved: 0)
    // What comes on top moves all others, which keep their local ids.
    let store = try opened(scratch.directory)
    var edited = FileFacts(lines: facts.lines, errors: facts.errors)
    edited.names = facts.names
    let name = edited.names.intern("on top")
    let span = Span(start: Position(row: 0, column: 0), end: Position(row: 0, column: 1))
    edited.entities = (0..<3).map { _ in Entity(kind: .event, name: name, signature: name, span: span) }
    edited.entities += facts.entities.map { entity in
      var moved = entity
      if moved.parent != Entity.noParent { moved.parent += 3 }
      return moved
    }
    counted.entities += 3
    _ = try store.commit([store.update(path, counted, edited)])
    store.close()
    try check(moved: 3)
  }

  @Test func filesByTheirAddress() throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 37)
    let tree = Tree.random(&random, files: 40)
    try tree.load(scratch.directory)
    let store = try opened(scratch.directory)
    let moved = TreePath("elsewhere/" + String(repeating: "m", count: 600))
    let path = Tree.path(20)
    _ = try store.commit([
      .remove(path: Tree.path(21)), .rename(from: path, to: moved, record: try #require(try store.file(path)).1),
    ])
    store.close()
    let snapshot = try GraphReader(scratch.directory).snapshot()
    var expected: [[UInt8]: Set<TreePath>] = [:]
    try snapshot.forEachFile(below: .root) { path, _, record in
      let address = snapshot.languages[Int(record.language.rawValue)].imports.address(of: path)
      expected[
        address.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last.map(Array.init) ?? [],
        default: []
      ]
      .insert(path)
    }
    #expect(expected.count > 20)
    for (name, paths) in expected {
      let found = try snapshot.files(called: name).map { try #require(try snapshot.file($0)).0 }
      #expect(Set(found) == paths && found.count == paths.count)
    }
    #expect(try snapshot.files(called: Array("unheard-of".utf8)).isEmpty)
  }

  /// Numbers of processes come again, in containers soon: what one left is not this one's.
  @Test func slotsOfADeadProcessOfTheSameNumberAreCleared() async throws {
    let scratch = try Scratch()
    try Tree().load(scratch.directory)
    // While somebody has it open, LMDB keeps the table.
    let lease = try EnvironmentLease(scratch.environment, .read)
    await #expect(processExitsWith: .success) { [path = scratch.directory.path as String] in
      let directory = StoreDirectory(path: path)
      let lock = open(try directory.currentEnvironment()! + "/lock.mdb", O_RDWR | O_CLOEXEC)
      // A slot is a line of 64 bytes, behind two others: the transaction, then the process.
      var transaction: UInt64 = 1
      var number = getpid()
      #expect(pwrite(lock, &transaction, 8, 128) == 8 && pwrite(lock, &number, 4, 136) == 4)
      let snapshot = try GraphReader(directory).snapshot()
      let own = (0..<8).filter { slot in
        var found: pid_t = 0
        return pread(lock, &found, 4, off_t(136 + 64 * slot)) == 4 && found == number
      }
      #expect(own.count == 1)
      _ = consume snapshot
    }
    _ = consume lease
  }

  @Test func namesByPrefix() throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 23)
    let tree = Tree.random(&random, files: 40)
    try tree.load(scratch.directory)
    let snapshot = try GraphReader(scratch.directory).snapshot()
    let names = tree.expected().definitions
    for prefix in ["", "name", "name1", "n", "m", "zzz", String(repeating: "n", count: 600), "unknown"] {
      var found: [String: Int] = [:]
      try snapshot.forEachName(prefix: Array(prefix.utf8)) { name in
        found[String(decoding: name.bytes, as: UTF8.self)] = name.bearers
        return true
      }
      #expect(found == names.filter { $0.key.hasPrefix(prefix) }.mapValues(\.count))
    }
    var calls = 0
    try snapshot.forEachName(prefix: []) { _ in
      calls += 1
      return calls < 3
    }
    #expect(calls == 3)
    #expect(try snapshot.definitions(of: []).isEmpty)
    #expect(try snapshot.definitions(of: Array(repeating: 0x6E, count: 600)).isEmpty)
    #expect(try snapshot.file(TreePath("unknown")) == nil)
    #expect(try snapshot.file(.root) == nil)
    #expect(try snapshot.file(FileID(rawValue: 1_000)) == nil)
    #expect(throws: StoreError.self) { try snapshot.facts(FileID(rawValue: 1_000)) }
  }
}
