import Foundation
import Graph
import TestSupport
import Testing

@testable import Store

/// Readers that stay inside their transactions while batches come.
@Suite struct StuckReaderTests {
  private let scratch: Scratch
  private let store: GraphStore
  private var random = SeededGenerator(seed: 21)
  private var tree: Tree = [:]

  init() throws {
    scratch = try Scratch()
    for index in 0..<10 {
      tree[TreePath("file\(index)")] = (record(1), .random(&random, entities: 300, edges: 300, names: 2_000))
    }
    try tree.load(scratch.directory)
    store = try opened(scratch.directory)
    store.growth.bounds.bytes = 256 << 10
  }

  private mutating func commit(_ batches: Int) throws {
    for _ in 0..<batches {
      let path = TreePath("file\(Int.random(in: 0..<10, using: &random))")
      tree[path] = (record(1), .random(&random, entities: 300, edges: 300, names: 2_000))
      _ = try store.commit([try store.update(path, tree[path]!.record, tree[path]!.facts)])
    }
  }

  private func bytes(of environments: [String]) throws -> [Int] {
    try environments.map {
      try FileManager.default.attributesOfItem(atPath: $0 + "/data.mdb")[.size] as! Int
    }
  }

  @Test mutating func theyDoNotMakeTheStoreGrow() throws {
    let reader = try GraphReader(scratch.directory)
    let first = try reader.snapshot()
    let whole = try bytes(of: scratch.environments)[0]
    // Twice what it holds, the bound, and a batch; random facts differ in size.
    let most = 3 * whole + (512 << 10)
    try commit(40)
    let second = try reader.snapshot()
    try commit(40)
    #expect(try scratch.environments.count == 3)
    #expect(try bytes(of: scratch.environments).allSatisfy { $0 < most })
    #expect(first.generation == 1 && second.generation == 41)
    #expect(try (0..<10).allSatisfy { try first.facts(FileID(rawValue: $0)).lines > 0 })
    #expect(try reader.snapshot().generation == 81)
    let fresh = try Scratch()
    try tree.load(fresh.directory)
    #expect(try Contents(scratch.directory) == Contents(fresh.directory))
  }

  @Test mutating func whatTheyReadGoesAfterThem() throws {
    do {
      let snapshot = try GraphReader(scratch.directory).snapshot()
      try commit(40)
      #expect(try scratch.environments.count == 2)
      #expect(snapshot.generation == 1)
    }
    store.close()
    _ = try opened(scratch.directory)
    #expect(try scratch.environments.count == 1)
  }

  /// Without one there is no copy to be made.
  @Test mutating func withoutThemPagesAreUsedAgain() throws {
    store.growth.bounds.bytes = 2 << 20
    try commit(200)
    #expect(try scratch.environments == [scratch.directory.path + "/env-1"])
    #expect(store.storeBytes < 2 << 20)
  }

  @Test mutating func whereNoCopyCanBeMadeBatchesGoOn() throws {
    let obstacle = scratch.directory.path + "/current.new"
    try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: false)
    let snapshot = try GraphReader(scratch.directory).snapshot()
    try commit(40)
    #expect(try scratch.environments.count == 1)
    try FileManager.default.removeItem(atPath: obstacle)
    try commit(10)
    #expect(try scratch.environments.count == 2)
    #expect(try GraphReader(scratch.directory).snapshot().generation == 51)
    #expect(snapshot.generation == 1)
  }
}
