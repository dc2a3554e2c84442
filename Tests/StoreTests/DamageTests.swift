import CLMDB
import Foundation
import Graph
import TestSupport
import Testing

@testable import Store

@Suite struct DamageTests {
  /// A store of some files, closed.
  private func store() throws -> Scratch {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 31)
    try Tree.random(&random, files: 6).load(scratch.directory)
    return scratch
  }

  /// Both sides say so in a line, and a full ingest mends it.
  private func expectUnusable(_ scratch: Scratch, _ what: String, reader: Bool = true) throws {
    guard case .unusable(let reason) = try GraphStore.open(scratch.directory, identity: identity) else {
      Issue.record("\(what): taken for a sound store")
      return
    }
    #expect(!reason.contains("\n"))
    #expect(reason.contains(scratch.directory.path))
    if reader {
      let error = #expect(throws: StoreError.self) { _ = try GraphReader(scratch.directory).snapshot() }
      #expect(error?.asksForRebuild == true, "\(what): \(String(describing: error))")
    }
    var random = SeededGenerator(seed: 31)
    let tree = Tree.random(&random, files: 6)
    try tree.load(scratch.directory)
    #expect(try Contents(scratch.directory).definitions == tree.expected().definitions)
    _ = try opened(scratch.directory)
    #expect(try scratch.environments == [scratch.environment])
  }

  private func alter(_ scratch: Scratch, _ body: (inout Data) -> Void) throws {
    var data = try Data(contentsOf: URL(fileURLWithPath: scratch.dataFile))
    body(&data)
    try data.write(to: URL(fileURLWithPath: scratch.dataFile))
  }

  @Test func noStoreIsNoFault() throws {
    let scratch = try Scratch()
    guard case .absent = try GraphStore.open(scratch.directory, identity: identity) else {
      Issue.record("a store where there is none")
      return
    }
    #expect(throws: StoreError.noStore(path: scratch.directory.path)) { _ = try GraphReader(scratch.directory) }
    let nowhere = StoreDirectory(path: scratch.path + "/nowhere")
    #expect(throws: StoreError.noStore(path: nowhere.path)) { _ = try GraphReader(nowhere) }
  }

  @Test(arguments: [0, 1, 100, 4_096, 8_191, 8_192, 20_000]) func truncatedFile(size: Int) throws {
    let scratch = try store()
    try alter(scratch) { $0 = $0.prefix(size) }
    try expectUnusable(scratch, "\(size) bytes")
  }

  @Test func lastPageMissing() throws {
    let scratch = try store()
    try alter(scratch) { $0 = $0.dropLast(4_096) }
    try expectUnusable(scratch, "a page less")
  }

  @Test(arguments: [0, 4_096]) func headerOverwritten(offset: Int) throws {
    for seed in 0..<4 as Range<UInt64> {
      let scratch = try store()
      try alter(scratch) { data in
        var random = SeededGenerator(seed: seed)
        for index in offset..<offset + 4_096 { data[index] = .random(in: 0 ... .max, using: &random) }
      }
      try expectUnusable(scratch, "garbage at \(offset)")
    }
  }

  @Test func allGarbageOrZeroes() throws {
    for byte in [0x00, 0xFF, 0x2A] as [UInt8] {
      let scratch = try store()
      try alter(scratch) { $0 = Data(repeating: byte, count: $0.count) }
      try expectUnusable(scratch, "all \(byte)")
    }
  }

  @Test func dataFileMissing() throws {
    let scratch = try store()
    try FileManager.default.removeItem(atPath: scratch.dataFile)
    try expectUnusable(scratch, "no data file")
  }

  @Test func environmentMissing() throws {
    let scratch = try store()
    try FileManager.default.removeItem(atPath: scratch.environment)
    try expectUnusable(scratch, "no environment")
  }

  @Test func linkLeadsOutOfTheStore() throws {
    let scratch = try store()
    let elsewhere = try store()
    try FileManager.default.removeItem(atPath: scratch.directory.current)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.directory.current, withDestinationPath: elsewhere.environment)
    try expectUnusable(scratch, "link to elsewhere")
  }

  /// Changes the table `meta` of a closed store.
  private func putMeta(_ scratch: Scratch, _ key: String, _ value: [UInt8]?) throws {
    let lease = try EnvironmentLease(scratch.environment, .write(mapSize: 1 << 20))
    var transaction = try WriteTransaction(lease)
    var rows = TableWriter(transaction.view, [])
    if let value {
      try rows.putMeta(key, value)
    } else {
      try rows.delete(transaction.view.tables.meta, Array(key.utf8))
    }
    try transaction.commit()
  }

  @Test func otherSchema() throws {
    for schema in [0, Tables.schema + 1] {
      let scratch = try store()
      try putMeta(scratch, Meta.schema, Key.bigEndian(schema))
      let expected = StoreError.otherSchema(path: try scratch.environment, found: schema, known: Tables.schema)
      let error = #expect(throws: StoreError.self) { _ = try GraphReader(scratch.directory) }
      #expect(error == expected)
      if schema < Tables.schema {
        try expectUnusable(scratch, "schema \(schema)")
      } else {
        // Another program's work is not thrown away unasked.
        #expect(throws: expected) { try GraphStore.open(scratch.directory, identity: identity) }
      }
    }
  }

  @Test func metaRowMissingOrMalformed() throws {
    for key in [Meta.schema, Meta.generation, Meta.nextFile, Meta.root, Meta.fingerprint, Meta.languages] {
      for value in [nil, [1, 2, 3]] as [[UInt8]?] {
        let scratch = try store()
        try putMeta(scratch, key, value)
        let writerOnly = key == Meta.nextFile || key == Meta.fingerprint || (key == Meta.root && value != nil)
        try expectUnusable(scratch, "\(key) \(String(describing: value))", reader: !writerOnly)
      }
    }
  }

  @Test func tableMissing() throws {
    let scratch = try store()
    do {
      let lease = try EnvironmentLease(scratch.environment, .write(mapSize: 1 << 20))
      var transaction = try WriteTransaction(lease)
      #expect(mdb_drop(transaction.view.transaction, transaction.view.tables.mentions, 1) == 0)
      try transaction.commit()
    }
    try expectUnusable(scratch, "no mentions")
  }

  @Test func otherTreeOrLanguages() throws {
    let scratch = try store()
    var others = [identity, identity, identity]
    others[0].root = Array("/elsewhere".utf8)
    others[1].fingerprint = 8
    others[2].languages.removeLast()
    for other in others {
      guard case .unusable(let reason) = try GraphStore.open(scratch.directory, identity: other) else {
        Issue.record("taken for its own: \(other)")
        continue
      }
      #expect(reason.contains("full ingest"))
    }
    _ = try opened(scratch.directory)
  }

  /// Malformed values inside a sound environment are errors, never traps.
  @Test func malformedRows() throws {
    let scratch = try store()
    do {
      let lease = try EnvironmentLease(scratch.environment, .write(mapSize: 1 << 20))
      var transaction = try WriteTransaction(lease)
      var rows = TableWriter(transaction.view, [])
      try rows.put(transaction.view.tables.files, Array("a".utf8), [1, 2, 3])
      try rows.put(transaction.view.tables.facts, Key.bigEndian(UInt32(0)), [0xFF, 0xFF])
      try rows.put(transaction.view.tables.definitions, Array("odd".utf8), Array(repeating: 0xFF, count: 9))
      try rows.put(transaction.view.tables.mentions, Array("odd".utf8), Array(repeating: 0xFF, count: 9))
      try transaction.commit()
    }
    let snapshot = try GraphReader(scratch.directory).snapshot()
    #expect(throws: StoreError.self) { try snapshot.file(TreePath("a")) }
    #expect(throws: StoreError.self) { try snapshot.facts(FileID(rawValue: 0)) }
    #expect(throws: StoreError.self) { try snapshot.definitions(of: Array("odd".utf8)) }
    #expect(throws: StoreError.self) { try snapshot.mentions(of: Array("odd".utf8)) }
    #expect(throws: StoreError.self) { try snapshot.forEachFile(below: .root) { _, _, _ in } }
  }
}
