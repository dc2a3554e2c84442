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
  /// Seconds between two listings of what could not be watched. Stretched to ten times what a listing takes.
  public var pollInterval: Int
  /// The most directories to watch, beside the kernel's limit.
  public var watchLimit: Int
  /// How many records of directories gone the library may hold beside as many as there are watches, before it is
  /// started anew: it cannot drop a watch that the kernel dropped.
  public var recordSlack: Int

  public init(
    rootPath: String, syncDirectoryPath: String, ignore: IgnoreOptions, wants: @escaping @Sendable (TreePath) -> Bool,
    pollInterval: Int = 5, watchLimit: Int = .max, recordSlack: Int = 4096
  ) {
    self.rootPath = rootPath
    self.syncDirectoryPath = syncDirectoryPath
    self.ignore = ignore
    self.wants = wants
    self.pollInterval = max(1, pollInterval)
    self.watchLimit = watchLimit
    self.recordSlack = recordSlack
  }
}
