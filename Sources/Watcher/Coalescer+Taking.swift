internal import Discovery
internal import Graph
public import Platform

extension Coalescer {
  /// The batch, if one is due at `now`. Files still being written are held back unless a cookie was given or the bound on
  /// what is held was reached.
  public mutating func take(at now: MonotonicTime) -> ChangeSet? {
    guard let due, due <= now else { return nil }
    let takesAll = isFull || !cookies.isEmpty
    var batch = ChangeSet(firstEvent: oldest ?? now)
    let listed = latestListings()
    let isQuiet = lastGathered.adding(milliseconds: gap) <= now
    var kept: [TreePath: Settled] = [:]
    for (path, held) in settled where !isListed(path, after: held.number, in: listed) {
      let isNew = now < held.first.adding(milliseconds: limits.quietGap)
      if isNew && !isQuiet && !takesAll { kept[path] = held } else { batch.paths.append(path) }
    }
    for (path, write) in writing {
      let isListed = isListed(path, after: write.number, in: listed)
      guard takesAll || isListed || deadline(of: write) <= now else { continue }
      if !isListed { batch.paths.append(path) }
      batch.firstEvent = min(batch.firstEvent, write.first)
      writing[path] = nil
    }
    writingDue = earliestDeadline
    batch.paths.sort()
    for held in listings {
      let directory = held.listing.directory
      batch.rescans.append(ChangeSet.Rescan(directory: directory, reason: held.reason))
      if !isListed(directory, after: held.number, in: listed) { batch.listings.append(held.listing) }
    }
    batch.cookies = cookies
    settled = kept
    listings = []
    listedFiles = 0
    cookies = []
    resetGathered()
    oldest = kept.values.lazy.map(\.first).min()
    gatheringSince = oldest
    return batch
  }

  /// Number of the newest listing of each directory listed.
  private func latestListings() -> [TreePath: UInt64] {
    var latest: [TreePath: UInt64] = [:]
    for held in listings { latest[held.listing.directory] = held.number }
    return latest
  }

  /// True if `path` or a directory around it was listed after event `number`.
  private func isListed(_ path: TreePath, after number: UInt64, in listed: [TreePath: UInt64]) -> Bool {
    if listed.isEmpty { return false }
    var path = path
    while true {
      if let listing = listed[path], listing > number { return true }
      if path.isRoot { return false }
      path = path.parent
    }
  }

  func deadline(of write: Write) -> MonotonicTime {
    min(
      write.last.adding(milliseconds: limits.writeGap), write.first.adding(milliseconds: limits.maxWrite))
  }

  private var earliestDeadline: MonotonicTime? { writing.values.lazy.map { deadline(of: $0) }.min() }

  /// Records what is being written at `path`, nil if nothing is, and keeps ``writingDue`` in step. Looks through all
  /// of ``writing`` only if this was the first that is due.
  mutating func setWrite(_ path: TreePath, _ write: Write?) {
    let old = writing[path].map { deadline(of: $0) }
    if old == nil && write == nil { return }
    writing[path] = write
    if let old, old == writingDue {
      writingDue = earliestDeadline
    } else if let write {
      writingDue = min(writingDue ?? deadline(of: write), deadline(of: write))
    }
  }
}
