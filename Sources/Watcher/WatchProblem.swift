public import Discovery
public import Graph
public import Platform

/// Something that leaves a part of the tree unwatched or unread. The watch goes on.
public enum WatchProblem: Sendable, CustomStringConvertible {
  /// The kernel grants no more watches. Said once, until all directories are watched again; those without a watch are
  /// listed from time to time.
  case watchLimit(NotifyLimit, watched: Int)
  /// One directory cannot be watched, for a reason of its own. It is listed from time to time.
  case unwatchable(TreePath, SystemError)
  /// What is mounted there is seen elsewhere in the tree too, and events come by that path only. It is listed from time to
  /// time.
  case mountedTwice(TreePath)
  /// Others may change what is at and below the directory, and then no event tells. It is listed from time to time.
  case sharedFileSystem(TreePath, _ name: String, pollInterval: Int)
  /// The walker could not list or examine something.
  case walk(WalkProblem)
  /// The sync directory is gone: cookies are not seen any more.
  case syncDirectoryGone

  public var description: String {
    switch self {
    case .watchLimit(let limit, let watched):
      "\(watched) directories are watched, the others are listed from time to time: \(limit)"
    case .unwatchable(let path, let error): "\(path.isRoot ? "." : path.description) is not watched: \(error)"
    case .mountedTwice(let path):
      "\(path) is mounted from elsewhere in the tree, of which events tell there only: it is listed from time to time"
    case .sharedFileSystem(let path, let name, let pollInterval):
      """
      \(path.isRoot ? "." : path.description): files on this file system (\(name)) may be changed from elsewhere, of which no \
      event tells; it is listed every \(pollInterval) s, or less often if that takes long (--poll SECONDS sets that)
      """
    case .walk(let problem): "\(problem)"
    case .syncDirectoryGone: "the sync directory is gone: commands with --sync will wait in vain"
    }
  }
}

/// Why a watcher does not start.
public enum WatchError: Error, Hashable, CustomStringConvertible {
  /// libinotifytools has one state for the whole process, so there can be one watcher at a time.
  case anotherIsRunning
  /// `start()` was called before.
  case startedBefore
  /// No more inotify instances are granted.
  case limit(NotifyLimit)
  case system(SystemError)

  public var description: String {
    switch self {
    case .anotherIsRunning: "another directory is watched by this process already"
    case .startedBefore: "this watcher was started before"
    case .limit(let limit): "\(limit)"
    case .system(let error): "\(error)"
    }
  }
}
