public import Discovery
public import Graph
public import Platform

/// What one batch has to look at.
public struct ChangeSet: Sendable {
  /// A directory that was listed whole: what is stored at or below it and not among its files is gone.
  public struct Listing: Sendable {
    public var directory: TreePath
    public var files: [FoundFile]
  }

  /// A rescan that took place, for reporting.
  public struct Rescan: Sendable, Hashable {
    public var directory: TreePath
    public var reason: ScanReason
  }

  /// Files to look at, each once, in byte order. What the disk says of them is right, whatever the listings say.
  public var paths: [TreePath] = []
  /// In the order in which they were made: where two overlap, the later is right.
  public var listings: [Listing] = []
  /// Cookies whose predecessors are all in this batch or in earlier ones, in the order in which they came.
  public var cookies: [String] = []
  /// Every listing of the batch, those included that a later one took the place of.
  public var rescans: [Rescan] = []
  /// When the oldest event of the batch was read from the kernel.
  public var firstEvent: MonotonicTime
}

/// The bounds of gathering. Times in milliseconds.
public struct CoalescerLimits: Sendable {
  /// A batch of several changes is due when nothing came for so long.
  public var quietGap: UInt64
  /// ... or, while more keeps coming, so long after its first event.
  public var maxDelay: UInt64
  /// A file that is being written is due when it was not written for so long; removals alone when nothing came for so long.
  public var writeGap: UInt64
  /// ... or, while the writing goes on, so long after it began.
  public var maxWrite: UInt64
  /// Paths, and files in listings, held before the batch is due at once.
  public var maxPaths: Int

  public init(
    quietGap: UInt64 = 5, maxDelay: UInt64 = 100, writeGap: UInt64 = 50, maxWrite: UInt64 = 500, maxPaths: Int = 4096
  ) {
    self.quietGap = quietGap
    self.maxDelay = maxDelay
    self.writeGap = writeGap
    self.maxWrite = maxWrite
    self.maxPaths = maxPaths
  }
}
