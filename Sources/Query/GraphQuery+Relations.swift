public import Graph
public import Store

extension GraphQuery {
  /// Everything that means an entity and everything that it means.
  public struct Surroundings: Sendable {
    public let entity: EntityInfo
    public let children: [EntityInfo]
    /// In source order.
    public let out: [EdgeInfo]
    /// In order of path, then of source; at most as many as were asked for.
    public let `in`: [EdgeInfo]
  }

  /// What an entity consists of, mentions and is mentioned by. `limit` bounds the mentions of it.
  public func show(_ entity: EntityInfo, limit: Int = .max) throws(StoreError) -> Surroundings {
    let mentions = try mentions(of: entity, limit: limit) { _ in true }
    // Where it mentions nothing, no more than its children is to be read.
    if let paged = try paged(entity.file), try !paged.mayMention(entity.index) {
      return Surroundings(entity: entity, children: try paged.children(of: entity), out: [], in: mentions)
    }
    let loaded = try load(entity.file)
    let children = loaded.facts.entities.indices.filter { loaded.facts.entities[$0].parent == entity.index }
    return Surroundings(
      entity: entity, children: children.map { loaded.info(EntityIndex($0)) },
      out: try edges(in: entity, from: { $0.from == entity.index }), in: mentions)
  }

  /// The uses of an entity, imports left out: in order of path, then of source. An ambiguous use is one of each entity that
  /// it may mean. Reads no more files than it takes to find `limit`.
  public func callers(of entity: EntityInfo, limit: Int = .max) throws(StoreError) -> [EdgeInfo] {
    try mentions(of: entity, limit: limit) { $0 != .imports }
  }

  /// The uses of an entity of some kinds (any if empty), by test code or not; otherwise as ``callers(of:limit:)``.
  public func uses(
    of entity: EntityInfo, kinds: Set<EdgeKind> = [], tests: EntityFilter.Tests = .all, limit: Int = .max
  ) throws(StoreError) -> [EdgeInfo] {
    try mentions(of: entity, tests: tests, limit: limit) { kinds.isEmpty || kinds.contains($0) }
  }

  /// What an entity, and what stands in it, calls or hands on to be called; in source order.
  public func callees(of entity: EntityInfo) throws(StoreError) -> [EdgeInfo] {
    let facts = try load(entity.file).facts
    var inside: Set<EntityIndex> = [entity.index]
    for (index, inner) in facts.entities.enumerated() where inside.contains(inner.parent) {
      inside.insert(EntityIndex(index))
    }
    return try edges(
      in: entity, from: { inside.contains($0.from) },
      where: { edge, meaning in
        switch edge.kind {
        case .calls: true
        case .references: meaning.candidates.contains { $0.entry.kind.isCallable }
        default: false
        }
      })
  }

  func edges(
    in entity: EntityInfo, from isWanted: (Edge) -> Bool, where means: (Edge, Meaning) -> Bool = { _, _ in true }
  ) throws(StoreError) -> [EdgeInfo] {
    let loaded = try loadWhole(entity.file)
    let resolver = try resolver(of: loaded)
    var found: [EdgeInfo] = []
    for edge in loaded.facts.edges where isWanted(edge) {
      let meaning = try resolver.meaning(of: edge, .everywhere)
      if means(edge, meaning) { found.append(loaded.info(edge, meaning)) }
    }
    return found
  }

  func mentions(
    of entity: EntityInfo, tests: EntityFilter.Tests = .all, limit: Int = .max, where isWanted: (EdgeKind) -> Bool
  ) throws(StoreError) -> [EdgeInfo] {
    let rows = try snapshot.mentions(of: entity.name)
    // Who imports it by another name uses it by that.
    let renaming = Set(rows.lazy.filter { $0.kind == .imports }.map(\.file))
    var files: [FileID] = []
    // They come by file.
    for row in rows where (row.kind == .imports || isWanted(row.kind)) && row.file != files.last {
      files.append(row.file)
    }
    if try resolver.isKeptToItsFile(entity) { files = files.filter { $0 == entity.file } }
    let entry = try resolver.entry(entity.name)
    // What few files mention is as well looked for there.
    let candidate = files.count > Self.few ? try resolver.candidate(entity.place) : nil
    if let candidate { files = try resolver.mayMean(candidate, entry, among: files) }
    var found: [EdgeInfo] = []
    var queue = try queue(of: files)
    while found.count < limit, let file = queue.next() {
      if let candidate, file != entity.file, try !resolver.included(by: file).mayMean(candidate, entry) { continue }
      let isRenamed = renaming.contains(file)
      let loaded = isRenamed ? try loadWhole(file) : try loadMentions(of: entity.name, in: file)
      let names = Self.names(for: entity.name, in: loaded.facts, renamed: isRenamed)
      for edge in loaded.facts.edges where names.contains(edge.name) && isWanted(edge.kind) {
        let source = edge.from == Entity.noParent ? nil : loaded.facts.entities[Int(edge.from)].flags
        guard tests.wants(source) else { continue }
        let meaning = try resolver(of: loaded).meaning(of: edge, .everywhere)
        if meaning.candidates.contains(where: { $0.place == entity.place }) {
          found.append(loaded.info(edge, meaning))
          if found.count == limit { break }
        }
      }
    }
    return found
  }

  private static let few = 16

  /// Files in order of their paths.
  func queue(of files: [FileID]) throws(StoreError) -> FileQueue {
    var paths: [(path: TreePath, file: FileID)] = []
    paths.reserveCapacity(files.count)
    for file in files { paths.append((try snapshot.requiredPlace(file).path, file)) }
    return FileQueue(paths)
  }

  /// One mostly, which all edges of a file are compared with.
  private static func names(for name: [UInt8], in facts: FileFacts, renamed: Bool) -> [NameID] {
    let id = (0..<UInt32(facts.names.count)).lazy.map { NameID(rawValue: $0) }.first {
      facts.names.range($0).count == name.count && facts.names[$0].elementsEqual(name)
    }
    guard let id else { return [] }
    var names = [id]
    guard renamed else { return names }
    for edge in facts.edges
    where edge.kind == .imports && edge.alias != .none && names.contains(edge.name) && !names.contains(edge.alias) {
      names.append(edge.alias)
    }
    return names
  }
}
