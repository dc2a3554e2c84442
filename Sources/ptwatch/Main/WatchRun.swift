import Glibc
import Graph
import Incremental
import Platform
import Store
import Watcher

/// Ingest or catch up, then follow the tree until told to end or the tree is gone. The calling thread is the one writer.
final class WatchRun {
  let session: TreeSession
  let screen: Screen
  let output: WatchOutput
  let interruption: Interruption
  private let pollInterval: Int?
  let events = BoundedQueue<WatchEvent>(capacity: 8192)
  var coalescer = Coalescer()
  /// Cookies that wait for a batch that failed.
  var openCookies: [String] = []
  var begun = MonotonicTime.now
  /// Set when the watcher has listed the whole tree, until that is said.
  var isReadyDue = false
  var isReady = false
  /// What was committed before the run was ready: changes of the time when nobody watched.
  var caughtUp = CaughtUp()
  var retryAt: MonotonicTime?
  var isDiskFull = false
  var ending: Ending?
  /// Set when the store was found to be removed.
  var isStoreGone = false
  /// The right to write, while the run lasts.
  var lock: WriterLock?

  enum Outcome {
    /// With an exit status, and everything said.
    case ended(CInt)
    case rootGone(RootLoss, generation: UInt64)
  }

  /// Why the run ends.
  enum Ending {
    case signal
    case rootGone(RootLoss)
    case storeGone
    case output(OutputFailure)
  }

  /// After a batch that failed, in milliseconds.
  static let retryDelay: UInt64 = 1000
  /// How long nothing has to happen to a tree that may be being removed, in milliseconds.
  static let quietTime: UInt64 = 500
  /// How long that is waited for where something does happen.
  static let longestRemoval: UInt64 = 30_000

  /// `polling` is the interval in seconds in which the whole tree is to be listed, if it is.
  init(_ session: TreeSession, _ screen: Screen, _ interruption: Interruption, polling pollInterval: Int?) {
    self.session = session
    self.screen = screen
    self.interruption = interruption
    self.pollInterval = pollInterval
    output = WatchOutput(screen)
  }

  func run() throws -> Outcome {
    try session.store.create()
    lock = try WriterLock(session.store)
    defer { lock = nil }
    return try watch()
  }

  private func watch() throws -> Outcome {
    interruption.closes(events)
    guard let store = try openOrIngest() else {
      Complaint.report("interrupted; the store is as it was")
      return .ended(130)
    }
    defer { store.close() }
    let reindexer = Reindexer(session.settings, store: store, stop: session.stop)
    let watcher = TreeWatcher(options: watchOptions, events: events)
    try watcher.start()
    var failure: (any Error)?
    do { try follow(reindexer) } catch { failure = error }
    watcher.stop()
    if let failure { throw failure }
    let generation = store.generation
    if case .rootGone(let loss) = ending {
      // The store may be gone with it.
      try? store.sync()
      return .rootGone(loss, generation: generation)
    }
    try store.sync()
    return .ended(finish(generation))
  }

  private var watchOptions: WatchOptions {
    let catalog = session.settings.catalog
    return WatchOptions(
      rootPath: session.root, syncDirectoryPath: session.store.syncDirectory, ignore: session.settings.ignore,
      wants: { catalog.wants($0) }, polls: pollInterval != nil,
      pollInterval: pollInterval ?? WatchOptions.standardPollInterval)
  }

  /// The store, made first if there is none that fits; nil if that was interrupted.
  private func openOrIngest() throws -> GraphStore? {
    switch try GraphStore.open(session.store, identity: session.identity) {
    case .opened(let store): return store
    case .unusable(let reason): Complaint.report(reason)
    case .absent: break
    }
    guard let summary = try FullRun.ingest(session, screen) else { return nil }
    screen.note(SummaryReport(summary).text(screen.notePaint, isVerbose: screen.isVerbose))
    guard case .opened(let store) = try GraphStore.open(session.store, identity: session.identity) else {
      throw StoreError.noStore(path: session.store.path)
    }
    return store
  }
}
