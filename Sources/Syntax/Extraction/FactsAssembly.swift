public import Graph

extension Language {
  /// Makes a file's facts of what the walk found: in source order, further definitions of the same variable merged, test
  /// flags handed down. Depends on nothing but its arguments. O(size of the extraction).
  public func facts(_ extraction: Extraction, path: TreePath, text: [UInt8]) -> FileFacts {
    var entities = extraction.found.entities
    var edges = extraction.found.edges
    sort(&entities, &edges)
    edges += macros(extraction, among: entities)
    if !merged.isEmpty { merge(&entities, &edges) }
    let isTestFile = isTestFile(path)
    let isGenerated = isGenerated(path) || GeneratedMark.stands(in: text)
    for index in entities.indices {
      let parent = entities[index].parent
      if isTestFile || parent != Entity.noParent && entities[Int(parent)].flags.contains(.test) {
        entities[index].flags.insert(.test)
      }
      if isGenerated { entities[index].flags.insert(.generated) }
    }
    exports?.mark(&entities, extraction.found.names, in: text)
    for parent in Set(entities.map(\.parent)) where parent != Entity.noParent {
      entities[Int(parent)].digest = extraction.found.names.withBytes(entities[Int(parent)].signature) { digest($0) }
    }
    for index in edges.indices.dropFirst() where edges[index].position < edges[index - 1].position {
      edges = edges.enumerated().sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
        .map(\.element)
      break
    }
    return FileFacts(
      names: extraction.found.names, entities: entities, edges: edges, lines: Self.lines(text),
      errors: extraction.found.errors)
  }

  /// What the parser did not see, from the innermost of `entities` around it. They are in source order.
  private func macros(_ extraction: Extraction, among entities: [Entity]) -> [Edge] {
    var next = 0
    return extraction.found.macros.map { edge in
      var edge = edge
      while next < entities.count, entities[next].span.start <= edge.position { next += 1 }
      edge.from = next == 0 ? Entity.noParent : EntityIndex(next - 1)
      while edge.from != Entity.noParent, entities[Int(edge.from)].span.end <= edge.position {
        edge.from = entities[Int(edge.from)].parent
      }
      return edge
    }
  }

  /// True if ``facts(_:path:text:)`` yields the same for both paths, whatever the text.
  public func yieldsSameFacts(at path: TreePath, and other: TreePath) -> Bool {
    isTestFile(path) == isTestFile(other) && isGenerated(path) == isGenerated(other)
  }

  /// Puts entities in source order, an enclosing one before what it holds.
  private func sort(_ entities: inout [Entity], _ edges: inout [Edge]) {
    func precedes(_ a: Entity, _ b: Entity) -> Bool {
      a.span.start != b.span.start ? a.span.start < b.span.start : b.span.end < a.span.end
    }
    guard entities.indices.dropFirst().contains(where: { precedes(entities[$0], entities[$0 - 1]) }) else { return }
    let order = entities.indices.sorted {
      precedes(entities[$0], entities[$1]) || !precedes(entities[$1], entities[$0]) && $0 < $1
    }
    var place = [EntityIndex](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { place[old] = EntityIndex(new) }
    entities = order.map { entities[$0] }
    renumber(&entities, &edges) { place[Int($0)] }
  }

  private func merge(_ entities: inout [Entity], _ edges: inout [Edge]) {
    struct Key: Hashable {
      let parent: EntityIndex
      let kind: EntityKind
      let name: NameID
    }
    var first: [Key: EntityIndex] = [:]
    var place: [EntityIndex] = []
    var kept: [Entity] = []
    place.reserveCapacity(entities.count)
    for entity in entities {
      let parent = entity.parent == Entity.noParent ? entity.parent : place[Int(entity.parent)]
      let key = Key(parent: parent, kind: entity.kind, name: entity.name)
      if merged.contains(entity.kind), let same = first[key] {
        if kept[Int(same)].type == .none { kept[Int(same)].type = entity.type }
        place.append(same)
        continue
      }
      if merged.contains(entity.kind) { first[key] = EntityIndex(kept.count) }
      place.append(EntityIndex(kept.count))
      kept.append(entity)
    }
    guard kept.count < entities.count else { return }
    entities = kept
    renumber(&entities, &edges) { place[Int($0)] }
  }

  private func renumber(_ entities: inout [Entity], _ edges: inout [Edge], _ place: (EntityIndex) -> EntityIndex) {
    for index in entities.indices where entities[index].parent != Entity.noParent {
      entities[index].parent = place(entities[index].parent)
    }
    for index in edges.indices where edges[index].from != Entity.noParent {
      edges[index].from = place(edges[index].from)
    }
  }

  /// Lines of a text; a last one without line feed counts.
  private static func lines(_ text: [UInt8]) -> UInt32 {
    let feeds = UInt32(text.withUnsafeBytes { $0.count(of: 0x0A) })
    return text.isEmpty || text.last == 0x0A ? feeds : feeds + 1
  }
}
