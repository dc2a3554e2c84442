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
  /// ... and their bytes: all of their texts and trees are in memory until they are committed.
  static let batchByteLimit = 8 << 20

  let store: GraphStore
  let catalog: LanguageCatalog
  let reader: SourceReader
  let workers: [FileParser]
  let cache: TreeCache
  /// Files whose facts come of an incremental parse with syntax errors, which can depend on the way there.
  var unconfirmed: Set<TreePath> = []
  /// Files to parse ahead of their first edit, the likeliest last.
  var warmingQueue: [TreePath] = []
  /// What was not committed yet: each path with whether a listing said that it is gone. Stays when a batch fails, to be
  /// looked at again with the next.
  private var pending: [TreePath: Look] = [:]
  /// Files with several names that may have changed: an event tells of the name by which one was written, not of its
  /// others. With the stamp it has now; nil where the name that would tell has gone or stands for another file.
  var linked: [FileNode: FileStamp?] = [:]

  /// Bytes of trees that may still be kept of the change at hand.
  var treeRoom = 0

  /// What to make of a path.
  enum Look: Sendable {
    /// The disk says what is there.
    case atDisk
    /// Not among the wanted files that were listed: gone, or ignored now.
    case isUnlisted
  }

  /// Parsing stops early once `stop` is set; nothing is then committed.
  public init(_ settings: IngestSettings, store: GraphStore, stop: StopFlag) {
    self.store = store
    catalog = settings.catalog
    reader = settings.reader
    workers = (0..<settings.jobs).map { _ in settings.parser(stop: stop, keepsTrees: true) }
    cache = TreeCache(limit: settings.treeCacheLimit)
    self.stop = stop
  }

  let stop: StopFlag

  /// Approximate memory of the trees that are kept, in bytes.
  public var cachedBytes: Int { cache.bytes }

  /// Looks at everything that `changes` names and commits what differs. `report` is called after each commit. Throws
  /// `StoreError`; what was not committed is then looked at again with the next call.
  public func apply(_ changes: TreeChanges, report: (BatchReport) -> Void) throws {
    try store.requireUnmarked()
    treeRoom = cache.limit / 2
    try compare(changes.listings)
    for path in changes.paths { pending[path] = .atDisk }
    try reindexPending(report)
    // A look at the other names may find that one of them too has gone.
    while !linked.isEmpty, !stop.isSet {
      let changed = linked
      try store.forEachFile(below: .root) { path, _, record in
        if let stamp = changed[FileNode(record.stamp)], stamp != record.stamp { pending[path] = .atDisk }
      }
      linked = [:]
      try reindexPending(report)
      // A change since then has an event of its own.
      linked = linked.filter { $0.value == nil }
    }
  }

  private func reindexPending(_ report: (BatchReport) -> Void) throws {
    for paths in try batches(of: pending.keys.sorted()) {
      if stop.isSet { return }
      let batch = try reindex(paths.map { ($0, pending[$0] ?? .atDisk) })
      // Nil if it was stopped; what was committed is told of even so.
      if let batch { report(batch) }
      if stop.isSet { return }
      for path in paths { pending[path] = nil }
    }
  }

  /// True if the store does not have the file at `path`, and the file is gone, if it was removed, or else its name alone
  /// does not make it source. What was removed need not be gone: of two files that change places one is removed after the
  /// other came to its path.
  public func isDoubtful(_ path: TreePath, wasRemoved: Bool) throws -> Bool {
    if wasRemoved ? reader.stamp(path) != nil : catalog.language(of: path) != nil { return false }
    return try store.file(path) == nil
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

  /// Notes what the listings and the store do not agree on. Where listings overlap, the later is right, and all are newer
  /// than what is left of a batch that failed: a file may have come to be ignored in between.
  private func compare(_ listings: [TreeChanges.Listing]) throws {
    if listings.isEmpty { return }
    var newest: [TreePath: Int] = [:]
    for (number, listing) in listings.enumerated() { newest[listing.directory] = number }
    for path in pending.keys where Self.isListed(path, after: -1, in: newest) { pending[path] = nil }
    for (number, listing) in listings.enumerated() {
      let isLast = number == listings.count - 1
      try compare(listing) { !isLast && Self.isListed($0, after: number, in: newest) }
    }
  }

  /// True if the directory at `path` or one around it was listed after listing `number`.
  private static func isListed(_ path: TreePath, after number: Int, in newest: [TreePath: Int]) -> Bool {
    var path = path
    while true {
      if let listing = newest[path], listing > number { return true }
      if path.isRoot { return false }
      path = path.parent
    }
  }

  private func compare(_ listing: TreeChanges.Listing, isOutdated: (TreePath) -> Bool) throws {
    var found: [TreePath: FileStamp] = [:]
    found.reserveCapacity(listing.files.count)
    for file in listing.files where !isOutdated(file.path) { found[file.path] = file.stamp }
    try store.forEachFile(below: listing.directory) { path, _, record in
      guard let stamp = found.removeValue(forKey: path) else {
        pending[path] = .isUnlisted
        return
      }
      if record.unconfirmed { unconfirmed.insert(path) }
      let isSame = stamp == record.stamp && !record.racy && record.problem != .unreadable
      pending[path] = isSame ? nil : .atDisk
    }
    for path in found.keys { pending[path] = .atDisk }
  }
}

/// A file, whatever its names.
struct FileNode: Hashable {
  let device: UInt64
  let inode: UInt64

  init(_ stamp: FileStamp) { (device, inode) = (stamp.device, stamp.inode) }
}

public struct Totals: Sendable {
  public var generation: UInt64
  public var files = 0
  public var entities = 0
  /// `contains` edges included.
  public var edges = 0
}
