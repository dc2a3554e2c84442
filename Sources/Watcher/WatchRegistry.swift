internal import Graph

/// Which directories are watched, by path and by number. A tree by path, so that a directory goes with all below it in
/// time proportional to what goes.
struct WatchRegistry {
  private struct Entry {
    /// Nil for a directory that is wanted but could not be watched.
    var watch: CInt?
    var children: Set<TreePath> = []
  }

  private var entries: [TreePath: Entry] = [:]
  private var paths: [CInt: TreePath] = [:]
  /// Directories that are wanted but not watched.
  private(set) var unwatched: Set<TreePath> = []
  /// Directories of which, and of what is below them, events may not tell all, watched or not.
  private(set) var uncertain: Set<TreePath> = []

  var watchedCount: Int { paths.count }

  func path(of watch: CInt) -> TreePath? { paths[watch] }

  func contains(_ path: TreePath) -> Bool { entries[path] != nil }

  func isWatched(_ path: TreePath) -> Bool { entries[path]?.watch != nil }

  /// Records that the directory at `path` is watched by number `watch`, or wanted but not watched if that is nil. What
  /// was recorded of the path or the number before is replaced; directories recorded below `path` stay.
  mutating func set(_ path: TreePath, watch: CInt?) {
    if let watch, let old = paths[watch], old != path { removeAll(within: old) }
    if let old = entries[path]?.watch { paths[old] = nil }
    entries[path, default: Entry()].watch = watch
    if let watch {
      paths[watch] = path
      unwatched.remove(path)
    } else {
      unwatched.insert(path)
    }
    if !path.isRoot { entries[path.parent]?.children.insert(path) }
  }

  /// Records that events may not tell all of the directory at `path`, which must have been recorded, and of what is below.
  mutating func setUncertain(_ path: TreePath) {
    if entries[path] != nil { uncertain.insert(path) }
  }

  /// Forgets the directory at `path` and all below it. Returns the numbers of their watches.
  @discardableResult
  mutating func removeAll(within path: TreePath) -> [CInt] {
    guard entries[path] != nil else { return [] }
    if !path.isRoot { entries[path.parent]?.children.remove(path) }
    var removed: [CInt] = []
    var open = [path]
    while let next = open.popLast() {
      guard let entry = entries.removeValue(forKey: next) else { continue }
      unwatched.remove(next)
      uncertain.remove(next)
      if let watch = entry.watch {
        paths[watch] = nil
        removed.append(watch)
      }
      open.append(contentsOf: entry.children)
    }
    return removed
  }

  /// The directories recorded directly below `path`.
  func children(of path: TreePath) -> Set<TreePath> { entries[path]?.children ?? [] }

  /// True if something is there that has to be listed from time to time.
  var wantsPolls: Bool { !unwatched.isEmpty || !uncertain.isEmpty }

  /// The directories that have to be listed from time to time, none below another, in byte order.
  var polled: [TreePath] { TreePath.outermost(of: unwatched.union(uncertain)) }
}

extension TreePath {
  /// Those of `paths` that are not below another of them, in byte order.
  static func outermost(of paths: Set<TreePath>) -> [TreePath] {
    paths.filter { path in
      var above = path
      while !above.isRoot {
        above = above.parent
        if paths.contains(above) { return false }
      }
      return true
    }.sorted()
  }
}
