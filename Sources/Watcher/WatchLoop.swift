internal import Discovery
internal import Glibc
internal import Graph
internal import Platform

/// The watcher's thread at work: reads the kernel's events, keeps the watches in step with the tree, and sends what the
/// engine has to look at. Belongs to that thread.
final class WatchLoop {
  let options: WatchOptions
  let root: Directory
  let rules: IgnoreRules
  let walker: TreeWalker
  let events: BoundedQueue<WatchEvent>
  let stop: StopFlag
  let counts: WatchCounts
  let mountObserver: MountObserver

  var library: NotifyLibrary
  var registry = WatchRegistry()
  var syncWatch: CInt = 0
  /// Watches of directories that are ignored but hold ignore rules, by number.
  var ruleWatches: [CInt: TreePath] = [:]

  /// What is watched around the tree, by number.
  var surroundings: [CInt: Surrounding] = [:]
  /// Files of the tree that hold rules though their names do not say so.
  var outerFilesInTree: Set<TreePath> = []

  /// The events being handled, when they were read, and the watches that end among them.
  var batch: [RawEvent] = []
  var batchTime = MonotonicTime.now
  var ended: Set<CInt> = []
  /// Watches given up that reported since, with the time when they first did. Each ends with an event.
  var strays: [CInt: MonotonicTime] = [:]
  /// That a directory was moved away, to be sent after the event that comes next.
  var departure: WatchEvent?
  /// Directories whose ignore files changed, to be scanned when the batch is through.
  var changedRules: Set<TreePath> = []
  /// Those whose ignore files are being written, and when they are scanned even if the writing goes on.
  var rulesInWriting: Set<TreePath> = []
  var rulesDue: MonotonicTime?

  var limitReported = false
  /// What was said of directories that are polled.
  var reported: [TreePath: Set<String>] = [:]
  /// When what events do not tell of is to be listed again.
  var pollDue: MonotonicTime?
  var lastPoll = MonotonicTime(nanoseconds: 0)
  /// The file systems mounted in the tree, as they were when it was looked at.
  var mounts: [TreePath: [[UInt8]]] = [:]
  /// True from when something left the root until it is seen to hold anything: it may be removed unseen, see ``lookAfterRoot()``.
  var rootMayBeEmpty = false
  /// Watches that the kernel ended since the library's records were counted.
  var endedSinceCount = 0
  var isOver = false

  init(
    options: WatchOptions, events: BoundedQueue<WatchEvent>, stop: StopFlag, counts: WatchCounts,
    mountObserver: MountObserver
  ) throws(WatchError) {
    self.options = options
    self.events = events
    self.stop = stop
    self.counts = counts
    self.mountObserver = mountObserver
    do { root = try Directory(options.rootPath) } catch { throw .system(error) }
    rules = IgnoreRules(root: root, options: options.ignore)
    walker = TreeWalker(root: root, rules: rules)
    library = try NotifyLibrary(root: root)
    do { try watchSyncDirectory() } catch { throw .system(error) }
  }

  /// Works until told to stop, or until the root is gone.
  func run() {
    scanAll(.start)
    send(.ready)
    while !stop.isSet && !isOver {
      batch.removeAll(keepingCapacity: true)
      read(waiting: mountObserver.hasChange ? 0 : patience)
      if mountObserver.takeChange() { followMounts() }
      if let pollDue, pollDue <= .now { poll() }
      handleBatch()
      if rootMayBeEmpty && batch.isEmpty { lookAfterRoot() }
    }
    report()
  }

  /// Whole seconds to wait for events; for ever unless there is something that no event will tell.
  private var patience: Int {
    var seconds = rootMayBeEmpty ? 1 : -1
    for case let due? in [pollDue, rulesDue] {
      let rest = Int(due.milliseconds(since: .now) / 1000) + 1
      seconds = seconds < 0 ? rest : min(seconds, rest)
    }
    return seconds
  }

  /// Adds to the batch, and to the watches that end in it. What is in the batch happened before ``batchTime``. Anything
  /// that gives up watches may call this, so it has to be followed by ``handleBatch()``, or to be called by that.
  func read(waiting seconds: Int) {
    let count = batch.count
    do {
      try library.read(into: &batch, waiting: seconds)
    } catch {
      end(.failed(.system(error)))
    }
    batchTime = .now
    for event in batch[count...] where event.isEnd { ended.insert(event.watch) }
  }

  /// Sends an event, waiting while the queue is full. A closed queue ends the watch.
  func send(_ event: WatchEvent) {
    if isOver { return }
    if events.push(event) == nil { isOver = true }
  }

  func end(_ loss: RootLoss) {
    send(.rootGone(loss))
    isOver = true
  }

  /// Shows the counts to other threads.
  func report() {
    counts.watched.store(registry.watchedCount, ordering: .releasing)
    counts.unwatched.store(registry.unwatched.count, ordering: .releasing)
  }
}
