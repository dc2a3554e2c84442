public import Discovery
public import Graph
public import Platform

/// What the watcher's thread tells the engine. An event says where to look, never what is there: the engine looks at the
/// disk when it handles it.
public enum WatchEvent: Sendable {
  /// Something happened to the file at this path.
  case touched(TreePath, Touch, at: MonotonicTime)

  /// Everything at and below `directory` must be compared with the disk: `files` are all wanted files there, listed
  /// after each of their directories was watched, none if the directory is gone. A file stored below it but not in
  /// `files` is gone.
  case listed(directory: TreePath, files: [FoundFile], reason: ScanReason, at: MonotonicTime)

  /// A client asks for sync: everything that happened in the tree before the file `name` appeared in the sync directory
  /// was sent before this. The same cookie may come again after a rescan.
  case cookie(name: String, at: MonotonicTime)

  /// The watch goes on, but not all is well.
  case problem(WatchProblem)

  /// The tree can be watched no longer; the last event.
  case rootGone(RootLoss)

  /// The first scan was sent: every directory is watched, or was named by a problem.
  case ready
}

/// How much of a change to a file is over.
public enum Touch: String, Sendable {
  /// A write goes on (or, for a new link, was never begun): more is likely to come.
  case writing
  /// The content is complete: closed after writing, or only attributes changed.
  case complete
  /// Moved here, complete.
  case moved
  /// Removed or moved away. A program that saves by renaming the old file first makes a new one at once.
  case removed
}

/// Why a directory was listed.
public enum ScanReason: String, CaseIterable, Sendable {
  /// The first scan.
  case start
  /// A directory was made, moved here, or became readable.
  case newDirectory
  /// A directory was removed, moved away, or became unreadable.
  case directoryGone
  /// The kernel's queue overflowed: events were lost.
  case overflow
  /// An ignore file changed.
  case rulesChanged
  /// What events do not tell of, or not all, is listed from time to time.
  case poll
  /// The kernel dropped a watch that was not given up, as when a file system is unmounted.
  case watchLost
  /// A file system was mounted or unmounted there.
  case mountsChanged
  /// The library's records of directories long gone were dropped, which takes new watches for all.
  case renewal
}
