public import Graph
import Platform

/// One generation of the store, seen whole and unchanging for as long as this lives; it keeps pages of the store from
/// being used again, so it should not live long. Used by one thread at a time.
public final class Snapshot {
  private let transaction: ReadTransaction
  private let lease: EnvironmentLease
  private let stop: StopFlag?
  public let generation: UInt64
  /// The root of the tree that the store is of.
  public let root: [UInt8]
  /// By ``LanguageID``.
  public let languages: [LanguageTraits]

  init(_ lease: EnvironmentLease, _ stop: StopFlag? = nil) throws(StoreError) {
    let transaction = try ReadTransaction(lease)
    generation = try transaction.view.generation()
    root = [UInt8](try transaction.view.meta(Meta.root))
    languages = try transaction.view.languages()
    self.transaction = transaction
    self.lease = lease
    self.stop = stop
  }

  /// Directory of the environment that this is of: another after each full ingest, which may count generations anew.
  public var environment: String { lease.environment.path }

  public func isSameState(as other: Snapshot) -> Bool {
    lease === other.lease && generation == other.generation
  }

  /// Of the run that made the store; see ``StoreIdentity/options``.
  public func options() throws(StoreError) -> [String] { try transaction.view.options() }

  /// True once nobody wants answers any more.
  public var isInterrupted: Bool { stop?.isSet ?? false }

  /// Throws ``StoreError/interrupted`` then.
  public func checkInterruption() throws(StoreError) {
    if isInterrupted { throw .interrupted }
  }

  public func file(_ path: TreePath) throws(StoreError) -> (FileID, FileRecord)? { try transaction.view.file(path) }

  public func file(_ file: FileID) throws(StoreError) -> (TreePath, FileRecord)? { try transaction.view.file(file) }

  /// A file's path and language alone, at half of what ``file(_:)-(FileID)`` costs; nil for a file that there is not.
  public func place(of file: FileID) throws(StoreError) -> (path: TreePath, language: LanguageID)? {
    try transaction.view.place(file).map { (TreePath(bytes: [UInt8]($0.path)), $0.language) }
  }

  public func language(of file: FileID) throws(StoreError) -> LanguageID? { try transaction.view.place(file)?.language }

  /// The file at `below` and all those below it, in byte order of path.
  public func forEachFile(below: TreePath, _ body: (TreePath, FileID, FileRecord) throws -> Void) throws {
    try transaction.view.forEachFile(below: below) { path, file, record in
      try checkInterruption()
      try body(path, file, record)
    }
  }

  /// The files whose ``ImportRule/address(of:)`` has this last segment, in order of their ids; of segments of 511 bytes and
  /// more also others.
  public func files(called segment: [UInt8]) throws(StoreError) -> [FileID] {
    try transaction.view.files(called: segment)
  }

  /// Calls `body` with each file's path, in byte order but for paths of about 500 bytes and more; the bytes are the store's own,
  /// for the call only. O(files).
  public func forEachPath(_ body: (UnsafeRawBufferPointer) -> Void) throws(StoreError) {
    try transaction.view.forEachPath(body)
  }

  /// O(size of the facts). Throws ``StoreError/damaged(path:detail:)`` if there are none.
  public func facts(_ file: FileID) throws(StoreError) -> FileFacts {
    try checkInterruption()
    return try transaction.view.requireFacts(file)
  }

  /// The same without those edges that are no imports, have no alias and do not bear a name: of a file that is looked into for its
  /// mentions.
  public func facts(_ file: FileID, mentioning name: [UInt8]) throws(StoreError) -> FileFacts {
    try checkInterruption()
    return try transaction.view.requireFacts(file, .mentions(of: name))
  }

  /// The facts of a file's entities: no edges, and no names that only edges use. All else, numbers of names among it, is as in
  /// ``facts(_:)``, of which this costs a part: about a third. O(entities).
  public func entities(_ file: FileID) throws(StoreError) -> FileFacts {
    try checkInterruption()
    return try transaction.view.requireFacts(file, .entities)
  }

  func factsValue(_ file: FileID) throws(StoreError) -> FactsValue? { try transaction.view.factsValue(file) }

  /// Calls `body` with the qualifier and the name of each import of a file in a language where they take in other files' text
  /// (``ImportRule/bringsAll``), in source order; the bytes are the store's own, for the call only.
  public func forEachInclusion(
    of file: FileID, _ body: (Inclusion) throws(StoreError) -> Void
  ) throws(StoreError) {
    try transaction.view.forEachInclusion(of: file, body)
  }

  /// The entities that bear a name, ordered by file.
  public func definitions(of name: UnsafeRawBufferPointer) throws(StoreError) -> [DefinitionRow] {
    try transaction.view.definitions(of: name)
  }

  public func definitions(of name: [UInt8]) throws(StoreError) -> [DefinitionRow] {
    try name.withUnsafeBufferPointer { (name) throws(StoreError) in
      try transaction.view.definitions(of: UnsafeRawBufferPointer(name))
    }
  }

  /// Those of one file. O(entities of that name in the file).
  public func definitions(of name: [UInt8], in file: FileID) throws(StoreError) -> [DefinitionRow] {
    try name.withUnsafeBufferPointer { (name) throws(StoreError) in
      try transaction.view.definitions(of: UnsafeRawBufferPointer(name), in: file)
    }
  }

  /// Who mentions a name, ordered by file; each once however often it does.
  public func mentions(of name: UnsafeRawBufferPointer) throws(StoreError) -> [MentionRow] {
    try transaction.view.mentions(of: name)
  }

  public func mentions(of name: [UInt8]) throws(StoreError) -> [MentionRow] {
    try name.withUnsafeBufferPointer { (name) throws(StoreError) in
      try transaction.view.mentions(of: UnsafeRawBufferPointer(name))
    }
  }

  /// Names that start with `prefix` and are borne by entities, in byte order (those of 511 bytes and more come after others that
  /// share their first 503): all that hold each of `parts`, capitals or not, and maybe others. `body` returns
  /// false to end. O(names / 100) and what it costs to look at those that may hold the parts; parts of less than three bytes
  /// spare no block.
  public func forEachName(
    prefix: [UInt8], holding parts: [[UInt8]] = [], _ body: (StoredName) throws -> Bool
  ) throws {
    try transaction.view.forEachName(prefix: prefix, holding: parts) { name in
      try checkInterruption()
      return try body(name)
    }
  }

  /// What the batches after a generation did, oldest first. O(history since then).
  public func changes(since generation: UInt64) throws(StoreError) -> ChangeHistory {
    try transaction.view.changes(since: generation, now: self.generation)
  }

  /// Rows of the tables.
  public struct Counts: Hashable, Sendable {
    public var files: Int
    public var definitions: Int
    public var mentions: Int
  }

  public func counts() throws(StoreError) -> Counts {
    let view = transaction.view
    return Counts(
      files: try view.count(view.tables.files), definitions: try view.count(view.tables.definitions),
      mentions: try view.count(view.tables.mentions))
  }

  /// For what only the reader of several tables can see.
  public func damaged(_ detail: String) -> StoreError { transaction.view.damaged(detail) }

  /// Bytes that the store takes on disk.
  public var storeBytes: Int { lease.environment.sizes().used }
}
