import Graph
import TestSupport
import Testing

@testable import Store

@Suite struct CommitTests {
  /// Batches of random changes, then the same files loaded anew: the stores say the same, row for row.
  @Test(arguments: 0..<6) func batchesEqualABulkLoad(seed: UInt64) throws {
    let (scratch, fresh) = (try Scratch(), try Scratch())
    var random = SeededGenerator(seed: seed)
    var tree = Tree.random(&random, files: 25)
    try tree.load(scratch.directory)
    let store = try opened(scratch.directory)
    for batch in 0..<30 as Range<UInt64> {
      var updates: [FileUpdate] = []
      for index in Set((0..<3).map { _ in Int.random(in: 0..<40, using: &random) }) {
        let path = Tree.path(index)
        let new = record(random.next() >> 8)
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
          tree[path] = nil
          updates.append(.remove(path: path))
        case 1 where tree[path] != nil:
          tree[path]!.record = new
          updates.append(.restamp(path: path, record: new))
        default:
          let facts = edited(tree[path]?.facts, &random)
          tree[path] = (new, facts)
          updates.append(try store.update(path, new, facts))
        }
      }
      let report = try store.commit(updates)
      #expect(report.generation == batch + 2)
      #expect(report.files.count == updates.count)
    }
    try tree.load(fresh.directory)
    let contents = try Contents(scratch.directory)
    #expect(contents == (try Contents(fresh.directory)))
    #expect(contents.definitions == tree.expected().definitions)
    #expect(contents.mentions == tree.expected().mentions)
  }

  /// The facts with one stretch of entities and edges taken from others.
  private func edited(_ facts: FileFacts?, _ random: inout SeededGenerator) -> FileFacts {
    guard var facts, Int.random(in: 0..<3, using: &random) > 0 else { return .random(&random) }
    if let index = facts.entities.indices.randomElement(using: &random) {
      facts.entities[index].name = facts.names.intern("name\(UInt8.random(in: 1...60, using: &random))")
      facts.entities[index].local = 1_000
    }
    if let index = facts.edges.indices.randomElement(using: &random) { facts.edges.remove(at: index) }
    if let index = facts.edges.indices.randomElement(using: &random) {
      facts.edges[index].name = facts.names.intern(String(repeating: "n", count: 600) + "\(index)")
    }
    return facts
  }

  /// Files change places, in rings and chains, long paths among them; some go, and others take their paths.
  @Test(arguments: 0..<6) func renamesEqualABulkLoad(seed: UInt64) throws {
    let (scratch, fresh) = (try Scratch(), try Scratch())
    var random = SeededGenerator(seed: seed)
    var tree = Tree.random(&random, files: 20)
    try tree.load(scratch.directory)
    let store = try opened(scratch.directory)
    for _ in 0..<20 {
      // Some of the paths that are taken, and as many of these and of free ones: the rest of the first are left empty.
      let from = tree.keys.sorted().shuffled(using: &random).prefix(6)
      let free = (0..<40).map(Tree.path).filter { tree[$0] == nil }
      let to = (from + free.prefix(4)).shuffled(using: &random).prefix(5)
      var (updates, next) = ([FileUpdate.remove(path: from.last!)], tree)
      for path in from { next[path] = nil }
      for (path, target) in zip(from, to) {
        let new = record(random.next() >> 8)
        updates.append(.rename(from: path, to: target, record: new))
        next[target] = (new, tree[path]!.facts)
      }
      _ = try store.commit(updates)
      tree = next
    }
    try tree.load(fresh.directory)
    #expect(try Contents(scratch.directory) == Contents(fresh.directory))
  }

  @Test func aRenameWritesPathsOnlyAndNotOverOthers() throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 6)
    let tree: Tree = [TreePath("a"): (record(1), .random(&random)), TreePath("b"): (record(2), FileFacts())]
    try tree.load(scratch.directory)
    let store = try opened(scratch.directory)
    // The record, the path and the address of the file, its old key and address, the generation.
    let id = try store.file(TreePath("a"))?.0
    #expect(
      try store.commit([.rename(from: TreePath("a"), to: TreePath("c"), record: record(3))])
        == CommitReport(generation: 2, rowsWritten: 6, files: [id]))
    for (from, to) in [("c", "b"), ("unknown", "d"), ("b", "")] {
      let update = FileUpdate.rename(from: TreePath(from), to: TreePath(to), record: record(4))
      #expect(throws: StoreError.self) { try store.commit([update]) }
    }
    #expect(store.generation == 2)
    _ = try store.commit([
      .rename(from: TreePath("c"), to: TreePath("b"), record: record(5)),
      .rename(from: TreePath("b"), to: TreePath("c"), record: record(6)),
    ])
    #expect(try store.file(TreePath("b"))?.0 == id)
    #expect(try store.file(TreePath("b"))?.1 == record(5))
  }

  @Test func onlyWhatChangedIsWritten() throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 2)
    var tree = Tree.random(&random, files: 10)
    var facts = FileFacts()
    let names = (0..<4).map { facts.names.intern("unlike any other \($0)") }
    for index in 0..<100 as Range<UInt32> {
      let span = Span(start: Position(row: index, column: 0), end: Position(row: index + 1, column: 0))
      facts.entities.append(
        Entity(kind: .function, name: facts.names.intern("f\(index)"), signature: names[0], local: index, span: span))
      for _ in 0..<3 { facts.edges.append(Edge(kind: .calls, from: index, name: names[1], position: span.start)) }
    }
    tree[TreePath("file")] = (record(1), facts)
    try tree.load(scratch.directory)
    let store = try opened(scratch.directory)
    let path = TreePath("file")

    // Nothing but the generation.
    #expect(try store.commit([store.update(path, record(1), facts)]).rowsWritten == 1)
    #expect(try store.commit([.restamp(path: path, record: record(1))]).rowsWritten == 1)
    #expect(try store.commit([.restamp(path: path, record: record(2))]).rowsWritten == 2)

    // A line above everything: the facts and the record, no index row.
    var moved = facts
    for index in moved.entities.indices { moved.entities[index].span.start.row += 1 }
    #expect(try store.commit([store.update(path, record(3), moved)]).rowsWritten == 3)

    // A function more at the top that calls: a definition, its name, and a mention.
    var longer = moved
    for index in longer.edges.indices { longer.edges[index].from += 1 }
    longer.entities.insert(
      Entity(kind: .function, name: names[2], signature: names[0], span: moved.entities[0].span), at: 0)
    longer.edges.insert(Edge(kind: .calls, from: 0, name: names[1], position: Position(row: 0, column: 0)), at: 0)
    #expect(try store.commit([store.update(path, record(3), longer)]).rowsWritten == 5)

    // A new file: record, path, address, facts, number of the next; and away again.
    #expect(try store.commit([store.update(TreePath("new"), record(4), FileFacts())]).rowsWritten == 6)
    #expect(try store.commit([.remove(path: TreePath("new"))]).rowsWritten == 5)
    #expect(try store.commit([.remove(path: TreePath("new"))]).files == [nil])
    #expect(try store.commit([]).generation == store.generation)
  }

  @Test func oldNamesMayComeFromTheCallersOwnTable() throws {
    let scratch = try Scratch()
    try Tree().load(scratch.directory)
    let store = try opened(scratch.directory)
    var old = FileFacts()
    _ = old.names.intern("never used, so not in the store's table")
    let span = Span(start: Position(row: 0, column: 0), end: Position(row: 1, column: 0))
    for name in ["first", "second"] {
      let name = old.names.intern(name)
      old.entities.append(Entity(kind: .function, name: name, signature: name, span: span))
      old.edges.append(Edge(kind: .calls, from: UInt32(old.entities.count - 1), name: name, position: span.start))
    }
    let path = TreePath("file")
    let added = FactsDelta(from: FileFacts(), to: &old)
    _ = try store.commit([.replace(path: path, record: record(1), facts: old, delta: added)])
    var new = FileFacts()
    let emptied = FactsDelta(from: old, to: &new)
    let update = FileUpdate.replace(path: path, record: record(1), facts: new, delta: emptied, oldNames: old.names)
    _ = try store.commit([update])
    let counts = try GraphReader(scratch.directory).snapshot().counts()
    #expect(counts == Snapshot.Counts(files: 1, definitions: 0, mentions: 0))
  }

  /// A batch that fails in the middle changes nothing, and the next one is none the worse.
  @Test func failedBatchChangesNothing() throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 3)
    let tree = Tree.random(&random, files: 20)
    try tree.load(scratch.directory)
    let store = try opened(scratch.directory)
    let before = try Contents(scratch.directory)
    let path = TreePath("new")
    let good = try store.update(path, record(1), .random(&random))
    #expect(throws: StoreError.self) {
      try store.commit([.remove(path: Tree.path(1)), good, .restamp(path: TreePath("unknown"), record: record(1))])
    }
    // A delta made from facts that are not those of the store: it would leave a ghost.
    var facts = FileFacts()
    facts.names = NameTable()
    let span = Span(start: Position(row: 0, column: 0), end: Position(row: 1, column: 0))
    let name = facts.names.intern("ghost")
    facts.entities.append(Entity(kind: .function, name: name, signature: name, span: span))
    var empty = FileFacts()
    let wrong = FactsDelta(from: facts, to: &empty)
    #expect(throws: StoreError.self) {
      try store.commit([
        good,
        .replace(path: Tree.path(2), record: record(1), facts: empty, delta: wrong, oldNames: facts.names),
      ])
    }
    #expect(throws: StoreError.self) { try store.commit([store.update(.root, record(1), facts)]) }
    #expect(store.generation == 1)
    #expect(try store.file(path) == nil)
    #expect(try Contents(scratch.directory) == before)
    #expect(try store.commit([good]).generation == 2)
    #expect(try store.file(path) != nil)
  }

  @Test func numbersOfFilesAreNotUsedTwice() throws {
    let scratch = try Scratch()
    try Tree().load(scratch.directory)
    let path = TreePath("file")
    var store = try opened(scratch.directory)
    let first = try store.commit([store.update(path, record(1), FileFacts())]).files[0]
    _ = try store.commit([.remove(path: path)])
    store.close()
    store = try opened(scratch.directory)
    let second = try store.commit([store.update(path, record(1), FileFacts())]).files[0]
    #expect(first == FileID(rawValue: 0))
    #expect(second == FileID(rawValue: 1))
    #expect(throws: StoreError.self) {
      store.close()
      _ = try store.file(path)
    }
  }

  @Test func reopenedStoreGoesOn() throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 4)
    try Tree.random(&random, files: 8).load(scratch.directory)
    var store = try opened(scratch.directory)
    for _ in 0..<5 { _ = try store.commit([store.update(TreePath("x"), record(random.next() >> 8), .random(&random))]) }
    let contents = try Contents(scratch.directory)
    store.close()
    store = try opened(scratch.directory)
    #expect(store.generation == 6)
    #expect(try Contents(scratch.directory) == contents)
    #expect(try store.commit([.remove(path: TreePath("x"))]).generation == 7)
    // A full ingest counts on from there.
    store.close()
    #expect(try Tree().load(scratch.directory).generation == 8)
  }

  @Test func filesBelowADirectory() throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 8)
    let tree = Tree.random(&random, files: 40)
    try tree.load(scratch.directory)
    let store = try opened(scratch.directory)
    let deep = TreePath(String(repeating: "deep/", count: 119) + "deep")
    let long = TreePath(String(repeating: "long/", count: 1_000) + "long")
    for below in [.root, TreePath("a"), TreePath("src"), TreePath("src/part1"), TreePath("sr"), deep, long] {
      var found: [TreePath] = []
      try store.forEachFile(below: below) { path, _, record in
        #expect(record == tree[path]!.record)
        found.append(path)
      }
      #expect(found == tree.keys.filter { $0.isWithin(below) }.sorted())
    }
  }
}
