import Graph
import Query
import Store

extension Snapshot {
  /// The uses of an entity, imports left out: in order of path, then of source. An ambiguous use is one of each entity that it
  /// may mean. Reads no more files than it takes to find `limit`.
  ///
  /// - Throws: ``GraphError/notFound(_:near:)`` if the entity is not in this snapshot.
  public func callers(of entity: Entity, limit: Int = .max) throws(GraphError) -> [Edge] {
    try asking(entity) { (entity) throws(StoreError) in
      try query.callers(of: entity, limit: limit).compactMap(Edge.init)
    }
  }

  /// The uses of an entity of some kinds (of any if the set is empty), by test code or not; otherwise as ``callers(of:limit:)``.
  ///
  /// - Throws: ``GraphError/notFound(_:near:)`` if the entity is not in this snapshot.
  public func uses(
    of entity: Entity, kinds: Set<Edge.Kind> = [], tests: Filter.Tests = .all, limit: Int = .max
  ) throws(GraphError) -> [Edge] {
    let kinds = Set(Graph.EdgeKind.allCases.filter { kind in kinds.contains { $0.rawValue == kind.name } })
    return try asking(entity) { (entity) throws(StoreError) in
      try query.uses(of: entity, kinds: kinds, tests: tests.asked, limit: limit).compactMap(Edge.init)
    }
  }

  /// What an entity, and what stands in it, calls or hands on to be called; in source order. O(edges of the file).
  ///
  /// - Throws: ``GraphError/notFound(_:near:)`` if the entity is not in this snapshot.
  public func callees(of entity: Entity) throws(GraphError) -> [Edge] {
    try asking(entity) { (entity) throws(StoreError) in try query.callees(of: entity).compactMap(Edge.init) }
  }

  /// All that an entity mentions itself, what stands in it left out; in source order. O(edges of the file).
  ///
  /// - Throws: ``GraphError/notFound(_:near:)`` if the entity is not in this snapshot.
  public func edges(from entity: Entity) throws(GraphError) -> [Edge] {
    try asking(entity) { (entity) throws(StoreError) in try query.show(entity, limit: 0).out.compactMap(Edge.init) }
  }

  /// What a type is made from and what is made from it, as far as it goes or `depth` steps. Reads the files of what it lists.
  ///
  /// - Throws: ``GraphError/notFound(_:near:)`` if the entity is not in this snapshot.
  public func hierarchy(of type: Entity, depth: Int = .max) throws(GraphError) -> Hierarchy {
    try asking(type) { (type) throws(StoreError) in Hierarchy(try query.hierarchy(of: type, depth: depth)) }
  }

  /// A shortest chain of calls from one entity to another: each edge is a use of what the next one stands in, the last of `end`. Empty
  /// if the two are the same; nil if there is none over fewer than 20,000 entities, by calls that are sure.
  ///
  /// - Throws: ``GraphError/notFound(_:near:)`` if an entity is not in this snapshot.
  public func path(from start: Entity, to end: Entity) throws(GraphError) -> [Edge]? {
    guard let end = try GraphError.translating({ () throws(StoreError) in try query.entity(id: end.id) }) else {
      throw .notFound(end.id, near: [])
    }
    return try asking(start) { (start) throws(StoreError) -> [Edge]? in
      guard case .found(let steps) = try query.path(from: start, to: end, doubtful: false) else { return nil }
      return steps.compactMap { Edge($0.edge) }
    }
  }

  /// Who uses some entities, who uses these in turn, and so on over `hops` uses: what a change of them can affect. Entities that this
  /// snapshot does not have are passed over. Takes sure uses alone, and looks for 20,000 entities at the most.
  ///
  /// - Throws: ``GraphError``.
  public func impact(of changed: [Entity], hops: Int) throws(GraphError) -> [Affected] {
    try GraphError.translating { () throws(StoreError) in
      var known: [EntityInfo] = []
      for entity in changed { if let info = try query.entity(id: entity.id) { known.append(info) } }
      return try query.impact(of: known, hops: hops, doubtful: false).affected.compactMap(Affected.init)
    }
  }

  /// What changed since an earlier generation, up to this one. O(history since then).
  ///
  /// - Throws: ``GraphError``. A generation that is not known any more, or not yet, is no error: see ``Changes/files``.
  public func changes(since generation: UInt64) throws(GraphError) -> Changes {
    let changes = try GraphError.translating { () throws(StoreError) in try query.changes(since: generation) }
    guard case .known(let files) = changes else {
      return Changes(since: generation, generation: self.generation, files: nil)
    }
    return Changes(since: generation, generation: self.generation, files: files.map(ChangedFile.init))
  }
}

/// What a type is made from, and what is made from it.
public struct Hierarchy: Sendable {
  /// A type above or below.
  public struct Relative: Sendable {
    /// Nil for one that is not in the tree.
    public let entity: Entity?
    /// As the source says it.
    public let name: String
    /// Steps from the type that was asked for: 1 for what it says itself.
    public let depth: Int
    /// Where it is said.
    public let edge: Edge
  }

  /// Further pieces of the type: extensions, `impl` blocks.
  public let pieces: [Entity]
  /// What it is made from; each behind what it was found by, one step less deep.
  public let above: [Relative]
  /// What is made from it, in the same order.
  public let below: [Relative]

  init(_ hierarchy: GraphQuery.Hierarchy) {
    pieces = hierarchy.pieces.map(Entity.init)
    above = hierarchy.above.compactMap(Relative.init)
    below = hierarchy.below.compactMap(Relative.init)
  }
}

extension Hierarchy.Relative {
  fileprivate init?(_ relative: GraphQuery.Relative) {
    guard let edge = Edge(relative.edge) else { return nil }
    entity = relative.entity.map(Entity.init)
    name = Escaping.printable(relative.name)
    depth = relative.depth
    self.edge = edge
  }
}

/// Something that may behave otherwise when something else changes.
public struct Affected: Sendable {
  /// Nil for the code of a file outside of any entity.
  public let entity: Entity?
  /// Of the file.
  public let path: String
  /// Over how many uses: 1 for who uses the changed thing itself.
  public let hops: Int
  /// The use by which it is affected.
  public let edge: Edge

  init?(_ affected: GraphQuery.Affected) {
    guard let edge = Edge(affected.edge) else { return nil }
    entity = affected.entity.map(Entity.init)
    path = "\(affected.path)"
    hops = affected.hops
    self.edge = edge
  }
}
