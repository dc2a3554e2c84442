import CLMDB
import Glibc
import Graph
import Platform

/// Builds a new environment beside the one in use, and puts it in its place when it is finished. If it never is, the old
/// store stays as it was and the new environment goes: with this object, or with the next writer to open the store if the
/// process dies.
///
/// Belongs to one thread, in the process that holds the ``WriterLock``.
public final class BulkLoader {
  public struct Report: Hashable, Sendable {
    public var generation: UInt64
    public var storeBytes: Int
    /// Rows of all tables.
    public var rows: Int
  }

  private let directory: StoreDirectory
  private let identity: StoreIdentity
  private let environment: String
  private var table: AppendTransaction
  private var runs: [SortedRows] = []
  private var nextFile: UInt32 = 0
  /// What a single question goes through by the thousand, kept back so that it does not lie scattered among the facts: about 500 bytes
  /// a file.
  private var records: [(key: [UInt8], value: [UInt8])] = []
  /// By the file's number.
  private var paths: [[UInt8]] = []
  private var inclusions: [[UInt8]?] = []
  private var isFinished = false

  /// Most that are held in memory, about: 10 MB.
  private static let mostNameBlocks = 4096

  /// Bytes of rows that an ``IndexRunBuilder`` holds in memory before it spills them.
  public static let defaultRunBytes = 32 << 20

  public convenience init(_ directory: StoreDirectory, identity: StoreIdentity) throws(StoreError) {
    try self.init(directory, identity: identity, mapSize: Environment.roomyMap)
  }

  init(_ directory: StoreDirectory, identity: StoreIdentity, mapSize: Int) throws(StoreError) {
    self.directory = directory
    self.identity = identity
    do throws(StoreError) {
      try directory.removeLeftovers()
    } catch {
      // A link that leads nowhere will be replaced.
      guard error.asksForRebuild else { throw error }
    }
    environment = try directory.makeEnvironment()
    do throws(StoreError) {
      table = try AppendTransaction(EnvironmentLease(environment, .build(mapSize: mapSize)))
    } catch {
      StoreDirectory.removeEnvironment(environment)
      throw error
    }
  }

  deinit {
    if !isFinished { StoreDirectory.removeEnvironment(environment) }
  }

  /// For one of the threads that extract; `bytes` as in ``defaultRunBytes``. May be used on any thread.
  public func makeRunBuilder(bytes: Int = BulkLoader.defaultRunBytes) -> IndexRunBuilder {
    IndexRunBuilder(spillingInto: environment, bytes: bytes, languages: identity.languages)
  }

  /// Files come in order of their ids: 0, 1, 2 ...
  public func append(_ file: EncodedFile) throws(StoreError) {
    guard file.file.rawValue == nextFile else {
      throw .inconsistent("file \(file.file.rawValue) comes where \(nextFile) should")
    }
    guard !file.path.isRoot else { throw .inconsistent("the root of the tree is no file") }
    nextFile += 1
    let id = Key.bigEndian(file.file.rawValue)
    try table.reserve(file.facts.count + 64)
    try table.append(\.facts, id, file.facts)
    records.append(
      (Key.path(file.path.bytes, file.file), RecordCodec.encode(file.path.bytes, file.file, file.record)))
    paths.append(PathCodec.encode(file.path.bytes, file.record.language))
    inclusions.append(file.inclusions)
  }

  private func append(_ rows: KeyPath<Tables, MDB_dbi>, _ key: [UInt8], _ value: [UInt8]) throws(StoreError) {
    try table.reserve(key.count + value.count + 64)
    try table.append(rows, key, value)
  }

  /// The rows of some of the files; those of all must have come before the end.
  public func add(_ run: IndexRun) { runs.append(contentsOf: run.pieces) }

  /// Merges the index on some threads and writes it on this one, makes everything durable and switches to the new environment. Whatever it
  /// throws, `StoreError` or `SystemError`, the store is as it was.
  public func finish(threads: Int = 1) throws -> Report {
    records.sort { $0.key.lexicographicallyPrecedes($1.key) }
    for (key, value) in records { try append(\.files, key, value) }
    for (number, path) in paths.enumerated() { try append(\.paths, Key.bigEndian(UInt32(number)), path) }
    for case (let number, let inclusions?) in inclusions.enumerated() {
      try append(\.inclusions, Key.bigEndian(UInt32(number)), inclusions)
    }
    (records, paths, inclusions) = ([], [], [])
    try appendIndex(threads: threads)
    let generation = previousGeneration() + 1
    try table.putMeta(Meta.schema, Key.bigEndian(Tables.schema))
    try table.putMeta(Meta.generation, Key.bigEndian(generation))
    try table.putMeta(Meta.nextFile, Key.bigEndian(nextFile))
    try table.putMeta(Meta.root, identity.root)
    try table.putMeta(Meta.fingerprint, Key.bigEndian(identity.fingerprint))
    try table.putMeta(Meta.languages, LanguagesCodec.encode(identity.languages))
    try table.putMeta(Meta.options, OptionsCodec.encode(identity.options))
    // What was before is not told: history begins here.
    try table.append(\.changes, Key.bigEndian(generation), Seal.closed(ChangesCodec.beginning))
    let (storeBytes, rows) = try table.finish()
    let isDurable = try directory.switchTo(environment)
    isFinished = true
    // The store is complete; what cannot be removed now will be at the next start.
    if isDurable { try? directory.removeLeftovers() }
    return Report(generation: generation, storeBytes: storeBytes, rows: rows)
  }

  private func appendIndex(threads: Int) throws {
    let slices = IndexTable.allCases.flatMap { RowSlice.slices(of: $0, runs) }
    runs = []
    var names: [NameBlock] = []
    try ParallelWork.stream(slices, workers: Array(1...threads), name: "merge") { _, slice in
      slice.merged()
    } take: { merged in
      try table.append(merged)
      names += merged.names
      if names.count < Self.mostNameBlocks { return }
      try table.append(names)
      names = []
    }
    try table.append(names)
  }

  /// Generations go on from those of the store that is replaced, where that can be read.
  private func previousGeneration() -> UInt64 {
    do throws(StoreError) {
      guard let old = try directory.currentEnvironment() else { return 0 }
      let transaction = try ReadTransaction(try EnvironmentLease(old, .read))
      return try transaction.read { (view) throws(StoreError) in try view.generation() }
    } catch {
      return 0
    }
  }
}
