public import Graph
import Store

/// An entity with all that is to be said of it.
public struct EntityInfo: Hashable, Sendable {
  public let id: String
  public let kind: EntityKind
  public let flags: EntityFlags
  /// Bytes from the source.
  public let name: [UInt8]
  public let qualified: [UInt8]
  public let signature: [UInt8]
  public let path: TreePath
  public let language: String
  public let span: Span
  /// Id of what encloses it.
  public let parent: String?
  let file: FileID
  let index: EntityIndex
}

/// A mention, and what it means.
public struct EdgeInfo: Sendable {
  public let kind: EdgeKind
  /// Nil for code outside any entity.
  public let from: EntityInfo?
  public let path: TreePath
  /// Bytes from the source.
  public let name: [UInt8]
  public let qualifier: [UInt8]?
  public let position: Position
  public let target: ResolvedTarget
}

/// A file's facts, and what makes sense of them.
final class LoadedFile {
  let file: FileID
  let path: TreePath
  let record: FileRecord
  let facts: FileFacts
  let language: LanguageTraits
  /// Made when first asked for, since files may hold tens of thousands of entities.
  private lazy var naming = EntityNaming(facts, path: path, language: language)

  init(_ file: FileID, _ path: TreePath, _ record: FileRecord, _ facts: FileFacts, _ language: LanguageTraits) {
    self.file = file
    self.path = path
    self.record = record
    self.facts = facts
    self.language = language
  }

  func id(_ index: EntityIndex) -> String { naming.id(index) }

  func qualified(_ index: EntityIndex) -> [UInt8] { naming.qualified[Int(index)] }

  func info(_ index: EntityIndex) -> EntityInfo {
    let entity = facts.entities[Int(index)]
    return EntityInfo(
      id: naming.id(index), kind: entity.kind, flags: entity.flags, name: Array(facts.names[entity.name]),
      qualified: naming.qualified[Int(index)], signature: Array(facts.names[entity.signature]), path: path,
      language: language.name, span: entity.span,
      parent: entity.parent == Entity.noParent ? nil : naming.id(entity.parent), file: file, index: index)
  }

  func info(_ edge: Edge, _ target: ResolvedTarget) -> EdgeInfo {
    EdgeInfo(
      kind: edge.kind, from: edge.from == Entity.noParent ? nil : info(edge.from), path: path,
      name: Array(facts.names[edge.name]),
      qualifier: edge.qualifier == .none ? nil : Array(facts.names[edge.qualifier]), position: edge.position,
      target: target)
  }
}
