import Graph
import MCP
import Platform
import Query
import Store

/// The tree's graph, as it is whenever it is asked for. Safe to use from any thread.
final class GraphSource: Sendable {
  private let directory: String
  private let store: StoreDirectory
  private let watcher: SharedWatcher
  private let reader = Guarded<GraphReader?>(nil)

  init(_ directory: String, _ store: StoreDirectory, _ watcher: SharedWatcher) {
    self.directory = directory
    self.store = store
    self.watcher = watcher
  }

  var difference: GitDifference { GitDifference(of: directory, store) }

  /// With everything in it that was saved before.
  func query(_ call: ToolCall) throws -> GraphQuery {
    try watcher.settle(call)
    try synchronize(directory: directory, store: store, stop: call.stop)
    do throws(StoreError) {
      let reader = try reader.withLock { (reader) throws(StoreError) -> GraphReader in
        if let reader { return reader }
        let new = try GraphReader(store)
        reader = new
        return new
      }
      return GraphQuery(try reader.snapshot(stop: call.stop))
    } catch {
      if case .noStore = error { throw Failure.noGraph(of: directory, store) }
      throw error
    }
  }
}

extension GraphQuery {
  /// The one entity that a text names. Throws ``Failure``, which says what else it could be.
  func required(named text: String) throws -> EntityInfo {
    switch try lookUp(text) {
    case .found(let entity): return entity
    case .several(let some, let total):
      var lines = ["\"\(printable(text))\" is the name of \(total) entities; ask again with the id of one:"]
      lines += some.prefix(20).map { "\($0.id)  \($0.place)" }
      if total > 20 { lines.append("and \(total - 20) more") }
      throw Failure(lines.joined(separator: "\n"))
    case .nothing: throw Failure(try EntityArgument.nothing(text, self))
    }
  }
}
