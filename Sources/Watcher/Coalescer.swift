internal import Discovery
internal import Graph
public import Platform

/// Gathers events into batches. Pure: its only clock is the events' own times, and what ``take(at:)`` is told.
///
/// - A complete write of one file, with nothing else gathered and no other file touched within the quiet gap before, is
///   due at once: who saves one file waits for nothing.
/// - Several changes are gathered until it is quiet, within a bound; both ends of a rename come together. Removals alone
///   wait longer, as a write that pauses does: a program that saves by renaming the old file away makes the new one then.
/// - Where the bound ends a batch, what began within the quiet gap before waits for the next: a file just unlinked is likely
///   to be written again, and the other end of a rename may be about to come.
/// - A file that is being written stays out of batches until it is complete or its own bounds have passed. A doubtful file,
///   see ``add(_:isDoubtful:)``, is not complete when it is closed, holds up no save of another, and leaves no trace
///   when it goes.
/// - A cookie makes everything held due at once, and goes with it.
/// - A listing takes the place of all earlier touches and listings at and below its directory.
public struct Coalescer: Sendable {
  /// A file whose change is over.
  struct Settled {
    /// Time of the oldest event, number of the newest.
    var first: MonotonicTime
    var number: UInt64
  }

  struct Write {
    var first: MonotonicTime
    var last: MonotonicTime
    var number: UInt64
  }

  struct HeldListing {
    var listing: ChangeSet.Listing
    var reason: ScanReason
    var number: UInt64
  }

  let limits: CoalescerLimits
  /// No path is in both.
  var settled: [TreePath: Settled] = [:]
  var writing: [TreePath: Write] = [:]
  var listings: [HeldListing] = []
  /// Files in ``listings``.
  var listedFiles = 0
  var cookies: [String] = []

  /// Times of the first and the last event gathered, and of the oldest on anything that was gathered.
  var gatheringSince: MonotonicTime?
  var lastGathered = MonotonicTime(nanoseconds: 0)
  var oldest: MonotonicTime?
  /// For how long nothing may come before what is gathered is due, in milliseconds.
  var gap: UInt64 = 0
  /// True if nothing but removals is gathered.
  private var isOnlyRemovals = false
  /// When the first of ``writing`` is due.
  var writingDue: MonotonicTime?

  private var lastEvent = MonotonicTime(nanoseconds: 0)
  /// The newest event that is not of a doubtful file; the path it touched, nil for a listing; and the newest on any other.
  private var lastActivity = MonotonicTime(nanoseconds: 0)
  private var lastPath: TreePath?
  private var lastOther: MonotonicTime?
  private var count: UInt64 = 0

  public init(limits: CoalescerLimits = CoalescerLimits()) { self.limits = limits }

  /// Takes an event in. Those without a place in a batch (problems, ready, the root's loss) change nothing.
  ///
  /// `isDoubtful` of a touch: the store does not have the file and may never have it, since it is gone again or only its
  /// content can make it source. Programs' temporary files look like that.
  public mutating func add(_ event: WatchEvent, isDoubtful: Bool = false) {
    switch event {
    case .touched(let path, let touch, let time):
      lastEvent = max(lastEvent, time)
      if !isDoubtful { noteActivity(on: path, time) }
      switch touch {
      case .removed where isDoubtful:
        setWrite(path, nil)
        unsettle(path)
      case .complete where isDoubtful: write(path, time)
      case .writing: write(path, time)
      case .complete, .moved, .removed: settle(path, touch, time)
      }
    case .listed(let directory, let files, let reason, let time):
      lastEvent = max(lastEvent, time)
      noteActivity(on: nil, time)
      let listing = ChangeSet.Listing(directory: directory, files: files)
      listings.append(HeldListing(listing: listing, reason: reason, number: count))
      listedFiles += files.count
      gather(time, since: time, gap: limits.quietGap)
    case .cookie(let name, let time):
      cookies.append(name)
      gather(time, since: time, gap: 0)
    case .problem, .rootGone, .ready: return
    }
    count += 1
  }

  /// When the next batch is due, which may be in the past; nil if nothing is held.
  public var due: MonotonicTime? {
    if isFull { return lastEvent }
    // While more is gathered, a write that is due waits for it: one by one, the writes of a storm would tear it apart.
    guard let gatheringSince else { return writingDue }
    if !cookies.isEmpty { return lastGathered }
    return min(lastGathered.adding(milliseconds: gap), gatheringSince.adding(milliseconds: limits.maxDelay))
  }

  /// True if as much is held as may be.
  var isFull: Bool {
    settled.count + writing.count + listings.count + listedFiles >= limits.maxPaths
  }

  private mutating func noteActivity(on path: TreePath?, _ time: MonotonicTime) {
    if path == nil { lastOther = time } else if let lastPath, lastPath != path { lastOther = lastActivity }
    lastPath = path
    lastActivity = max(lastActivity, time)
  }

  private mutating func write(_ path: TreePath, _ time: MonotonicTime) {
    let earlier = unsettle(path)
    let first = writing[path]?.first ?? earlier ?? time
    setWrite(path, Write(first: first, last: time, number: count))
  }

  /// Returns the time of the path's oldest event, nil if it was not settled.
  @discardableResult
  private mutating func unsettle(_ path: TreePath) -> MonotonicTime? {
    guard let earlier = settled.removeValue(forKey: path) else { return nil }
    if settled.isEmpty && listings.isEmpty && cookies.isEmpty { resetGathered() }
    return earlier.first
  }

  private mutating func settle(_ path: TreePath, _ touch: Touch, _ time: MonotonicTime) {
    let first = settled[path]?.first ?? writing[path]?.first ?? time
    setWrite(path, nil)
    settled[path] = Settled(first: first, number: count)
    let isOnly = settled.count == 1 && listings.isEmpty
    let isAlone = lastOther.map { time >= $0.adding(milliseconds: limits.quietGap) } ?? true
    isOnlyRemovals = touch == .removed && (isOnly || isOnlyRemovals && listings.isEmpty)
    let isLone = touch != .removed && isOnly && isAlone
    gather(time, since: first, gap: isLone ? 0 : isOnlyRemovals ? limits.writeGap : limits.quietGap)
  }

  private mutating func gather(_ time: MonotonicTime, since first: MonotonicTime, gap: UInt64) {
    self.gap = gap
    gatheringSince = gatheringSince ?? time
    lastGathered = max(lastGathered, time)
    oldest = min(oldest ?? first, first)
  }

  mutating func resetGathered() {
    gatheringSince = nil
    oldest = nil
    isOnlyRemovals = false
  }
}
