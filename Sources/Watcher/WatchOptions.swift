public import Discovery
public import Graph

/// What is watched, and within which bounds.
public struct WatchOptions: Sendable {
  /// The tree's root.
  public var rootPath: String
  /// Where clients drop their cookies; must exist. The one directory of the store that is watched, in the tree or not.
  public var syncDirectoryPath: String
  public var ignore: IgnoreOptions
  /// True for files that some language wants. Called on the watcher's thread.
  public var wants: @Sendable (TreePath) -> Bool
  /// True if the whole tree is to be listed again and again, whatever events come.
  public var polls: Bool
  /// Seconds between two listings of what events do not tell, or not all, of: the whole tree if it is to be polled, what
  /// could not be watched, and what lies on a file system that others may change. Stretched to ten times what a listing
  /// takes.
  public var pollInterval: Int
  /// The file systems that others may change: names by the number that `statfs` gives.
  public var sharedFileSystems: [UInt32: String]
  /// The most directories to watch, beside the kernel's limit.
  public var watchLimit: Int
  /// How many records of directories gone the library may hold beside as many as there are watches, before it is
  /// started anew: it cannot drop a watch that the kernel dropped.
  public var recordSlack: Int

  /// In seconds.
  public static let standardPollInterval = 2

  public init(
    rootPath: String, syncDirectoryPath: String, ignore: IgnoreOptions, wants: @escaping @Sendable (TreePath) -> Bool,
    polls: Bool = false, pollInterval: Int = Self.standardPollInterval,
    sharedFileSystems: [UInt32: String] = SharedFileSystem.names, watchLimit: Int = .max, recordSlack: Int = 4096
  ) {
    self.rootPath = rootPath
    self.syncDirectoryPath = syncDirectoryPath
    self.ignore = ignore
    self.wants = wants
    self.polls = polls
    self.pollInterval = max(1, pollInterval)
    self.sharedFileSystems = sharedFileSystems
    self.watchLimit = watchLimit
    self.recordSlack = recordSlack
  }
}
