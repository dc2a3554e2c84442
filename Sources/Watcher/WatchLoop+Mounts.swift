internal import Graph

extension WatchLoop {
  /// True if the directory, or one around it in the tree, is where something is mounted.
  func isMounted(_ directory: TreePath) -> Bool {
    if mounts.isEmpty { return false }
    var directory = directory
    while !directory.isRoot {
      if mounts[directory] != nil { return true }
      directory = directory.parent
    }
    return false
  }

  /// File systems were mounted or unmounted, somewhere. Where that was in the tree, the directory is another one now.
  func followMounts() {
    guard let table = MountTable.current else { return }
    if let loss = standing { return end(loss) }
    let mounted = table.mounts(below: options.rootPath)
    let places = Set(mounted.keys).union(mounts.keys)
    let changed = places.filter { mounted[$0] != mounts[$0] }
    mounts = mounted
    for directory in TreePath.outermost(of: changed) where !isOver { leave(directory, moved: true, .mountsChanged) }
  }
}
