public import Platform
internal import Synchronization

/// Watches a tree: scans it, then tells of all changes as ``WatchEvent`` values, until stopped or until the root is gone.
///
/// All work is done on one thread of its own, and all calls of libinotifytools, which has one state for the whole process:
/// there can be one running watcher at a time. A second thread waits for changes of the table of mounts. While nothing
/// happens both sleep without a time limit, unless there are directories that have to be polled.
///
/// The events' queue may be bounded tightly: while it is full the watcher waits, and what the kernel's own queue cannot hold
/// meanwhile is found by a rescan.
public final class TreeWatcher: Sendable {
  private let options: WatchOptions
  private let events: BoundedQueue<WatchEvent>
  private let stopFlag = StopFlag()
  private let counts = WatchCounts()
  private let mountObserver = MountObserver()
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
    let outcome = BoundedQueue<WatchError?>(capacity: 1)
    do {
      try thread.withLock { slot throws(SystemError) in
        slot = try NamedThread("watcher") { [options, events, stopFlag, counts, mountObserver, finished] in
          do throws(WatchError) {
            let loop = try WatchLoop(
              options: options, events: events, stop: stopFlag, counts: counts, mountObserver: mountObserver)
            outcome.push(nil)
            loop.run()
          } catch {
            outcome.push(error)
          }
          Self.isRunning.store(false, ordering: .releasing)
          finished.close()
        }
      }
    } catch {
      Self.isRunning.store(false, ordering: .releasing)
      throw .system(error)
    }
    var failure = outcome.pop() ?? nil
    if failure == nil {
      do throws(SystemError) {
        try mountObserver.start { [thread] in thread.withLock { $0?.interrupt() } }
      } catch {
        failure = .system(error)
      }
    }
    if let failure {
      stop()
      throw failure
    }
  }

  /// Ends the watch and waits for the thread, a few milliseconds. Closes the queue of events: what is in it can still be
  /// taken. Needed after ``WatchEvent/rootGone(_:)`` too. May be called from any thread, and again.
  public func stop() {
    stopFlag.set()
    events.close()
    mountObserver.stop()
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
}

/// What the watcher's thread shows to others.
final class WatchCounts: Sendable {
  let watched = Atomic(0)
  let unwatched = Atomic(0)
}
