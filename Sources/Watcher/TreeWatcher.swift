public import Platform
internal import Synchronization

/// Watches a tree: scans it, then tells of all changes as ``WatchEvent`` values, until stopped or until the root is gone.
///
/// All work is done on one thread of its own, and all calls of libinotifytools, which has one state for the whole process:
/// there can be one running watcher at a time. While nothing happens in the tree the thread sleeps without a time limit,
/// unless there are directories that could not be watched.
///
/// The events' queue may be bounded tightly: while it is full the watcher waits, and what the kernel's own queue cannot hold
/// meanwhile is found by a rescan.
public final class TreeWatcher: Sendable {
  private let options: WatchOptions
  private let events: BoundedQueue<WatchEvent>
  private let stopFlag = StopFlag()
  private let counts = WatchCounts()
  private let thread = Guarded<NamedThread?>(nil)
  private let isStarted = Atomic(false)
  /// Closed as the thread's last act.
  private let finished = BoundedQueue<Bool>(capacity: 1)

  private static let isRunning = Atomic(false)

  public init(options: WatchOptions, events: BoundedQueue<WatchEvent>) {
    self.options = options
    self.events = events
  }

  deinit { stop() }

  /// Starts the thread and returns when the watch of the root and of the sync directory stands; the first scan follows as
  /// events. To be called once, before many files are open: the library needs a descriptor below 1,024.
  public func start() throws(WatchError) {
    guard !isStarted.exchange(true, ordering: .acquiringAndReleasing) else { throw .startedBefore }
    guard !Self.isRunning.exchange(true, ordering: .acquiringAndReleasing) else { throw .anotherIsRunning }
    Signals.allowInterrupts()
    let outcome = BoundedQueue<SystemError?>(capacity: 1)
    do {
      try thread.withLock { slot throws(SystemError) in
        slot = try NamedThread("watcher") { [options, events, stopFlag, counts, finished] in
          Self.run(options, events, stopFlag, counts, outcome)
          Self.isRunning.store(false, ordering: .releasing)
          finished.close()
        }
      }
    } catch {
      Self.isRunning.store(false, ordering: .releasing)
      throw .system(error)
    }
    if let error = outcome.pop() ?? nil {
      stop()
      throw .system(error)
    }
  }

  /// Ends the watch and waits for the thread, a few milliseconds. Closes the queue of events: what is in it can still be
  /// taken. Needed after ``WatchEvent/rootGone(_:)`` too. May be called from any thread, and again.
  public func stop() {
    stopFlag.set()
    events.close()
    guard let running = takeThread() else { return }
    // A signal that arrives between the thread's look at the flag and its wait is lost, so it is sent until heeded.
    repeat { running.interrupt() } while !hasFinished(within: 5)
    running.join()
  }

  /// Directories that are watched now, the sync directory not counted.
  public var watchedDirectories: Int { counts.watched.load(ordering: .acquiring) }

  /// Directories that are wanted but could not be watched.
  public var unwatchedDirectories: Int { counts.unwatched.load(ordering: .acquiring) }

  private func takeThread() -> NamedThread? { thread.withLock { $0.take() } }

  private func hasFinished(within milliseconds: UInt64) -> Bool {
    if case .closed = finished.pop(until: .now.adding(milliseconds: milliseconds)) { return true }
    return false
  }

  /// The thread's body.
  private static func run(
    _ options: WatchOptions, _ events: BoundedQueue<WatchEvent>, _ stop: StopFlag, _ counts: WatchCounts,
    _ outcome: BoundedQueue<SystemError?>
  ) {
    do {
      let loop = try WatchLoop(options: options, events: events, stop: stop, counts: counts)
      outcome.push(nil)
      loop.run()
    } catch {
      outcome.push(error)
    }
  }
}

/// What the watcher's thread shows to others.
final class WatchCounts: Sendable {
  let watched = Atomic(0)
  let unwatched = Atomic(0)
}
