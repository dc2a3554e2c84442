public import Platform

/// Reads a store, in any process, while another may write it. Safe to use from any thread; each ``Snapshot`` belongs to
/// one at a time.
public final class GraphReader: Sendable {
  private let directory: StoreDirectory
  private let lease: Guarded<EnvironmentLease>

  /// Throws ``StoreError/noStore(path:)`` if there is none, and others if it cannot be used.
  public init(_ directory: StoreDirectory) throws(StoreError) {
    self.directory = directory
    lease = Guarded(try Self.open(directory))
  }

  /// The newest generation. A store that a full ingest has put in the place of the one read so far is followed. Once `stop`
  /// is set, all that reads files, facts or names throws ``StoreError/interrupted``.
  public func snapshot(stop: StopFlag? = nil) throws(StoreError) -> Snapshot {
    let current = try lease.withLock { (lease) throws(StoreError) -> EnvironmentLease in
      // By the file, since a store that was removed and made anew has the same names.
      let now = try? FileIdentity(ofEnvironment: directory.current)
      if now != lease.environment.identity { lease = try Self.open(directory) }
      return lease
    }
    return try Snapshot(current, stop)
  }

  /// The newest generation several times, for as many threads. Throws `StoreError`.
  public func snapshots(_ count: Int, stop: StopFlag? = nil) throws(StoreError) -> [Snapshot] {
    while true {
      var snapshots: [Snapshot] = []
      for _ in 0..<count { snapshots.append(try snapshot(stop: stop)) }
      // A batch may have come between two of them.
      if snapshots.allSatisfy({ $0.isSameState(as: snapshots[0]) }) { return snapshots }
    }
  }

  /// Between reading the link and opening what it leads to, that may be removed by a switch: then the link leads
  /// elsewhere.
  private static func open(_ directory: StoreDirectory) throws(StoreError) -> EnvironmentLease {
    var last: String?
    while true {
      guard let environment = try directory.currentEnvironment() else { throw .noStore(path: directory.path) }
      do throws(StoreError) {
        return try EnvironmentLease(environment, .read)
      } catch {
        if environment == last { throw error }
        last = environment
      }
    }
  }
}
