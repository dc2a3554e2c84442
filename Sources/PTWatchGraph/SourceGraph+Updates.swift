import Dispatch
import Store

extension SourceGraph {
  /// What each commit changes, as it comes: first what changed since `generation`, if anything did and if one is given, then what is
  /// committed from now on.
  ///
  /// ```swift
  /// for try await changes in graph.updates() {
  ///   for file in changes.files ?? [] { print(file.kind, file.path) }
  /// }
  /// ```
  ///
  /// The watcher wakes who waits, within a millisecond or so; nothing is polled. Commits that come while the loop's body runs are told of as
  /// one. The sequence ends when its task is cancelled, and throws ``GraphError/noStore(_:)`` when the store is removed
  /// (``GraphError/damaged(_:detail:)`` if it is seen half removed). Where the watcher ends it waits for the next.
  public func updates(since generation: UInt64? = nil) -> Updates { Updates(graph: self, since: generation) }
}

/// The changes of a graph, one after another; see ``SourceGraph/updates(since:)``. Each iterator waits by itself.
public struct Updates: AsyncSequence, Sendable {
  /// What changed.
  public typealias Element = Changes
  /// What may end it before its time.
  public typealias Failure = GraphError

  let graph: SourceGraph
  let since: UInt64?

  /// Begins to follow when it is first asked for changes.
  public func makeAsyncIterator() -> Iterator { Iterator(graph: graph, generation: since) }

  /// Waits for changes. Belongs to one task.
  public struct Iterator: AsyncIteratorProtocol {
    let graph: SourceGraph
    /// What was told of last.
    var generation: UInt64?
    private var environment: String?
    private var wakes: Wakes?

    init(graph: SourceGraph, generation: UInt64?) {
      self.graph = graph
      self.generation = generation
    }

    /// The next changes; nil once the task is cancelled.
    ///
    /// - Throws: ``GraphError``.
    public mutating func next(isolation actor: isolated (any Actor)?) async throws(GraphError) -> Changes? {
      if wakes == nil { wakes = try Wakes(graph.directory) }
      while !Task.isCancelled {
        if let changes = try look() { return changes }
        switch await wakes!.next(isolation: actor) {
        case .committed: continue
        case .gone: throw .noStore(graph.store)
        case nil: return nil
        }
      }
      return nil
    }

    /// The next changes; nil once the task is cancelled.
    ///
    /// - Throws: ``GraphError``.
    public mutating func next() async throws(GraphError) -> Changes? { try await next(isolation: nil) }

    /// Nil if nothing has changed. Generations that changed no file's facts are passed over.
    private mutating func look() throws(GraphError) -> Changes? {
      let snapshot = try graph.storeSnapshot()
      defer { (environment, generation) = (snapshot.environment, snapshot.generation) }
      guard let generation else { return nil }
      if let environment, environment != snapshot.environment {
        return Changes(since: generation, generation: snapshot.generation, files: nil)
      }
      if generation == snapshot.generation { return nil }
      let changes = try Snapshot(snapshot).changes(since: generation)
      return changes.files?.isEmpty == true ? nil : changes
    }
  }
}

/// The moments at which a store may have changed.
private final class Wakes {
  enum Wake {
    case committed
    /// The store's directory is.
    case gone
  }

  private let source: any DispatchSourceRead
  private var moments: AsyncStream<Wake>.Iterator

  init(_ directory: StoreDirectory) throws(GraphError) {
    let events = Shared(try GraphError.translating { () throws(StoreError) in try CommitEvents(directory) })
    // Of several moments that nobody waited for the last says it all.
    let (stream, continuation) = AsyncStream.makeStream(of: Wake.self, bufferingPolicy: .bufferingNewest(1))
    moments = stream.makeAsyncIterator()
    // A queue of its own has a thread however busy those are that run tasks.
    let queue = DispatchQueue(label: "ptwatch.updates")
    source = DispatchSource.makeReadSource(fileDescriptor: events.events.descriptor, queue: queue)
    source.setEventHandler {
      let isThere = events.events.take()
      continuation.yield(isThere ? .committed : .gone)
      if !isThere { continuation.finish() }
    }
    // The descriptor is closed when the handlers let go of it, after the source's end.
    source.setCancelHandler { _ = events }
    source.activate()
  }

  deinit { source.cancel() }

  /// Nil once the task is cancelled.
  func next(isolation actor: isolated (any Actor)?) async -> Wake? { await moments.next(isolation: actor) }

  private final class Shared: Sendable {
    let events: CommitEvents

    init(_ events: consuming CommitEvents) { self.events = events }
  }
}
