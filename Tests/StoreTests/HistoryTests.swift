import Graph
import TestSupport
import Testing

@testable import Store

@Suite struct HistoryTests {
  private let scratch: Scratch
  private let store: GraphStore

  /// A store with one file at generation 1.
  init() throws {
    scratch = try Scratch()
    try [TreePath("a"): (record(1), FileFacts())].load(scratch.directory)
    store = try opened(scratch.directory)
  }

  /// Commits a batch with this in its history. Returns the rows that it took.
  @discardableResult
  private func commit(_ changes: [FileChange]) throws -> Int {
    let update = FileUpdate.restamp(path: TreePath("a"), record: record(store.generation + 1))
    return try store.commit([update], changes: changes).rowsWritten
  }

  private func history(since generation: UInt64) throws -> ChangeHistory {
    try GraphReader(scratch.directory).snapshot().changes(since: generation)
  }

  private func known(since generation: UInt64) throws -> [[FileChange]]? {
    if case .known(let batches) = try history(since: generation) { batches } else { nil }
  }

  private func oldest() throws -> UInt64? {
    if case .tooOld(let oldest) = try history(since: 0) { oldest } else { nil }
  }

  @Test func batchesReadAsTheyWereWritten() throws {
    var random = SeededGenerator(seed: 1)
    var written: [[FileChange]] = []
    for _ in 0..<40 {
      let batch = (0..<Int.random(in: 1...5, using: &random)).map { _ in FileChange.random(&random) }
      written.append(batch)
      try commit(batch)
    }
    for since in 1...41 as ClosedRange<UInt64> { #expect(try known(since: since) == Array(written[Int(since - 1)...])) }
  }

  @Test func aBatchCostsOneRowOfHistory() throws {
    var random = SeededGenerator(seed: 2)
    let without = try commit([])
    #expect(try commit([.random(&random)]) == without + 1)
    #expect(try commit([]) == without)
    #expect(try known(since: 1)?.count == 1)
  }

  @Test func whatIsNotKnownIsSaid() throws {
    #expect(try oldest() == 1)
    #expect(try known(since: 1) == [])
    guard case .future = try history(since: 2) else { throw StoreError.inconsistent("a generation to come") }
    // A full ingest does not say what it changed.
    var random = SeededGenerator(seed: 3)
    try commit([.random(&random)])
    store.close()
    try [TreePath("a"): (record(1), FileFacts())].load(scratch.directory)
    #expect(try oldest() == 3)
    #expect(try known(since: 2) == nil)
    #expect(try known(since: 3) == [])
  }

  @Test func historyIsBoundedInBatches() throws {
    var random = SeededGenerator(seed: 4)
    store.historyBounds.batches = 5
    for _ in 0..<3 { try commit([.random(&random)]) }
    #expect(try oldest() == 1)
    var rows: [Int] = []
    for _ in 0..<20 { rows.append(try commit([.random(&random)])) }
    // Generations 20 to 24 are left.
    #expect(try oldest() == 19)
    #expect(try known(since: 19)?.count == 5)
    #expect(try known(since: 18) == nil)
    // The record, the generation, the new batch, the old one.
    #expect(rows.last == 4)
  }

  @Test func historyIsBoundedInBytes() throws {
    store.historyBounds.bytes = 100_000
    let large = FileChange(
      .modified, TreePath("a"), language: LanguageID(rawValue: 0),
      details: ChangeDetails(
        entities: (0..<400).map { .init(.added, EntityTail(kind: .function, text: "function_\($0)")) }))
    for _ in 0..<40 { try commit([large]) }
    let first = try #require(try oldest())
    let batches = try #require(try known(since: first))
    #expect((5...20).contains(batches.count))
    #expect(batches.allSatisfy { $0 == [large] })
    // One that is larger than all may be.
    store.historyBounds.bytes = 1
    try commit([large])
    #expect(try known(since: store.generation - 1) == [[large]])
    #expect(try oldest() == store.generation - 1)
  }

  @Test func malformedRowsAreErrors() throws {
    var random = SeededGenerator(seed: 5)
    let good = ChangesCodec.encode((0..<3).map { _ in .random(&random) })
    for round in 0..<300 {
      var bytes = good
      if round < 100 {
        bytes = Array(bytes.prefix(round * bytes.count / 100))
      } else {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
      }
      // Whatever the bytes are, they are read or refused.
      _ = try? bytes.withUnsafeBytes { (bytes) throws(MalformedBytes) in try ChangesCodec.decode(bytes) }
    }
    try commit([.random(&random)])
    store.close()
    let lease = try EnvironmentLease(scratch.environment, .write(mapSize: 1 << 20))
    var transaction = try WriteTransaction(lease)
    var rows = TableWriter(transaction.view, [])
    try rows.put(transaction.view.tables.changes, Key.bigEndian(UInt64(2)), Array(good.dropLast()))
    try transaction.commit()
    #expect(throws: StoreError.self) { try history(since: 1) }
  }
}

extension FileChange {
  static func random(_ random: inout SeededGenerator) -> FileChange {
    func text() -> String { "text\(Int.random(in: 0...9, using: &random))" }
    func bytes() -> [UInt8] { Bool.random(using: &random) ? Array(text().utf8) : [0xFF, 0x00] }
    func number() -> Int { Int.random(in: 0...300, using: &random) }
    func tail() -> EntityTail { EntityTail(kind: EntityKind.allCases.randomElement(using: &random)!, text: text()) }
    let kind = [Kind.added, .modified, .removed, .renamed].randomElement(using: &random)!
    let entities = (0..<Int.random(in: 0...6, using: &random)).map { _ in
      ChangeDetails.EntityChange(
        [ChangeDetails.Change.added, .changed, .removed].randomElement(using: &random)!, tail())
    }
    let edges = (0..<Int.random(in: 0...6, using: &random)).map { _ in
      ChangeDetails.EdgeChange(
        ChangeDetails.EdgeValue(
          kind: EdgeKind.allCases.randomElement(using: &random)!, from: Bool.random(using: &random) ? tail() : nil,
          name: bytes(), qualifier: Bool.random(using: &random) ? bytes() : nil,
          alias: Bool.random(using: &random) ? bytes() : nil), count: number() - 150)
    }
    return FileChange(
      kind, TreePath(bytes: bytes()), from: kind == .renamed ? TreePath(text()) : nil,
      language: LanguageID(rawValue: .random(in: 0...400, using: &random)),
      counts: Counts(
        entitiesAdded: number(), entitiesChanged: number(), entitiesRemoved: number(), edgesAdded: number(),
        edgesRemoved: number()),
      details: Bool.random(using: &random) ? nil : ChangeDetails(entities: entities, edges: edges))
  }
}
