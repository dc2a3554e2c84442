import Glibc
import Platform
import Store
import Watcher

/// `ptwatch <dir>`: watches a tree until told to end. With `--wait` also whenever it is there again, and all is opened anew.
struct WatchSessions {
  private let directory: String
  private let options: IngestOptions
  private let screen: Screen
  private let pollInterval: Int?
  private let waits: Bool
  private let isAttached: Bool
  private let interruption = Interruption()

  /// A store that has to be rebuilt more often than this in one run is not the disk's fault.
  private static let mostRebuilds = 3
  /// Between two looks for a directory that is not there, in milliseconds.
  private static let patience: UInt64 = 1000

  init(_ directory: String, _ options: IngestOptions, _ screen: Screen, polling: Int?, waits: Bool, isAttached: Bool) {
    self.directory = WorkingDirectory.absolute(directory)
    self.options = options
    self.screen = screen
    self.pollInterval = polling
    self.waits = waits
    self.isAttached = isAttached
  }

  /// Returns the exit status.
  func run() throws -> CInt {
    try interruption.listen()
    if isAttached { try interruption.endWithInput() }
    var generation: UInt64 = 0
    var isMount: Bool?
    var rebuilds = 0
    if waits, !isThere(mounted: false), try !wait("it is not there", mounted: false, generation) { return 0 }
    while true {
      let reason: String
      var mounted = false
      do {
        let session = try TreeSession(directory: directory, options, stop: interruption.stop)
        isMount = isMount ?? MountTable.current?.isMountPoint(session.root)
        switch try run(session, &rebuilds) {
        case nil: continue
        case .ended(let status): return status
        case .rootGone(let loss, let last):
          generation = last
          if !waits { return try fail(loss, session, generation) }
          reason = loss.description
          // What is left of a file system's mount point is not the tree.
          mounted = loss == .unmounted && isMount == true
        }
      } catch StoreError.held where isAttached {
        // Another came first: the program that started this one sees it too.
        return 1
      } catch  where waits && !isThere(mounted: false) {
        reason = "\(error)"
      }
      if try !wait(reason, mounted: mounted, generation) { return 0 }
    }
  }

  /// Watches once. Nil after the store was found to be damaged, and marked, so that the next run rebuilds it.
  private func run(_ session: TreeSession, _ rebuilds: inout Int) throws -> WatchRun.Outcome? {
    do {
      return try WatchRun(session, screen, interruption, polling: pollInterval).run()
    } catch let error as StoreError where error.asksForRebuild && rebuilds < Self.mostRebuilds {
      rebuilds += 1
      session.store.markDamaged(by: error)
      return nil
    }
  }

  private func fail(_ loss: RootLoss, _ session: TreeSession, _ generation: UInt64) throws -> CInt {
    try? WatchOutput(screen).stopped(generation, reason: "root gone")
    let isKept = access(session.store.path, F_OK) == 0
    Complaint.report("\(printable(session.root)): \(loss)\(isKept ? "; the store is kept" : "")")
    return 1
  }

  /// Waits until there is a directory, and something mounted at it if that is asked for. False if told to end instead.
  private func wait(_ reason: String, mounted: Bool, _ generation: UInt64) throws -> Bool {
    let output = WatchOutput(screen)
    try output.waiting(directory, reason: reason)
    repeat {
      if !interruption.sleep(milliseconds: Self.patience) {
        try? output.stopped(generation, reason: interruption.name)
        return false
      }
    } while !isThere(mounted: mounted)
    return true
  }

  private func isThere(mounted: Bool) -> Bool {
    var status = stat()
    guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return false }
    guard mounted, let path = realpath(directory, nil) else { return !mounted }
    defer { free(path) }
    return MountTable.current?.isMountPoint(String(cString: path)) ?? true
  }
}

enum WorkingDirectory {
  /// The path from the top, links and all; it need not exist.
  static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let current = getcwd(nil, 0) else { return path }
    defer { free(current) }
    return String(cString: current) + "/" + path
  }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
