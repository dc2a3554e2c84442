internal import CInotifyTools
internal import Discovery
internal import Glibc
internal import Graph
internal import Platform

extension WatchLoop {
  /// Lists the directory and all below it, each watched before it is listed, and sends what was found: nothing if it is
  /// gone or ignored. The walker reads its ignore files anew. What was watched and is not wanted any more is let go.
  func scan(_ directory: TreePath, _ reason: ScanReason) {
    if isOver { return }
    if directory.isRoot { watchSurroundings() }
    var files: [FoundFile] = []
    var listed: Set<TreePath> = []
    let isWhole = walker.walk(
      from: directory, stop: stop, wants: options.wants,
      willList: {
        watch($0)
        listed.insert($0)
      },
      mount: { noteFileSystem(of: $0, open: $1) },
      problem: { send(.problem(.walk($0))) },
      found: { files.append($0) })
    guard isWhole else { return }
    dropUnlisted(from: directory, listed)
    if directory.isRoot && options.polls { registry.setUncertain(.root) }
    if registry.wantsPolls { pollDue = pollDue ?? nextPoll(after: 0) }
    report()
    if directory.isRoot && files.isEmpty { rootMayBeEmpty = true }
    send(.listed(directory: directory, files: files, reason: reason, at: .now))
  }

  /// Scans the whole tree, with nothing watched yet but the sync directory.
  func scanAll(_ reason: ScanReason) {
    mounts = MountTable.current?.mounts(below: options.rootPath) ?? [:]
    watchRuleDirectories()
    scan(.root, reason)
    guard registry.contains(.root) else {
      if !stop.isSet { end(standing ?? .failed(.system(SystemError("watch", options.rootPath, code: EACCES)))) }
      return
    }
    sendCookies()
  }

  /// Starts the library anew and scans the whole tree: after this no watch is out of step, whatever was lost.
  func renew(_ reason: ScanReason) {
    if let loss = standing { return end(loss) }
    registry = WatchRegistry()
    ruleWatches = [:]
    surroundings = [:]
    strays = [:]
    changedRules = []
    departure = nil
    ended = []
    pollDue = nil
    do {
      try library.restart()
    } catch {
      return end(.failed(error))
    }
    do { try watchSyncDirectory() } catch {
      syncWatch = 0
      send(.problem(.syncDirectoryGone))
    }
    scanAll(reason)
  }

  /// A directory appeared, or may be read now.
  func enter(_ directory: TreePath, _ reason: ScanReason) {
    if rules.isIgnored(directory, isDirectory: true) { return }
    // Watched by the scan of a directory around it, so listed since, unless another has taken its place.
    if registry.isWatched(directory) {
      let watch = library.add(directory.bytes, mask: WatchMask.directory, exclusively: true)
      switch watch {
      case .watched: return
      case .added(let watch): registry.set(directory, watch: watch)
      case .failed: break
      }
    }
    scan(directory, reason)
  }

  /// A directory was removed or moved away. Should there be one at its path all the same (made anew, or exchanged with
  /// another, where the event of its arrival came before), it is taken up at once. `arrives` if the next event tells where
  /// it went: that it is gone is then sent after what is there, however long the scan of that takes, so that both come
  /// into one batch.
  func leave(_ directory: TreePath, moved: Bool, arrives: Bool = false, _ reason: ScanReason = .directoryGone) {
    let wasKnown = registry.contains(directory)
    drop(directory, alive: moved)
    if !wasKnown && rules.isIgnored(directory, isDirectory: true) { return }
    if let gone = lookAgain(directory, reason) {
      if arrives { departure = gone } else { send(gone) }
    }
  }

  /// The kernel ended a watch: its directory was removed, which another event tells too, or its file system unmounted,
  /// which none does.
  func watchLost(_ directory: TreePath) {
    endedSinceCount += 1
    drop(directory, alive: false)
    if let gone = lookAgain(directory, .watchLost) { send(gone) }
  }

  /// Scans what is left of a directory that is not watched any more; if that is nothing, returns what says so.
  private func lookAgain(_ directory: TreePath, _ reason: ScanReason) -> WatchEvent? {
    let isDirectory = exists(directory)
    // A file: it was exchanged with one, and the event of the file's arrival came before.
    if isDirectory || isFile(directory) {
      scan(directory, isDirectory ? reason : .directoryGone)
      return nil
    }
    rules.forget(below: directory)
    report()
    return .listed(directory: directory, files: [], reason: .directoryGone, at: .now)
  }

  /// The directory's mode or owner may have changed, and with them whether it can be read.
  func attributesChanged(_ directory: TreePath) {
    let isReadable = root.withCPath(directory.bytes) { faccessat(root.descriptor, $0, R_OK | X_OK, AT_EACCESS) == 0 }
    if isReadable == registry.isWatched(directory) { return }
    if isReadable { return enter(directory, .newDirectory) }
    drop(directory, alive: true)
    scan(directory, .directoryGone)
  }

  /// Scans from where ignore files changed, those included that are still being written if that is asked for. What they
  /// ignore now is watched no more.
  func scanChangedRules(inWriting: Bool = false) {
    if inWriting || rulesDue.map({ $0 <= .now }) == true { changedRules.formUnion(rulesInWriting) }
    rulesInWriting.subtract(changedRules)
    if rulesInWriting.isEmpty { rulesDue = nil }
    let changed = TreePath.outermost(of: changedRules)
    changedRules = []
    for directory in changed where registry.contains(directory) {
      rules.forget(below: directory)
      scan(directory, .rulesChanged)
    }
  }

  /// Gives up the watches at and below a directory that the walk did not come to: of what is ignored by now, or went without
  /// an event.
  private func dropUnlisted(from directory: TreePath, _ listed: Set<TreePath>) {
    var open = [directory]
    while let next = open.popLast() {
      if listed.contains(next) { open += registry.children(of: next) } else { drop(next, alive: true) }
    }
  }
}
