import Foundation
import Graph
import TestSupport
import Testing

@testable import Store

@Suite struct BulkLoadTests {
  @Test func storeSaysWhatWasLoaded() throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 1)
    let tree = Tree.random(&random, files: 60)
    let report = try tree.load(scratch.directory)
    let snapshot = try GraphReader(scratch.directory).snapshot()
    #expect(report.generation == 1)
    #expect(snapshot.generation == 1)
    #expect(snapshot.root == identity.root)
    #expect(snapshot.languages == identity.languages)
    let contents = try Contents(snapshot)
    let expected = tree.expected()
    #expect(contents.definitions == expected.definitions)
    #expect(contents.mentions == expected.mentions)
    #expect(contents.files == tree.keys.sorted().map { "\($0) \(tree[$0]!.record) \(tree[$0]!.facts.described)" })
    #expect(contents.names == expected.definitions.map { "\($0.key) \($0.value.count)" }.sorted())
    #expect(contents.rows.definitions == expected.definitions.values.reduce(0) { $0 + $1.count })
    #expect(snapshot.storeBytes == report.storeBytes)
  }

  /// However rows are spread over builders and pieces, the store is the same.
  @Test func spilledRunsEqualUnspilled() throws {
    let (first, second, third) = (try Scratch(), try Scratch(), try Scratch())
    var random = SeededGenerator(seed: 2)
    var tree = Tree.random(&random, files: 120)
    tree[TreePath("big")] = (record(1), .random(&random, entities: 3_000, edges: 9_000, names: 30))
    let reports = [
      try tree.load(first.directory, workers: 1), try tree.load(second.directory, workers: 5),
      try tree.load(third.directory, workers: 3, runBytes: 20_000),
    ]
    let contents = try Contents(first.directory)
    #expect(try Contents(second.directory) == contents)
    #expect(try Contents(third.directory) == contents)
    #expect(Set(reports.map(\.rows)).count == 1)
    // Nothing but the environment is left of it.
    let left = try FileManager.default.contentsOfDirectory(atPath: third.environment).sorted()
    #expect(left == ["data.mdb", "lock.mdb"])
  }

  @Test func rowsOfOneNameFillManyPages() throws {
    let scratch = try Scratch()
    var facts = FileFacts()
    let name = facts.names.intern("everywhere")
    let span = Span(start: Position(row: 0, column: 0), end: Position(row: 1, column: 0))
    for index in 0..<30_000 as Range<UInt32> {
      facts.entities.append(Entity(kind: .function, name: name, signature: name, local: index, span: span))
      facts.edges.append(Edge(kind: .calls, from: index, name: name, position: span.start))
    }
    try [TreePath("a"): (record(1), facts), TreePath("b"): (record(2), facts)].load(scratch.directory, runBytes: 1_000)
    let snapshot = try GraphReader(scratch.directory).snapshot()
    let mentions = try snapshot.mentions(of: Array("everywhere".utf8))
    #expect(mentions.count == 60_000)
    #expect(Set(mentions).count == 60_000)
    let definitions = try snapshot.definitions(of: Array("everywhere".utf8))
    #expect(definitions.map(\.local) == Array(0..<30_000) + Array(0..<30_000))
  }

  @Test(arguments: [1, 3]) func runsAreMergedInSlices(workers: Int) throws {
    let scratch = try Scratch()
    let beginning = String(repeating: "so long that few fill a slice ", count: 5)
    var tree: Tree = [:]
    for file in 0..<3 {
      var facts = FileFacts()
      let span = Span(start: Position(row: 0, column: 0), end: Position(row: 1, column: 0))
      for index in 0..<8_000 as Range<UInt32> {
        let name = facts.names.intern(beginning + "\(Int(index) * (file + 1))")
        facts.entities.append(Entity(kind: .function, name: name, signature: name, local: index, span: span))
        facts.edges.append(Edge(kind: .calls, from: index, name: name, position: span.start))
      }
      tree[TreePath("file\(file)")] = (record(UInt64(file)), facts)
    }
    try tree.load(scratch.directory, workers: workers)
    let snapshot = try GraphReader(scratch.directory).snapshot()
    let contents = try Contents(snapshot)
    let expected = tree.expected()
    #expect(contents.definitions == expected.definitions)
    #expect(contents.mentions == expected.mentions)
    #expect(contents.names == expected.definitions.map { "\($0.key) \($0.value.count)" }.sorted())
    #expect(contents.rows.definitions == 24_000)
  }

  @Test func longNamesThatStartAlikeStayApart() throws {
    let scratch = try Scratch()
    let start = String(repeating: "prefix", count: 100)
    let names = ["1", "2", "", String(repeating: "z", count: 9_400)].map { start + $0 }
    var tree: Tree = [:]
    for (index, name) in names.enumerated() {
      var facts = FileFacts()
      let name = facts.names.intern(name)
      let span = Span(start: Position(row: 0, column: 0), end: Position(row: 1, column: 0))
      facts.entities.append(Entity(kind: .function, name: name, signature: name, span: span))
      facts.edges.append(Edge(kind: .calls, from: 0, name: name, position: span.start))
      tree[TreePath("dir/" + names[index])] = (record(UInt64(index)), facts)
    }
    try tree.load(scratch.directory)
    let snapshot = try GraphReader(scratch.directory).snapshot()
    for name in names {
      let (file, _) = try #require(try snapshot.file(TreePath("dir/" + name)))
      #expect(try snapshot.definitions(of: Array(name.utf8)).map(\.file) == [file])
      #expect(try snapshot.mentions(of: Array(name.utf8)).map(\.file) == [file])
    }
    #expect(try snapshot.file(TreePath("dir/" + start + "3")) == nil)
    #expect(try snapshot.definitions(of: Array((start + "3").utf8)).isEmpty)
  }

  @Test func unfinishedLoadLeavesTheStore() throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 3)
    try Tree.random(&random, files: 20).load(scratch.directory)
    let before = try Contents(scratch.directory)
    do {
      let loader = try BulkLoader(scratch.directory, identity: identity)
      var builder = loader.makeRunBuilder(bytes: 1)
      for index in 0..<10 as Range<UInt32> {
        let path = TreePath("new\(index)")
        try loader.append(
          try builder.add(.random(&random), file: FileID(rawValue: index), path: path, record: record(1)))
      }
      #expect(try scratch.environments.count == 2)
      #expect(throws: StoreError.self) {
        try loader.append(
          try builder.add(FileFacts(), file: FileID(rawValue: 11), path: TreePath("x"), record: record(1)))
      }
      loader.add(builder.finish())
    }
    #expect(try scratch.environments == [scratch.environment])
    #expect(try Contents(scratch.directory) == before)
  }

  /// Killed in the middle: what it left goes when the next writer comes.
  @Test func leftoversOfAKilledLoadAreRemoved() async throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 4)
    try Tree.random(&random, files: 20).load(scratch.directory)
    let before = try Contents(scratch.directory)
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = scratch.directory.path as String] in
      let loader = try BulkLoader(StoreDirectory(path: path), identity: identity)
      var builder = loader.makeRunBuilder()
      try loader.append(
        try builder.add(FileFacts(), file: FileID(rawValue: 0), path: TreePath("x"), record: record(1)))
      kill(getpid(), SIGKILL)
      withExtendedLifetime(loader) {}
    }
    #expect(try scratch.environments.count == 2)
    #expect(try Contents(scratch.directory) == before)
    let store = try opened(scratch.directory)
    #expect(try scratch.environments == [scratch.environment])
    #expect(store.generation == 1)
  }

  @Test func killedWriterKeepsWhatItCommitted() async throws {
    let scratch = try Scratch()
    try Tree().load(scratch.directory)
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = scratch.directory.path as String] in
      let store = try opened(StoreDirectory(path: path))
      var random = SeededGenerator(seed: 5)
      for index in 0..<20 {
        _ = try store.commit([store.update(TreePath("file\(index)"), record(1), .random(&random))])
      }
      kill(getpid(), SIGKILL)
      withExtendedLifetime(store) {}
    }
    let store = try opened(scratch.directory)
    #expect(store.generation == 21)
    #expect(try Contents(scratch.directory).files.count == 20)
    #expect(try store.commit([.remove(path: TreePath("file0"))]).generation == 22)
  }
}
