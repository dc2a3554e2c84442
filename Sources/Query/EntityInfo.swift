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
  let place: EntityPlace
  var file: FileID { place.file }
  var index: EntityIndex { place.index }
}

/// Where the facts have an entity.
struct EntityPlace: Hashable, Sendable {
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
  /// The entities whose ids `target` has, in their order.
  let meant: [EntityPlace]
}

/// A file of which entities are told.
protocol EntityFile {
  var record: FileRecord { get }
  var language: LanguageTraits { get }
  func flags(_ index: EntityIndex) throws(StoreError) -> EntityFlags
  /// Scopes joined the way the language writes it, the entity's own name last.
  func qualified(_ index: EntityIndex) throws(StoreError) -> [UInt8]
  func info(_ index: EntityIndex) throws(StoreError) -> EntityInfo
}

/// A file's facts, and what makes sense of them.
final class LoadedFile: EntityFile {
  let path: TreePath
  let record: FileRecord
  let language: LanguageTraits
  let outline: FileOutline
  /// Those of entities at least.
  private(set) var facts: FileFacts
  /// Of what resolves its edges; with it the facts are whole.
  private(set) var resolver: FileResolver?

  var file: FileID { outline.file }

  init(
    _ path: TreePath, _ record: FileRecord, _ facts: FileFacts, _ language: LanguageTraits, _ outline: FileOutline
  ) {
    self.path = path
    self.record = record
    self.facts = facts
    self.language = language
    self.outline = outline
  }

  func complete(_ resolver: FileResolver) {
    facts = resolver.facts
    self.resolver = resolver
  }

  func id(_ index: EntityIndex) -> String { outline.id(index) }

  func flags(_ index: EntityIndex) -> EntityFlags { facts.entities[Int(index)].flags }

  func qualified(_ index: EntityIndex) -> [UInt8] {
    var names: [ArraySlice<UInt8>] = []
    var next = index
    while next != Entity.noParent {
      names.append(facts.names[facts.entities[Int(next)].name])
      next = language.scope(of: facts.entities[Int(next)], in: facts)
    }
    return Array(names.reversed().joined(separator: Array(language.separator.utf8)))
  }

  func info(_ index: EntityIndex) -> EntityInfo {
    let entity = facts.entities[Int(index)]
    return EntityInfo(
      id: id(index), kind: entity.kind, flags: entity.flags, name: Array(facts.names[entity.name]),
      qualified: qualified(index), signature: Array(facts.names[entity.signature]), path: path,
      language: language.name, span: entity.span,
      parent: entity.parent == Entity.noParent ? nil : id(entity.parent),
      place: EntityPlace(file: file, index: index))
  }

  func info(_ edge: Edge, _ meaning: Meaning) -> EdgeInfo {
    EdgeInfo(
      kind: edge.kind, from: edge.from == Entity.noParent ? nil : info(edge.from), path: path,
      name: Array(facts.names[edge.name]),
      qualifier: edge.qualifier == .none ? nil : Array(facts.names[edge.qualifier]), position: edge.position,
      target: meaning.target, meant: meaning.places)
  }
}
