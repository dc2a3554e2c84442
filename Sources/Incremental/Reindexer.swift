public import Discovery
public import Graph
public import Platform
public import Store
internal import Syntax

/// Where the tree may differ from the store: single paths, and directories that were listed.
public struct TreeChanges: Sendable {
  /// All wanted files at and below a directory. A file that the store has there and the listing has not is gone.
  public struct Listing: Sendable {
    public var directory: TreePath
    public var files: [FoundFile]

    public init(directory: TreePath, files: [FoundFile]) {
      self.directory = directory
      self.files = files
    }
  }

  public var paths: [TreePath]
  public var listings: [Listing]

  public init(paths: [TreePath] = [], listings: [Listing] = []) {
    self.paths = paths
    self.listings = listings
  }
}

/// Brings the store up to the tree, reading only what may have changed and parsing only what has. Holds the trees of the
/// files parsed last. Belongs to one thread, the one that owns the store.
public final class Reindexer {
  /// Files that one transaction replaces at the most. A larger change is committed in several, each true of its files.
  static let batchLimit = 512

  let store: GraphStore
  let catalog: LanguageCatalog
  let reader: SourceReader
  let workers: [FileParser]
  let cache: TreeCache
  /// Files whose facts come of an incremental parse with syntax errors, which can depend on the way there.
  var unconfirmed: [TreePath] = []
  /// Files to parse ahead of their first edit, the likeliest last.
  var warmingQueue: [TreePath] = []
  /// Paths whose batch failed, to be looked at again with the next.
  var retries: Set<TreePath> = []

  /// Parsing stops early once `stop` is set; nothing is then committed.
  public init(_ settings: IngestSettings, store: GraphStore, stop: StopFlag) {
    self.store = store
    catalog = settings.catalog
    reader = settings.reader
    workers = (0..<settings.jobs).map { _ in
      FileParser(catalog: settings.catalog, timeLimit: settings.parseTimeLimit, stop: stop)
    }
    cache = TreeCache(limit: settings.treeCacheLimit)
    self.stop = stop
  }

  let stop: StopFlag

  /// Approximate memory of the trees that are kept, in bytes.
  public var cachedBytes: Int { cache.bytes }

  /// Looks at everything that `changes` names and commits what differs. `report` is called after each commit. Throws
  /// `StoreError`; what was not committed is then looked at again with the next call.
  public func apply(_ changes: TreeChanges, report: (BatchReport) -> Void) throws {
    var candidates = Set(changes.paths)
    candidates.formUnion(retries)
    for listing in changes.listings { try compare(listing, &candidates) }
    let ordered = candidates.sorted()
    retries = Set(ordered)
    var start = 0
    while start < ordered.count, !stop.isSet {
      let end = min(start + Self.batchLimit, ordered.count)
      if let batch = try reindex(Array(ordered[start..<end])) { report(batch) }
      if stop.isSet { return }
      retries.subtract(ordered[start..<end])
      start = end
    }
  }

  /// How much the store holds. O(files).
  public func totals() throws -> Totals {
    var totals = Totals(generation: store.generation)
    try store.forEachFile(below: .root) { _, _, record in
      totals.files += 1
      totals.entities += Int(record.entities)
      totals.edges += Int(record.edges)
    }
    return totals
  }

  /// Adds what the listing and the store do not agree on.
  private func compare(_ listing: TreeChanges.Listing, _ candidates: inout Set<TreePath>) throws {
    var found: [TreePath: FileStamp] = [:]
    found.reserveCapacity(listing.files.count)
    for file in listing.files { found[file.path] = file.stamp }
    try store.forEachFile(below: listing.directory) { path, _, record in
      guard let stamp = found.removeValue(forKey: path) else {
        candidates.insert(path)
        return
      }
      if stamp != record.stamp || record.racy || record.problem == .unreadable { candidates.insert(path) }
    }
    candidates.formUnion(found.keys)
  }
}

public struct Totals: Sendable {
  public var generation: UInt64
  public var files = 0
  public var entities = 0
  /// `contains` edges included.
  public var edges = 0
}
