public import Graph

/// The writer's side of a store: reads what is there and replaces files, batch by batch. Belongs to one thread, in the
/// process that holds the ``WriterLock``.
public final class GraphStore {
  public enum Opening {
    case opened(GraphStore)
    case absent
    /// Why it has to be rebuilt, in one line.
    case unusable(String)
  }

  /// Number of the last batch.
  public internal(set) var generation: UInt64
  var nextFile: UInt32
  var historyBounds = HistoryBounds()
  var growth = Growth()
  let directory: StoreDirectory
  let languages: [LanguageTraits]
  var lease: EnvironmentLease? {
    didSet { if let lease { path = lease.environment.path } }
  }
  /// The environment's.
  private(set) var path: String

  private init(
    _ directory: StoreDirectory, _ lease: EnvironmentLease, _ view: View, _ languages: [LanguageTraits]
  ) throws(StoreError) {
    self.directory = directory
    self.lease = lease
    self.languages = languages
    path = lease.environment.path
    generation = try view.generation()
    nextFile = try view.metaNumber(Meta.nextFile, UInt32.self)
  }

  /// Opens the environment in use, and removes what crashed builds and readers left. A store that is damaged or that
  /// does not agree with `identity` is not opened, and is left as it is.
  public static func open(_ directory: StoreDirectory, identity: StoreIdentity) throws(StoreError) -> Opening {
    try open(directory, identity: identity, mapSize: Environment.roomyMap)
  }

  /// `mapSize` is what the map starts with, in bytes.
  static func open(
    _ directory: StoreDirectory, identity: StoreIdentity, mapSize: Int
  ) throws(StoreError) -> Opening {
    do throws(StoreError) {
      guard let environment = try directory.currentEnvironment() else { return .absent }
      let lease = try EnvironmentLease(environment, .write(mapSize: mapSize))
      lease.environment.clearStaleReaders()
      let transaction = try ReadTransaction(lease)
      let opening = try transaction.read { (view) throws(StoreError) -> Opening in
        if let reason = try disagreement(view, identity) { return .unusable("\(directory.path): \(reason)") }
        return .opened(try GraphStore(directory, lease, view, identity.languages))
      }
      if case .opened = opening { try directory.removeLeftovers() }
      return opening
    } catch {
      if error.asksForRebuild { return .unusable(error.description) }
      throw error
    }
  }

  private static func disagreement(_ view: View, _ identity: StoreIdentity) throws(StoreError) -> String? {
    let root = try view.meta(Meta.root)
    if !root.elementsEqual(identity.root) {
      return "the store is of another tree, \(Escaping.printable(root)); it has to be rebuilt by a full ingest"
    }
    let fingerprint = try view.metaNumber(Meta.fingerprint, UInt64.self)
    let languages = try view.languages()
    if fingerprint != identity.fingerprint || languages != identity.languages {
      return "the store was made with other languages, rules or options; it has to be rebuilt by a full ingest"
    }
    return nil
  }

  // MARK: Reading

  /// The file at `below` and all those below it, in byte order of path, from one snapshot. `body` must not commit.
  public func forEachFile(below: TreePath, _ body: (TreePath, FileID, FileRecord) throws -> Void) throws {
    let transaction = try ReadTransaction(try requireOpen())
    try transaction.read { try $0.forEachFile(below: below, body) }
  }

  public func file(_ path: TreePath) throws(StoreError) -> (FileID, FileRecord)? {
    let transaction = try ReadTransaction(try requireOpen())
    return try transaction.read { (view) throws(StoreError) in try view.file(path) }
  }

  /// O(size of the facts).
  public func facts(_ file: FileID) throws(StoreError) -> FileFacts? {
    let transaction = try ReadTransaction(try requireOpen())
    return try transaction.read { (view) throws(StoreError) in try view.facts(file) }
  }

  /// Bytes that the store takes on disk.
  public var storeBytes: Int { lease?.environment.sizes().used ?? 0 }

  // MARK: The end

  /// Makes everything committed durable, which it is already unless the disk lies.
  public func sync() throws(StoreError) { try requireOpen().environment.sync() }

  /// Nothing can be read or committed afterwards.
  public func close() { lease = nil }

  /// Throws `damaged` where somebody has found the store to be so since it was opened.
  public func requireUnmarked() throws(StoreError) {
    if let reason = DamageMark.reason(path) { throw .damaged(path: path, detail: reason) }
  }

  func requireOpen() throws(StoreError) -> EnvironmentLease {
    guard let lease else { throw .inconsistent("it was closed") }
    return lease
  }
}
