internal import Discovery
internal import Graph
public import Platform

/// Gathers events into batches. Pure: its only clock is the events' own times, and what ``take(at:)`` is told.
///
/// - A complete write of one file, with nothing else gathered and no other file touched within the quiet gap before, is
///   due at once: who saves one file waits for nothing.
/// - Several changes are gathered until it is quiet, within a bound. So is a removal alone: a program that saves by
///   renaming the old file makes the new one within that time, and both ends of a rename come together.
/// - A file that is being written stays out of batches until it is complete or its own bounds have passed.
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
  /// True if what is gathered is a complete write of one file, alone in its time.
  var isLone = false
  /// When the first of ``writing`` is due.
  var writingDue: MonotonicTime?

  /// The newest event; the path it touched, nil for a listing; and the newest event on any other path.
  private var lastEvent = MonotonicTime(nanoseconds: 0)
  private var lastPath: TreePath?
  private var lastOther: MonotonicTime?
  private var count: UInt64 = 0

  public init(limits: CoalescerLimits = CoalescerLimits()) { self.limits = limits }

  /// Takes an event in. Those without a place in a batch (problems, ready, the root's loss) change nothing.
  public mutating func add(_ event: WatchEvent) {
    switch event {
    case .touched(let path, let touch, let time):
      noteActivity(on: path, time)
      if touch == .writing { write(path, time) } else { settle(path, touch, time) }
    case .listed(let directory, let files, let reason, let time):
      noteActivity(on: nil, time)
      let listing = ChangeSet.Listing(directory: directory, files: files)
      listings.append(HeldListing(listing: listing, reason: reason, number: count))
      listedFiles += files.count
      isLone = false
      gather(time, since: time)
    case .cookie(let name, let time):
      cookies.append(name)
      gather(time, since: time)
    case .problem, .rootGone, .ready: return
    }
    count += 1
  }

  /// When the next batch is due, which may be in the past; nil if nothing is held.
  public var due: MonotonicTime? {
    if isFull { return lastEvent }
    var due = writingDue
    if let gatheringSince {
      let gathered =
        isLone || !cookies.isEmpty
        ? lastGathered
        : min(
          lastGathered.adding(milliseconds: limits.quietGap), gatheringSince.adding(milliseconds: limits.maxDelay))
      due = min(due ?? gathered, gathered)
    }
    return due
  }

  /// True if as much is held as may be.
  var isFull: Bool {
    settled.count + writing.count + listings.count + listedFiles >= limits.maxPaths
  }

  private mutating func noteActivity(on path: TreePath?, _ time: MonotonicTime) {
    if path == nil { lastOther = time } else if let lastPath, lastPath != path { lastOther = lastEvent }
    lastPath = path
    lastEvent = max(lastEvent, time)
  }

  private mutating func write(_ path: TreePath, _ time: MonotonicTime) {
    let earlier = settled.removeValue(forKey: path)?.first
    if earlier != nil && settled.isEmpty && listings.isEmpty && cookies.isEmpty { resetGathered() }
    let first = writing[path]?.first ?? earlier ?? time
    setWrite(path, Write(first: first, last: time, number: count))
  }

  private mutating func settle(_ path: TreePath, _ touch: Touch, _ time: MonotonicTime) {
    let first = settled[path]?.first ?? writing[path]?.first ?? time
    setWrite(path, nil)
    settled[path] = Settled(first: first, number: count)
    let isAlone = lastOther.map { time >= $0.adding(milliseconds: limits.quietGap) } ?? true
    isLone = touch == .complete && isAlone && settled.count == 1 && listings.isEmpty
    gather(time, since: first)
  }

  private mutating func gather(_ time: MonotonicTime, since first: MonotonicTime) {
    gatheringSince = gatheringSince ?? time
    lastGathered = max(lastGathered, time)
    oldest = min(oldest ?? first, first)
  }

  mutating func resetGathered() {
    gatheringSince = nil
    oldest = nil
    isLone = false
  }
}
