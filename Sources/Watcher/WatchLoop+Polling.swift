internal import Graph
internal import Platform

// What events do not tell, or not all of: it is listed from time to time.
extension WatchLoop {
  /// Lists all that is to be polled, and tries again to watch what is not. What is below that is taken up anew: where no
  /// event tells of moves, the watches that there are may be out of step. On a file system that others may change they
  /// may be so as well, and stay: there the listings count, and what the watches tell only comes sooner.
  func poll() {
    let start = MonotonicTime.now
    lastPoll = start
    let polled = registry.polled
    for directory in TreePath.outermost(of: registry.unwatched) { drop(directory, alive: true) }
    for directory in polled where !isOver { scan(directory, .poll) }
    limitReported = limitReported && !registry.unwatched.isEmpty
    reported = reported.filter { registry.unwatched.contains($0.key) || registry.uncertain.contains($0.key) }
    pollDue = registry.wantsPolls ? nextPoll(after: MonotonicTime.now.milliseconds(since: start)) : nil
    report()
  }

  /// When to poll next, given how long the last poll took in milliseconds: so that it takes no more than a tenth of the time.
  func nextPoll(after duration: Double) -> MonotonicTime {
    let rest = max(Double(options.pollInterval) * 1000, 10 * duration)
    return .now.adding(milliseconds: UInt64(rest))
  }

  /// The walk has come to another file system: others may change it, and then no event tells.
  func noteFileSystem(of directory: TreePath, open descriptor: CInt) {
    guard let number = SharedFileSystem.number(ofFile: descriptor), let name = options.sharedFileSystems[number] else {
      return
    }
    registry.setUncertain(directory)
    sendOnce(.sharedFileSystem(directory, name, pollInterval: options.pollInterval), of: directory)
  }

  /// Sends a problem of a directory that is polled, unless that was said before: each poll finds it again.
  func sendOnce(_ problem: WatchProblem, of directory: TreePath) {
    if reported[directory, default: []].insert(problem.description).inserted { send(.problem(problem)) }
  }
}
