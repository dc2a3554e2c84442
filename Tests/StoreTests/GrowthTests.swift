import Foundation
import Glibc
import Graph
import Platform
import TestSupport
import Testing

@testable import Store

@Suite struct GrowthTests {
  @Test func mapGrowsWithoutLosingABatch() throws {
    let (scratch, fresh) = (try Scratch(), try Scratch())
    var random = SeededGenerator(seed: 11)
    var tree: Tree = [:]
    try tree.load(scratch.directory, mapSize: 256 << 10)
    let store = try opened(scratch.directory, mapSize: 256 << 10)
    for batch in 0..<6 {
      var updates: [FileUpdate] = []
      for index in 0..<20 {
        let path = TreePath("dir\(batch)/file\(index)")
        let facts = FileFacts.random(&random, entities: 300, edges: 600, names: 100_000)
        tree[path] = (record(1), facts)
        updates.append(try store.update(path, record(1), facts))
      }
      #expect(try store.commit(updates).generation == UInt64(batch + 2))
    }
    #expect(store.storeBytes > 1 << 20)
    try tree.load(fresh.directory)
    #expect(try Contents(scratch.directory) == Contents(fresh.directory))
  }

  /// So that no disk without room shows as SIGBUS when a reader takes a slot.
  @Test func theLockFileIsAllocatedWhole() throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 13)
    var tree: Tree = [:]
    tree[TreePath("a")] = (record(1), FileFacts.random(&random, entities: 3, edges: 6, names: 10))
    try tree.load(scratch.directory)
    var status = stat()
    try #require(stat(scratch.directory.path + "/env-1/lock.mdb", &status) == 0)
    #expect(status.st_blocks * 512 >= status.st_size)
  }

  @Test func bulkLoadGrowsToo() throws {
    let (scratch, fresh) = (try Scratch(), try Scratch())
    var random = SeededGenerator(seed: 12)
    var tree: Tree = [:]
    let big = FileFacts.random(&random, entities: 3_000, edges: 6_000, names: 100_000)
    for index in 0..<12 { tree[TreePath("file\(index)")] = (record(1), big) }
    let report = try tree.load(scratch.directory, mapSize: 128 << 10)
    #expect(report.storeBytes > 512 << 10)
    #expect(try tree.load(fresh.directory).rows == report.rows)
    let snapshots = [try GraphReader(scratch.directory).snapshot(), try GraphReader(fresh.directory).snapshot()]
    #expect(try snapshots[0].counts() == snapshots[1].counts())
    #expect(try snapshots[0].facts(FileID(rawValue: 11)).described == big.described)
  }

  /// The map of this process is too small for what another has written since.
  @Test func readerFollowsAMapThatAnotherProcessMadeLarger() async throws {
    let scratch = try Scratch()
    try Tree().load(scratch.directory, mapSize: 256 << 10)
    let reader = try GraphReader(scratch.directory)
    #expect(try reader.snapshot().counts().files == 0)
    await #expect(processExitsWith: .success) { [path = scratch.directory.path as String] in
      let store = try opened(StoreDirectory(path: path), mapSize: 64 << 20)
      var random = SeededGenerator(seed: 13)
      let facts = FileFacts.random(&random, entities: 3_000, edges: 3_000, names: 20_000)
      _ = try store.commit((0..<20).map { try store.update(TreePath("file\($0)"), record(1), facts) })
      store.close()
    }
    let snapshot = try reader.snapshot()
    #expect(snapshot.generation == 2)
    #expect(snapshot.storeBytes > 256 << 10)
    #expect(try snapshot.counts().files == 20)
  }

  /// The limit on the size of files stands for a disk that is full.
  @Test func fullDiskFailsTheBatchAndKeepsTheStore() async throws {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 14)
    let tree = Tree.random(&random, files: 20)
    try tree.load(scratch.directory)
    let before = try Contents(scratch.directory)
    await #expect(processExitsWith: .success) { [path = scratch.directory.path as String] in
      let directory = StoreDirectory(path: path)
      let store = try opened(directory)
      var random = SeededGenerator(seed: 15)
      let facts = FileFacts.random(&random, entities: 3_000, edges: 3_000, names: 20_000)
      let updates = try (0..<20).map { try store.update(TreePath("new\($0)"), record(1), facts) }
      signal(SIGXFSZ, SIG_IGN)
      try limitFileSize(to: rlim_t(store.storeBytes + 100_000))
      let error = #expect(throws: StoreError.self) { try store.commit(updates) }
      guard case .diskFull = error else { throw StoreError.inconsistent("\(String(describing: error))") }
      let loading = #expect(throws: StoreError.self) { try load(facts, directory) }
      guard case .diskFull = loading else { throw StoreError.inconsistent("\(String(describing: loading))") }
      #expect(store.generation == 1)
      #expect(try store.file(TreePath("new0")) == nil)
      try limitFileSize(to: .max)
      #expect(try store.commit(updates).generation == 2)
      #expect(try store.commit((0..<20).map { .remove(path: TreePath("new\($0)")) }).generation == 3)
    }
    var after = try Contents(scratch.directory)
    after.rows = before.rows
    #expect(after == before)
    #expect(try scratch.environments == [scratch.environment])
  }
}

private func load(_ facts: FileFacts, _ directory: StoreDirectory) throws {
  var tree: Tree = [:]
  for index in 0..<20 { tree[TreePath("big\(index)")] = (record(1), facts) }
  try tree.load(directory)
}

/// Of files that this process writes.
func limitFileSize(to bytes: rlim_t) throws {
  var limit = rlimit()
  getrlimit(__rlimit_resource_t(UInt32(RLIMIT_FSIZE.rawValue)), &limit)
  limit.rlim_cur = min(bytes, limit.rlim_max)
  if setrlimit(__rlimit_resource_t(UInt32(RLIMIT_FSIZE.rawValue)), &limit) != 0 {
    throw SystemError("limit", "the size of files")
  }
}
