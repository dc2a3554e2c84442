import Glibc
import Graph
import Incremental
import Platform
import Store
import Watcher

// The one writer's loop.
extension WatchRun {
  func follow(_ reindexer: Reindexer) throws {
    while ending == nil {
      if isStoreGone { return awaitQuiet() }
      switch events.pop(until: deadline(reindexer)) {
      case .element(let event):
        try take(event, reindexer)
        try takeWaiting(reindexer)
      case .timedOut: break
      case .closed: ending = ending ?? .signal
      }
      if ending != nil || session.stop.isSet { return }
      let now = MonotonicTime.now
      if let changes = coalescer.take(at: now) {
        try commit(changes, reindexer)
        if isReadyDue, retryAt == nil, !reindexer.needsConfirmation { try sayReady(reindexer) }
      } else if let retryAt {
        if retryAt <= now { try apply(TreeChanges(), since: now, reindexer) }
      } else if coalescer.due == nil {
        try useIdleTime(reindexer)
      }
    }
  }

  /// When the loop has to go on though no event comes: for ever where there is nothing to do.
  private func deadline(_ reindexer: Reindexer) -> MonotonicTime {
    if let due = coalescer.due { return due }
    if let retryAt { return retryAt }
    return reindexer.needsConfirmation || reindexer.canWarm || isReadyDue ? .now : .distantFuture
  }

  /// What has come already belongs to the same batch: the two ends of a rename, say. No more than the queue holds, so that
  /// a storm does not keep the batch waiting.
  private func takeWaiting(_ reindexer: Reindexer) throws {
    for _ in 0..<events.capacity {
      guard case .element(let event) = events.pop(until: .now) else { return }
      try take(event, reindexer)
    }
  }

  private func take(_ event: WatchEvent, _ reindexer: Reindexer) throws {
    switch event {
    case .touched(let path, let touch, _):
      coalescer.add(event, isDoubtful: try reindexer.isDoubtful(path, wasRemoved: touch == .removed))
    case .listed, .cookie: coalescer.add(event)
    case .problem(.syncDirectoryGone) where !holdsStore: isStoreGone = true
    case .problem(let problem): Complaint.report(problem.description)
    case .ready: isReadyDue = true
    case .rootGone(let loss): ending = .rootGone(loss)
    }
  }

  private func commit(_ changes: ChangeSet, _ reindexer: Reindexer) throws {
    for rescan in changes.rescans where rescan.reason.isRepair {
      say { () throws(OutputFailure) in try output.rescan(rescan.directory, rescan.reason.rawValue) }
    }
    let listings = changes.listings.map { TreeChanges.Listing(directory: $0.directory, files: $0.files) }
    openCookies += changes.cookies
    try apply(TreeChanges(paths: changes.paths, listings: listings), since: changes.firstEvent, reindexer)
  }

  private func apply(_ changes: TreeChanges, since first: MonotonicTime, _ reindexer: Reindexer) throws {
    guard holdsStore else {
      isStoreGone = true
      return
    }
    retryAt = nil
    try retryingOnFullDisk {
      try reindexer.apply(changes) { report in say(report, since: first) }
      if openCookies.isEmpty { return }
      while reindexer.needsConfirmation, !session.stop.isSet { try confirm(reindexer) }
      // Once told to stop, what was not committed is dropped: the clients will see that nobody answers.
      if !session.stop.isSet { answerCookies() }
    }
  }

  /// The store is gone, so nothing is left to do. It may be the first thing that went of a tree that is being removed, which
  /// is known when nothing more happens to the tree, or after a while.
  private func awaitQuiet() {
    let end = MonotonicTime.now.adding(milliseconds: Self.longestRemoval)
    var last = MonotonicTime.now
    while ending == nil {
      switch events.pop(until: last.adding(milliseconds: Self.quietTime)) {
      case .element(.rootGone(let loss)): ending = .rootGone(loss)
      case .element where MonotonicTime.now < end: last = .now
      case .element, .timedOut:
        let loss = RootLoss.examine(session.settings.root, at: session.root)
        ending = loss.map { .rootGone($0) } ?? .storeGone
      case .closed: ending = .signal
      }
    }
  }

  /// False once the store was removed, or another made in its place: commits would go where nobody finds them.
  private var holdsStore: Bool { lock?.isOf(session.store) ?? false }

  private func retryingOnFullDisk(_ body: () throws -> Void) throws {
    do {
      try body()
      isDiskFull = false
    } catch StoreError.diskFull(let path) {
      if !isDiskFull {
        Complaint.report("\(StoreError.diskFull(path: path)); the batch is tried again every second")
      }
      isDiskFull = true
      retryAt = MonotonicTime.now.adding(milliseconds: Self.retryDelay)
    }
  }

  /// One step of what can wait, in order of importance.
  private func useIdleTime(_ reindexer: Reindexer) throws {
    if reindexer.needsConfirmation {
      try retryingOnFullDisk { try confirm(reindexer) }
    } else if isReadyDue {
      try sayReady(reindexer)
    } else if reindexer.canWarm {
      try reindexer.warmNext()
    }
  }

  private func confirm(_ reindexer: Reindexer) throws {
    let begun = MonotonicTime.now
    guard let report = try reindexer.confirmNext() else { return }
    say(report, since: begun)
  }

  private func say(_ report: BatchReport, since first: MonotonicTime) {
    if !isReady { return caughtUp.add(report) }
    say { () throws(OutputFailure) in try output.batch(report, ms: MonotonicTime.now.milliseconds(since: first)) }
  }

  /// Output that cannot be written ends the run.
  private func say(_ body: () throws(OutputFailure) -> Void) {
    do throws(OutputFailure) { try body() } catch { ending = .output(error) }
  }

  /// A cookie is answered by removing it.
  private func answerCookies() {
    for cookie in openCookies { unlink("\(session.store.syncDirectory)/\(cookie)") }
    openCookies = []
  }

  private func sayReady(_ reindexer: Reindexer) throws {
    isReadyDue = false
    isReady = true
    let ms = MonotonicTime.now.milliseconds(since: begun)
    let totals = try reindexer.totals()
    say { () throws(OutputFailure) in try output.ready(session.root, totals, caughtUp, ms: ms) }
    try reindexer.planWarming()
  }

  func finish(_ generation: UInt64) -> CInt {
    switch ending {
    case .storeGone:
      try? output.stopped(generation, reason: "store gone")
      Complaint.report("\(session.store.path): the store was removed; start again to make a new one")
      return 1
    case .output(.closed): return 0
    case .output(let failure):
      Complaint.report(failure.description)
      return 1
    case .signal, .rootGone, nil:
      try? output.stopped(generation, reason: interruption.name)
      return 0
    }
  }
}

extension ScanReason {
  /// True where something was lost and is looked for, not where a listing is part of the day's work.
  fileprivate var isRepair: Bool {
    switch self {
    case .start, .newDirectory, .directoryGone, .poll: false
    case .overflow, .rulesChanged, .watchLost, .mountsChanged, .renewal: true
    }
  }
}
