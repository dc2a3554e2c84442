import Graph

/// Folds what batches did, one after another, into what became of each file.
struct ChangeFolding {
  private let languages: [LanguageTraits]
  /// By the path that a file has now.
  private var current: [TreePath: FoldedFile] = [:]
  /// Files that there were at first and are gone, by the path that they had at first.
  private var departed: [TreePath: FoldedFile] = [:]

  init(_ languages: [LanguageTraits]) { self.languages = languages }

  mutating func add(_ batch: [FileChange]) {
    for change in batch where change.kind == .removed {
      let file = take(change.path)
      file.add(change)
      if let origin = file.origin { departed[origin] = file }
    }
    // All at once, for files may change places.
    let moved = batch.filter { $0.kind == .renamed }.map { ($0.path, take($0.origin ?? $0.path)) }
    for (path, file) in moved { current[path] = file }
    for change in batch where change.kind == .added || change.kind == .modified {
      let file: FoldedFile
      if change.kind == .added {
        // A file that comes again is the one that went.
        file = departed.removeValue(forKey: change.path) ?? FoldedFile(origin: nil)
      } else {
        file = take(change.path)
      }
      file.add(change)
      current[change.path] = file
    }
  }

  /// The file that is at a path; it was there at first if nothing is known of it.
  private mutating func take(_ path: TreePath) -> FoldedFile {
    current.removeValue(forKey: path) ?? FoldedFile(origin: path)
  }

  /// In the order in which they are to be applied, and of their paths.
  func files() -> [ChangedFile] {
    let gone = departed.sorted { $0.key < $1.key }.map { $0.value.result(at: nil, languages) }
    let here = current.sorted { $0.key < $1.key }.filter { !$0.value.isAsItWas(at: $0.key) }
      .map { $0.value.result(at: $0.key, languages) }
    return gone + here.filter { $0.kind == .renamed } + here.filter { $0.kind != .renamed }
  }
}

/// One file through all batches.
private final class FoldedFile {
  /// Its path at first; nil if there was no such file.
  let origin: TreePath?
  private var counts = FileChange.Counts()
  private var isComplete = true
  private var isModified = false
  private var entities: [EntityKey: State] = [:]
  private var order: [EntityKey] = []
  private var edges: [EdgeKey: Int] = [:]
  private var edgeOrder: [EdgeKey] = []

  private struct EntityKey: Hashable {
    let language: LanguageID
    let tail: EntityTail
  }

  private struct EdgeKey: Hashable {
    let language: LanguageID
    let edge: ChangeDetails.EdgeValue
  }

  private struct State {
    let wasThere: Bool
    var isThere: Bool
  }

  init(origin: TreePath?) { self.origin = origin }

  func add(_ change: FileChange) {
    isModified = true
    counts += change.counts
    guard let details = change.details else {
      isComplete = false
      return
    }
    for entity in details.entities {
      let key = EntityKey(language: change.language, tail: entity.entity)
      let isThere = entity.change != .removed
      if entities[key] == nil {
        entities[key] = State(wasThere: entity.change != .added, isThere: isThere)
        order.append(key)
      } else {
        entities[key]!.isThere = isThere
      }
    }
    for edge in details.edges {
      let key = EdgeKey(language: change.language, edge: edge.edge)
      if let count = edges[key] {
        edges[key] = count + edge.count
      } else {
        edges[key] = edge.count
        edgeOrder.append(key)
      }
    }
  }

  /// True of one that renames alone have led back to where it was.
  func isAsItWas(at path: TreePath) -> Bool { origin == path && !isModified }

  /// `path` is where it is now; nil if it is gone.
  func result(at path: TreePath?, _ languages: [LanguageTraits]) -> ChangedFile {
    let entities = isComplete ? changedEntities(at: path, languages) : []
    let edges = isComplete ? changedEdges(at: path, languages) : []
    let kind: FileChange.Kind =
      if path == nil { .removed } else if origin == nil { .added } else if origin == path { .modified } else {
        .renamed
      }
    return ChangedFile(
      kind: kind, path: path ?? origin ?? .root, origin: kind == .renamed ? origin : nil,
      counts: isComplete ? Self.counts(entities, edges) : counts, isComplete: isComplete, entities: entities,
      edges: edges)
  }

  private func changedEntities(at path: TreePath?, _ languages: [LanguageTraits]) -> [ChangedFile.ChangedEntity] {
    order.compactMap { key in
      let change: ChangeDetails.Change
      switch (entities[key]!.wasThere, entities[key]!.isThere) {
      case (false, false): return nil
      case (false, true): change = .added
      case (true, true): change = .changed
      case (true, false): change = .removed
      }
      let id = id(key.tail, key.language, change == .removed ? origin : path, languages)
      return ChangedFile.ChangedEntity(change: change, kind: key.tail.kind, id: id, name: key.tail.text)
    }
  }

  private func changedEdges(at path: TreePath?, _ languages: [LanguageTraits]) -> [ChangedFile.ChangedEdge] {
    edgeOrder.compactMap { key in
      guard let count = edges[key], count != 0 else { return nil }
      let from = key.edge.from.map { id($0, key.language, count < 0 ? origin : path, languages) }
      return ChangedFile.ChangedEdge(
        kind: key.edge.kind, from: from, fromName: key.edge.from?.text, name: key.edge.name,
        qualifier: key.edge.qualifier, alias: key.edge.alias, count: count)
    }
  }

  private func id(
    _ tail: EntityTail, _ language: LanguageID, _ path: TreePath?, _ languages: [LanguageTraits]
  ) -> String {
    tail.id(path: path ?? origin ?? .root, language: languages[Int(language.rawValue)])
  }

  private static func counts(
    _ entities: [ChangedFile.ChangedEntity], _ edges: [ChangedFile.ChangedEdge]
  ) -> FileChange.Counts {
    var counts = FileChange.Counts()
    for entity in entities {
      switch entity.change {
      case .added: counts.entitiesAdded += 1
      case .changed: counts.entitiesChanged += 1
      case .removed: counts.entitiesRemoved += 1
      }
    }
    for edge in edges {
      if edge.count > 0 { counts.edgesAdded += edge.count } else { counts.edgesRemoved -= edge.count }
    }
    return counts
  }
}
