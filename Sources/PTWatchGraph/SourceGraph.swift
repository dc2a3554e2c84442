import Dispatch
import Platform
import Store

/// The graph of a source tree, as a `ptwatch` that watches the tree keeps it.
///
/// A graph is only read here: start `ptwatch <dir>` to have it made and kept true. Opening costs little and holds nothing
/// but a map of the store's file. All members may be used from any thread, and any number of processes may read while one
/// writes.
///
/// ```swift
/// let graph = try SourceGraph(ofTree: "/home/me/project")
/// let snapshot = try graph.snapshot()
/// for use in try snapshot.callers(of: snapshot.entity("parse_header")) {
///   print(use.path, use.position.line, use.user?.qualifiedName ?? "-")
/// }
/// ```
public final class SourceGraph: Sendable {
  /// Where the graph is stored.
  public let store: String

  let directory: StoreDirectory
  private let reader: GraphReader

  /// Opens the graph of the tree in a directory, which lies in its `.ptwatch`.
  ///
  /// - Throws: ``GraphError/noStore(_:)`` if `ptwatch` has not made one, and others if it cannot be used.
  public convenience init(ofTree tree: String) throws(GraphError) { try self.init(StoreDirectory(ofTree: tree)) }

  /// Opens a graph that lies elsewhere: where `ptwatch --db` put it.
  ///
  /// - Throws: ``GraphError/noStore(_:)`` if there is none, and others if it cannot be used.
  public convenience init(store: String) throws(GraphError) { try self.init(StoreDirectory(path: store)) }

  private init(_ directory: StoreDirectory) throws(GraphError) {
    self.directory = directory
    store = directory.path
    reader = try GraphError.translating { () throws(StoreError) in try GraphReader(directory) }
  }

  /// The graph as it was last committed. Costs a few microseconds, and does not wait for a writer.
  ///
  /// - Throws: ``GraphError``, if the store was removed or damaged since.
  public func snapshot() throws(GraphError) -> Snapshot { Snapshot(try storeSnapshot()) }

  func storeSnapshot() throws(GraphError) -> Store.Snapshot {
    try GraphError.translating { () throws(StoreError) in try reader.snapshot() }
  }

  /// True while a process keeps the graph true.
  public var isWatched: Bool { WriterLock.holder(of: directory) != nil }

  /// Returns when all that was saved in the tree before the call is committed, so that a snapshot taken next is of the tree as it
  /// is: mostly within milliseconds.
  ///
  /// - Throws: ``GraphError/notWatched(_:)`` if nobody watches the tree, ``GraphError/unanswered(_:)`` if who does has not answered
  ///   for a minute, ``GraphError/cancelled`` if the task is cancelled.
  public func sync() async throws(GraphError) {
    let stop = StopFlag()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // The wait blocks its thread, which must not be one of those that run tasks: a queue of its own has another.
        DispatchQueue(label: "ptwatch.sync").async { [directory] in
          continuation.resume(returning: Self.wait(for: directory, stop))
        }
      }
    } onCancel: {
      stop.set()
    }
    try result.get()
  }

  private static func wait(for directory: StoreDirectory, _ stop: StopFlag) -> Result<Void, GraphError> {
    Result { () throws(GraphError) in
      while let holder = WriterLock.holder(of: directory) {
        let isAnswered = try GraphError.translating { () throws(StoreError) in
          try SyncCookie(directory).wait(stop) { WriterLock.holder(of: directory) == holder }
        }
        if isAnswered { return }
      }
      throw .notWatched(directory.path)
    }
  }
}
