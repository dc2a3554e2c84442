import Graph
import Query
import Store

/// One generation of a graph, seen whole and unchanging for as long as this lives.
///
/// While one lives the store cannot use again the space of what was replaced since, so take a snapshot for a question or a few, not
/// for keeps. Not `Sendable`: one task or thread at a time may use it. Questions are answered on the calling thread, most in less than a
/// millisecond to some, as far as their pages are in memory; what is learned for one is kept for the next.
public final class Snapshot {
  /// Number of the batch of changes that was committed last. A full ingest is one too.
  public let generation: UInt64
  let query: GraphQuery

  init(_ snapshot: Store.Snapshot) {
    generation = snapshot.generation
    query = GraphQuery(snapshot)
  }

  /// The root of the tree, an absolute path.
  public var root: String { String(decoding: query.snapshot.root, as: UTF8.self) }

  /// How many files are in the graph.
  ///
  /// - Throws: ``GraphError/damaged(_:detail:)``, as all questions may.
  public func fileCount() throws(GraphError) -> Int {
    try GraphError.translating { () throws(StoreError) in try query.snapshot.counts().files }
  }

  // MARK: Entities

  /// The one entity that a text names: its id, `path:line` (lines count from 1), its qualified name or the end of that. O(entities of that
  /// name).
  ///
  /// - Throws: ``GraphError/notFound(_:near:)`` or ``GraphError/ambiguous(_:first:total:)`` if it is not just one.
  public func entity(_ name: String) throws(GraphError) -> Entity {
    try GraphError.translatingAny { () throws -> Result<Entity, GraphError> in
      switch try query.lookUp(name) {
      case .found(let entity): return .success(Entity(entity))
      case .several(let first, let total):
        return .failure(.ambiguous(name, first: first.map(Entity.init), total: total))
      case .nothing:
        let last = name.split { ".:/#".contains($0) }.last.map(String.init) ?? name
        return .failure(.notFound(name, near: try query.near(last)))
      }
    }.get()
  }

  /// The entity with an id; nil if there is none. O(entities of its file).
  ///
  /// - Throws: ``GraphError``.
  public func entity(id: Entity.ID) throws(GraphError) -> Entity? {
    try GraphError.translating { () throws(StoreError) in try query.entity(id: id) }.map(Entity.init)
  }

  /// A page of the entities whose names are like a text, the best first, then by name and path. O(names), or O(names that begin so) where the
  /// text says how they begin.
  ///
  /// - Parameters:
  ///   - text: Capitals count only if it has some.
  ///   - match: How a name is to be like it.
  ///   - filter: Which entities are wanted.
  ///   - offset: How many to pass over.
  ///   - limit: The most to return.
  /// - Throws: ``GraphError/malformed(_:)`` if the text, or a glob of the filter, is none.
  public func find(
    _ text: String, match: Match = .part, _ filter: Filter = Filter(), offset: Int = 0, limit: Int = 100
  ) throws(GraphError) -> Findings {
    guard let pattern = match.pattern(text) else { throw .malformed(text) }
    let filter = try filter.entityFilter()
    return try GraphError.translatingAny {
      let found = try query.find(pattern, filter, offset: max(offset, 0), limit: max(limit, 0))
      return Findings(entities: found.entities.map(Entity.init), total: found.total, hasMore: found.hasMore)
    }
  }

  /// A file's entities in source order; nil if the file is not in the graph. O(entities of the file).
  ///
  /// - Throws: ``GraphError``.
  public func outline(ofFile path: String) throws(GraphError) -> [Entity]? {
    try GraphError.translating { () throws(StoreError) in try query.outline(of: TreePath(path)) }?
      .map { Entity($0.entity) }
  }

  /// What stands in an entity, one step deep, in source order. O(entities of the file).
  ///
  /// - Throws: ``GraphError/notFound(_:near:)`` if the entity is not in this snapshot.
  public func members(of entity: Entity) throws(GraphError) -> [Entity] {
    try asking(entity) { (entity) throws(StoreError) in try query.show(entity, limit: 0).children.map(Entity.init) }
  }

  /// Asks of an entity that may come from another snapshot.
  func asking<Result>(
    _ entity: Entity, _ body: (EntityInfo) throws(StoreError) -> Result
  ) throws(GraphError) -> Result {
    guard let info = try GraphError.translating({ () throws(StoreError) in try query.entity(id: entity.id) }) else {
      throw .notFound(entity.id, near: [])
    }
    return try GraphError.translating { () throws(StoreError) in try body(info) }
  }
}
