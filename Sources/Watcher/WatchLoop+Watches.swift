internal import CInotifyTools
internal import Discovery
internal import Glibc
internal import Graph
internal import Platform

extension WatchLoop {
  /// Ignored, but they hold files by which git ignores others. The first holds the others.
  static let ruleDirectories: [TreePath] = [TreePath(".git"), TreePath(".git/info")]

  /// Directories with which a repository begins or ends, and its rules with it.
  static let repositoryParts: [TreePath] = [TreePath(".git/info"), TreePath(".git/objects")]

  func watchSyncDirectory() throws(SystemError) {
    let path = Array(options.syncDirectoryPath.utf8)
    guard path.first == UInt8(ascii: "/") else {
      throw SystemError("watch", options.syncDirectoryPath, code: EINVAL)
    }
    switch library.add(path, mask: WatchMask.syncDirectory, exclusively: false) {
    case .added(let watch): syncWatch = watch
    case .watched: break
    case .failed(let code): throw SystemError("watch", options.syncDirectoryPath, code: code)
    }
  }

  /// Watches what there is of ``ruleDirectories``. Failing is no harm: they change rarely.
  func watchRuleDirectories() {
    guard options.ignore.usesIgnoreFiles else { return }
    for directory in Self.ruleDirectories {
      if case .added(let watch) = library.add(directory.bytes, mask: WatchMask.ruleDirectory, exclusively: true) {
        ruleWatches[watch] = directory
      }
    }
  }

  func dropRuleDirectories() {
    for watch in ruleWatches.keys where !ended.contains(watch) { library.remove(watch) }
    ruleWatches = [:]
  }

  /// Sees to it that the directory is watched, or recorded as wanting a watch. Called before it is listed.
  func watch(_ directory: TreePath) {
    if registry.watchedCount >= options.watchLimit && !registry.isWatched(directory) {
      return unwatched(directory, ENOSPC)
    }
    let mask = directory.isRoot ? WatchMask.root : WatchMask.directory
    switch library.add(directory.bytes, mask: mask, exclusively: true) {
    case .added(let watch): registry.set(directory, watch: watch)
    case .watched: adopt(directory, mask)
    case .failed(let code): unwatched(directory, code)
    }
  }

  /// The directory bears a watch already. That is right if it is recorded by this path: should it be another directory that
  /// was moved here, then the events that tell are still to come. If it is recorded by another path, it was moved from where
  /// no event tells, and takes its watch along; or it is mounted in two places, of which the events name one only.
  private func adopt(_ directory: TreePath, _ mask: CInt) {
    if registry.isWatched(directory) { return }
    if isMounted(directory) { return unwatched(directory, EEXIST) }
    switch library.add(directory.bytes, mask: mask, exclusively: false) {
    case .added(let watch):
      let other = registry.path(of: watch)
      registry.set(directory, watch: watch)
      if let other, isMounted(other) { unwatched(other, EEXIST) }
    case .watched: break
    case .failed(let code): unwatched(directory, code)
    }
  }

  private func unwatched(_ directory: TreePath, _ code: CInt) {
    // Gone again, or a link by now, or not to be read, as the walker will find: events tell when that changes.
    if [ENOENT, ENOTDIR, ELOOP, EACCES].contains(code) { return }
    registry.set(directory, watch: nil)
    if code == ENOSPC {
      if !limitReported { send(.problem(.watchLimit(.current(.watches), watched: registry.watchedCount))) }
      limitReported = true
    } else if code != EEXIST {
      sendOnce(.unwatchable(directory, SystemError("watch", directory.description, code: code)), of: directory)
    } else if !registry.unwatched.contains(directory.parent) {
      sendOnce(.mountedTwice(directory), of: directory)
    }
  }

  /// Gives up the watches at and below a directory. `alive` if the kernel still has them, as after a move: a watch belongs to
  /// the directory, not to its path.
  func drop(_ directory: TreePath, alive: Bool) {
    let watches = registry.removeAll(within: directory)
    guard alive && !watches.isEmpty else { return }
    // Some may have been removed after the move, and removing the watch of such a directory makes the library write to
    // standard error. What the kernel has queued by now tells which.
    if batch.count < 4 * NotifyLibrary.readingLimit { read(waiting: 0) }
    for watch in watches where !ended.contains(watch) { library.remove(watch) }
  }

  /// Starts the library anew if most of its records are of directories long gone, so that memory does not grow with the
  /// length of a session.
  func countRecords() {
    guard endedSinceCount >= options.recordSlack else { return }
    endedSinceCount = 0
    if library.records > 2 * registry.watchedCount + options.recordSlack { renew(.renewal) }
  }
}
