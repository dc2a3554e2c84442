import Glibc
import Graph
import Incremental
import Platform
import Store
import Synchronization
import Watcher

/// `ptwatch <dir>`: ingest or catch up, then follow the tree until told to end. The calling thread is the one writer.
final class WatchRun {
  let session: TreeSession
  let screen: Screen
  let output: WatchOutput
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

  /// Why the run ends.
  enum Ending {
    case signal
    case rootGone(RootLoss)
    case storeGone
    case output(OutputFailure)
  }

  /// After a batch that failed, in milliseconds.
  static let retryDelay: UInt64 = 1000

  init(_ session: TreeSession, _ screen: Screen) {
    self.session = session
    self.screen = screen
    output = WatchOutput(screen)
  }

  /// Returns the exit status.
  func run() throws -> CInt {
    try session.store.create()
    let lock = try WriterLock(session.store)
    return try withExtendedLifetime(lock) { try watch() }
  }

  private func watch() throws -> CInt {
    let received = SignalBox()
    try Signals.onEnding { [stop = session.stop, events] number in
      received.set(number)
      stop.set()
      events.close()
    }
    guard let store = try openOrIngest() else {
      Complaint.report("interrupted; the store is as it was")
      return 130
    }
    let reindexer = Reindexer(session.settings, store: store, stop: session.stop)
    let watcher = TreeWatcher(options: watchOptions, events: events)
    try watcher.start()
    var failure: (any Error)?
    do { try follow(reindexer) } catch { failure = error }
    watcher.stop()
    try store.sync()
    let generation = store.generation
    store.close()
    if let failure { throw failure }
    return finish(generation, received)
  }

  private var watchOptions: WatchOptions {
    let catalog = session.settings.catalog
    return WatchOptions(
      rootPath: session.root, syncDirectoryPath: session.store.syncDirectory, ignore: session.settings.ignore,
      wants: { catalog.wants($0) })
  }

  /// The store, made first if there is none that fits; nil if that was interrupted.
  private func openOrIngest() throws -> GraphStore? {
    switch try GraphStore.open(session.store, identity: session.identity) {
    case .opened(let store): return store
    case .unusable(let reason): Complaint.report(reason)
    case .absent: break
    }
    guard let summary = try FullRun.ingest(session, screen) else { return nil }
    screen.note(SummaryReport(summary).text(screen))
    guard case .opened(let store) = try GraphStore.open(session.store, identity: session.identity) else {
      throw StoreError.noStore(path: session.store.path)
    }
    return store
  }
}

/// The signal that ends the run, from the thread that waits for it.
final class SignalBox: Sendable {
  private let value = Atomic<CInt>(0)

  var number: CInt { value.load(ordering: .acquiring) }

  var name: String {
    switch number {
    case SIGTERM: "SIGTERM"
    case SIGHUP: "SIGHUP"
    default: "SIGINT"
    }
  }

  func set(_ number: CInt) { value.store(number, ordering: .releasing) }
}
