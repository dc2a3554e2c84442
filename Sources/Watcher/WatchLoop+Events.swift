internal import CInotifyTools
internal import Discovery
internal import Graph
internal import Platform

extension WatchLoop {
  /// Handles the events that were read together, in their order.
  func handleBatch() {
    defer {
      ended = []
      report()
    }
    // After an overflow, whatever else was queued is older than the rescan.
    if batch.contains(where: \.isOverflow) { return renew(.overflow) }
    var index = 0
    // It may grow while it is handled.
    repeat {
      while index < batch.count && !isOver && !stop.isSet {
        if batch[index].isOverflow { return renew(.overflow) }
        let departure = departure.take()
        handle(batch[index], at: index)
        if let departure { send(departure) }
        index += 1
      }
      scanChangedRules()
    } while index < batch.count && !isOver && !stop.isSet
    countRecords()
  }

  private func rootLoss(_ event: RawEvent) -> RootLoss? {
    if event.has(CInt(IN_UNMOUNT)) { return .unmounted }
    if event.has(CInt(IN_MOVE_SELF)) { return .moved }
    return event.has(CInt(IN_DELETE_SELF)) || event.isEnd ? .removed : nil
  }

  private func handle(_ event: RawEvent, at index: Int) {
    if event.watch == syncWatch { return handleSync(event) }
    if let directory = ruleWatches[event.watch] { return handleRuleDirectory(event, directory) }
    if let surrounding = surroundings[event.watch] { return handleSurrounding(event, surrounding) }
    guard let directory = registry.path(of: event.watch) else { return handleStray(event) }
    if directory.isRoot, event.name.isEmpty, let loss = rootLoss(event) { return end(loss) }
    if event.isEnd { return watchLost(directory) }
    if event.name.isEmpty { return }
    let path = directory.appending(event.name)
    if event.isDirectory { return handleDirectory(path, event, at: index) }
    if IgnoreRules.isRuleFile(path) { noteRules(of: directory, event) }
    if outerFilesInTree.contains(path) { noteRules(of: .root, event) }
    if directory.isRoot && event.has(CInt(IN_DELETE | IN_MOVED_FROM)) { rootMayBeEmpty = true }
    let touch = touch(of: event)
    // The next event of the same file says all that this says.
    if touch == .writing && index + 1 < batch.count && batch[index + 1].isOfSameEntry(as: event) { return }
    guard options.wants(path), !rules.isIgnored(path, isDirectory: false) else { return }
    send(.touched(path, touch, at: batchTime))
  }

  /// An event of a watch that was given up. Most were queued before; but where another directory had taken the place of
  /// the watch's own, that could not be removed safely, and may live on elsewhere: it is removed when it still reports
  /// after a second. (Removing one that the kernel has ended makes the library write to standard error.)
  private func handleStray(_ event: RawEvent) {
    if event.isEnd {
      endedSinceCount += 1
      strays[event.watch] = nil
    } else if !ended.contains(event.watch) {
      let since = strays[event.watch] ?? batchTime
      strays[event.watch] = since
      if since.adding(milliseconds: 1000) < batchTime { library.remove(event.watch) }
    }
  }

  private func touch(of event: RawEvent) -> Touch {
    if event.has(CInt(IN_DELETE | IN_MOVED_FROM)) { return .removed }
    if event.has(CInt(IN_MOVED_TO)) { return .moved }
    return event.has(CInt(IN_MODIFY | IN_CREATE)) ? .writing : .complete
  }

  private func handleDirectory(_ path: TreePath, _ event: RawEvent, at index: Int) {
    if path == Self.ruleDirectories.first && !event.has(CInt(IN_ATTRIB)) {
      if event.has(CInt(IN_MOVED_FROM)) { dropRuleDirectories() }
      watchRuleDirectories()
      changedRules.insert(.root)
    }
    if event.has(CInt(IN_CREATE | IN_MOVED_TO)) {
      enter(path, .newDirectory)
    } else if event.has(CInt(IN_DELETE | IN_MOVED_FROM)) {
      let arrives = index + 1 < batch.count && batch[index + 1].isArrival(of: event)
      leave(path, moved: event.has(CInt(IN_MOVED_FROM)), arrives: arrives)
      if path.parent.isRoot { rootMayBeEmpty = true }
    } else if event.has(CInt(IN_ATTRIB)) {
      attributesChanged(path)
    }
  }

  private func handleSync(_ event: RawEvent) {
    if event.isEnd {
      syncWatch = 0
      return send(.problem(.syncDirectoryGone))
    }
    guard !event.name.isEmpty, !event.isDirectory else { return }
    // All that happened before the cookie has to be sent before it, so nothing may be left for later.
    scanChangedRules(inWriting: true)
    if registry.wantsPolls && lastPoll < batchTime { poll() }
    send(.cookie(name: String(decoding: event.name, as: UTF8.self), at: batchTime))
  }

  private func handleRuleDirectory(_ event: RawEvent, _ directory: TreePath) {
    if event.isEnd {
      ruleWatches[event.watch] = nil
      endedSinceCount += 1
      return
    }
    let path = directory.appending(event.name)
    if event.isDirectory && Self.repositoryParts.contains(path) {
      watchRuleDirectories()
      changedRules.insert(.root)
    } else if IgnoreRules.isRuleFile(path) {
      noteRules(of: .root, event)
    }
  }

  /// An ignore file of the directory was changed. One that is being written is read when that is over, or after a while.
  func noteRules(of directory: TreePath, _ event: RawEvent) {
    if touch(of: event) == .writing {
      rulesInWriting.insert(directory)
      rulesDue = rulesDue ?? batchTime.adding(milliseconds: 1000)
    } else {
      changedRules.insert(directory)
    }
  }
}
