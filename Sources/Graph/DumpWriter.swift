/// How an edge's name was resolved.
public enum Resolution: String, Sendable {
  /// In the same file or an enclosing scope.
  case scope
  /// Through an import of the file.
  case `import`
  /// The only entity of that name that fits.
  case unique
  /// Several candidates.
  case ambiguous
  /// None.
  case external
}

/// What an edge's name means.
public struct ResolvedTarget: Hashable, Sendable {
  /// Ids of the entities, sorted.
  public var ids: [String]
  public var resolution: Resolution

  public init(ids: [String], resolution: Resolution) {
    self.ids = ids
    self.resolution = resolution
  }
}

/// Writes a file's part of the dump, the text by which two graphs are compared.
public struct DumpWriter: ~Copyable {
  private var line = JSONLine()

  public init() {}

  /// Bytes written since they were last taken.
  public var count: Int { line.count }

  /// The lines written since the last call.
  public mutating func take() -> [UInt8] {
    let bytes = line.bytes
    line.removeAll()
    return bytes
  }

  /// Writes one file. `resolve` says what an edge means; without it the edges' ends are left out.
  public mutating func write(
    path: TreePath, record: FileRecord, facts: FileFacts, language: LanguageTraits,
    resolve: ((Edge) throws -> ResolvedTarget)? = nil
  ) rethrows {
    let naming = EntityNaming(facts, path: path, language: language)
    let ids = facts.entities.indices.map { naming.id(EntityIndex($0)) }
    writeFile(path, record, language)
    for (index, entity) in facts.entities.enumerated() {
      writeEntity(entity, ids[index], naming.qualified[index], path, facts, ids)
    }
    for (index, entity) in facts.entities.enumerated() {
      let contains = Edge(
        kind: .contains, from: entity.parent, name: entity.name, position: entity.span.start)
      let target = resolve == nil ? nil : ResolvedTarget(ids: [ids[index]], resolution: .scope)
      writeEdge(contains, path, facts, ids, target)
    }
    for edge in facts.edges { writeEdge(edge, path, facts, ids, try resolve?(edge)) }
  }

  private mutating func writeFile(_ path: TreePath, _ record: FileRecord, _ language: LanguageTraits) {
    line.begin()
    line.key("t")
    line.value("file" as StaticString)
    line.key("path")
    line.value(path.bytes)
    line.key("language")
    line.value(language.name)
    line.key("bytes")
    line.value(record.stamp.size)
    line.key("lines")
    line.value(record.lines)
    line.key("hash")
    line.value(record.hash.description)
    line.key("errors")
    line.value(record.errors)
    line.key("problem")
    if let problem = record.problem { line.value(problem.name) } else { line.null() }
    line.end()
    line.endLine()
  }

  private mutating func writeEntity(
    _ entity: Entity, _ id: String, _ qualified: [UInt8], _ path: TreePath, _ facts: FileFacts, _ ids: [String]
  ) {
    line.begin()
    line.key("t")
    line.value("entity" as StaticString)
    line.key("id")
    line.value(id)
    line.key("kind")
    line.value(entity.kind.name)
    line.key("name")
    line.value(facts.names[entity.name])
    line.key("qualified")
    line.value(qualified)
    line.key("path")
    line.value(path.bytes)
    line.key("span")
    line.beginArray()
    line.value(entity.span.start.row + 1)
    line.value(entity.span.start.column + 1)
    line.value(entity.span.end.row + 1)
    line.value(entity.span.end.column + 1)
    line.endArray()
    line.key("parent")
    if entity.parent == Entity.noParent { line.null() } else { line.value(ids[Int(entity.parent)]) }
    line.key("signature")
    line.value(facts.names[entity.signature])
    line.key("test")
    line.value(entity.flags.contains(.test))
    line.end()
    line.endLine()
  }

  private mutating func writeEdge(
    _ edge: Edge, _ path: TreePath, _ facts: FileFacts, _ ids: [String], _ target: ResolvedTarget?
  ) {
    line.begin()
    line.key("t")
    line.value("edge" as StaticString)
    line.key("kind")
    line.value(edge.kind.name)
    line.key("from")
    if edge.from == Entity.noParent { line.value(path.bytes) } else { line.value(ids[Int(edge.from)]) }
    line.key("name")
    line.value(facts.names[edge.name])
    line.key("qualifier")
    if edge.qualifier == .none { line.null() } else { line.value(facts.names[edge.qualifier]) }
    line.key("path")
    line.value(path.bytes)
    line.key("line")
    line.value(edge.position.row + 1)
    line.key("column")
    line.value(edge.position.column + 1)
    if let target {
      line.key("to")
      line.beginArray()
      for id in target.ids { line.value(id) }
      line.endArray()
      line.key("resolution")
      line.value(target.resolution.rawValue)
    }
    line.end()
    line.endLine()
  }
}
