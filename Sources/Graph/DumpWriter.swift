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
  /// Of the file that is written, by ``EntityIndex``; its path last.
  private var ids = JSONTexts()
  private var scratch: [UInt8] = []

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
    makeIDs(facts, path, language)
    let path = facts.entities.count
    writeFile(path, record, language)
    for index in facts.entities.indices { writeEntity(index, path, facts, language) }
    for (index, entity) in facts.entities.enumerated() {
      beginEdge(.contains, from: entity.parent, entity.name, .none, path, entity.span.start, facts)
      if resolve != nil {
        beginTargets()
        line.value(ids, index)
        endTargets(.scope)
      }
      line.end()
      line.endLine()
    }
    for edge in facts.edges {
      beginEdge(edge.kind, from: edge.from, edge.name, edge.qualifier, path, edge.position, facts)
      if let target = try resolve?(edge) {
        beginTargets()
        for id in target.ids { line.value(id) }
        endTargets(target.resolution)
      }
      line.end()
      line.endLine()
    }
  }

  private mutating func makeIDs(_ facts: FileFacts, _ path: TreePath, _ language: LanguageTraits) {
    let naming = EntityNaming(facts, path: path, language: language)
    ids.removeAll()
    for index in facts.entities.indices {
      scratch.removeAll(keepingCapacity: true)
      naming.append(EntityIndex(index), to: &scratch)
      ids.append(utf8: scratch)
    }
    ids.append(path.bytes)
  }

  private mutating func writeFile(_ path: Int, _ record: FileRecord, _ language: LanguageTraits) {
    line.begin(#"{"t":"file","path":"#)
    line.value(ids, path)
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

  private mutating func writeEntity(_ index: Int, _ path: Int, _ facts: FileFacts, _ language: LanguageTraits) {
    let entity = facts.entities[index]
    line.begin(#"{"t":"entity","id":"#)
    line.value(ids, index)
    line.key("kind")
    line.value(entity.kind.nameBytes)
    line.key("name")
    line.value(facts.names[entity.name])
    line.key("qualified")
    writeQualified(entity, facts, language)
    line.key("path")
    line.value(ids, path)
    line.key("span")
    line.beginArray()
    line.value(entity.span.start.row + 1)
    line.value(entity.span.start.column + 1)
    line.value(entity.span.end.row + 1)
    line.value(entity.span.end.column + 1)
    line.endArray()
    line.key("parent")
    if entity.parent == Entity.noParent { line.null() } else { line.value(ids, Int(entity.parent)) }
    line.key("signature")
    line.value(facts.names[entity.signature])
    line.key("test")
    line.value(entity.flags.contains(.test))
    line.end()
    line.endLine()
  }

  /// A name behind those of the scopes that it stands in.
  private mutating func writeQualified(_ entity: Entity, _ facts: FileFacts, _ language: LanguageTraits) {
    var scope = language.scope(of: entity, in: facts)
    if scope == Entity.noParent { return line.value(facts.names[entity.name]) }
    var names = [entity.name]
    while scope != Entity.noParent {
      names.append(facts.entities[Int(scope)].name)
      scope = language.scope(of: facts.entities[Int(scope)], in: facts)
    }
    scratch.removeAll(keepingCapacity: true)
    for (number, name) in names.reversed().enumerated() {
      if number > 0 { scratch.append(contentsOf: language.separator.utf8) }
      scratch.append(contentsOf: facts.names[name])
    }
    line.value(scratch)
  }

  /// Writes an edge up to what it means.
  private mutating func beginEdge(
    _ kind: EdgeKind, from: EntityIndex, _ name: NameID, _ qualifier: NameID, _ path: Int, _ position: Position,
    _ facts: FileFacts
  ) {
    line.begin(kind.dumpedStart)
    line.value(ids, from == Entity.noParent ? path : Int(from))
    line.key("name")
    line.value(facts.names[name])
    line.key("qualifier")
    if qualifier == .none { line.null() } else { line.value(facts.names[qualifier]) }
    line.key("path")
    line.value(ids, path)
    line.key("line")
    line.value(position.row + 1)
    line.key("column")
    line.value(position.column + 1)
  }

  private mutating func beginTargets() {
    line.key("to")
    line.beginArray()
  }

  private mutating func endTargets(_ resolution: Resolution) {
    line.endArray()
    line.key("resolution")
    line.value(resolution.rawValue)
  }
}

extension EdgeKind {
  /// Of an edge's line all that stands before where it comes from.
  fileprivate var dumpedStart: StaticString {
    switch self {
    case .contains: #"{"t":"edge","kind":"contains","from":"#
    case .calls: #"{"t":"edge","kind":"calls","from":"#
    case .references: #"{"t":"edge","kind":"references","from":"#
    case .imports: #"{"t":"edge","kind":"imports","from":"#
    case .inherits: #"{"t":"edge","kind":"inherits","from":"#
    case .implements: #"{"t":"edge","kind":"implements","from":"#
    }
  }
}
