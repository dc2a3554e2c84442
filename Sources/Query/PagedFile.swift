import Graph
import Store

/// A file with many entities, as headers of registers have, of which a question needs a few: it reads the pages that these are in.
/// Belongs to a query.
final class PagedFile: EntityFile {
  private unowned let query: GraphQuery
  private let file: FileID
  private let path: TreePath
  let record: FileRecord
  let language: LanguageTraits
  private let pages: EntityPages
  private let separator: [UInt8]

  init(
    _ query: GraphQuery, _ file: FileID, _ path: TreePath, _ record: FileRecord, _ language: LanguageTraits,
    _ pages: EntityPages
  ) {
    self.query = query
    self.file = file
    self.path = path
    self.record = record
    self.language = language
    self.pages = pages
    separator = Array(language.separator.utf8)
  }

  /// False if an entity of the file surely mentions nothing; told only where that costs little.
  func mayMention(_ entity: EntityIndex) throws(StoreError) -> Bool {
    if record.edges - min(record.edges, record.entities) > Self.fewEdges { return true }
    if edges == nil { edges = try pages.edges() }
    return edges!.contains { $0.from == entity }
  }

  /// Registers' headers have but that of a guard. Of more it is as well to read all facts, which their meaning would take.
  private static let fewEdges = 256
  private var edges: [Edge]?

  func flags(_ index: EntityIndex) throws(StoreError) -> EntityFlags { try pages.entity(index).flags }

  /// The entity that a row of the index stands for; nil says nothing: it may be far from where it was at first.
  func index(of row: DefinitionRow, named name: [UInt8]) throws(StoreError) -> EntityIndex? {
    guard let index = try pages.index(near: row.local), case let entity = try pages.entity(index),
      entity.kind == row.kind, try pages.name(entity.name).elementsEqual(name)
    else { return nil }
    return index
  }

  func info(_ index: EntityIndex) throws(StoreError) -> EntityInfo {
    let entity = try pages.entity(index)
    return EntityInfo(
      id: try id(index), kind: entity.kind, flags: entity.flags, name: Array(try pages.name(entity.name)),
      qualified: try qualified(index), signature: Array(try pages.name(entity.signature)), path: path,
      language: language.name, span: entity.span,
      parent: entity.parent == Entity.noParent ? nil : try id(entity.parent),
      place: EntityPlace(file: file, index: index))
  }

  /// What stands directly in an entity, in source order. O(what stands in it).
  func children(of entity: EntityInfo) throws(StoreError) -> [EntityInfo] {
    var children: [EntityInfo] = []
    var index = entity.index + 1
    while index < pages.count, case let next = try pages.entity(index), next.span.start <= entity.span.end {
      if next.parent == entity.index { children.append(try info(index)) }
      index += 1
    }
    return children
  }

  func qualified(_ index: EntityIndex) throws(StoreError) -> [UInt8] {
    Array(try scopes(index).joined(separator: separator))
  }

  /// The entity in whose id this follows the path; nil says nothing.
  func entity(_ kind: EntityKind, tail: Substring, _ decode: (Substring) -> [UInt8]) throws(StoreError) -> EntityInfo? {
    var found: EntityIndex?
    for text in [tail] + (tail.lastIndex(of: "~").map { [tail[..<$0]] } ?? []) {
      for index in try bearers(of: decode(text), kind) ?? [] where try self.tail(index) == String(tail) {
        found = min(found ?? index, index)
      }
    }
    return try found.map { (index) throws(StoreError) in try info(index) }
  }

  /// See ``EntityNaming/id(_:)``.
  private func id(_ index: EntityIndex) throws(StoreError) -> String {
    guard let tail = try tail(index) else { return try query.load(file).id(index) }
    return "\(language.name):\(try pages.entity(index).kind.name):\(Escaping.idPart(path.bytes[...])):\(tail)"
  }

  /// What follows the path in an entity's id; nil where not all that bear its name are found.
  private func tail(_ index: EntityIndex) throws(StoreError) -> String? {
    let own = try escaped(index)
    guard let bearers = try bearers(of: try qualified(index), try pages.entity(index).kind) else { return nil }
    var ordinal = 1
    for earlier in bearers where earlier < index {
      if try escaped(earlier) == own { ordinal += 1 }
    }
    return ordinal > 1 ? "\(own)~\(ordinal)" : own
  }

  private func escaped(_ index: EntityIndex) throws(StoreError) -> String {
    try scopes(index).map(Escaping.idPart).joined(separator: language.separator)
  }

  /// All entities of a kind that may have this qualified name: those whose names are an end of it. Nil where some cannot be told.
  private func bearers(of qualified: [UInt8], _ kind: EntityKind) throws(StoreError) -> [EntityIndex]? {
    var found: [EntityIndex] = []
    for start in qualified.indices
    where start == 0 || !separator.isEmpty && qualified[..<start].suffix(separator.count) == separator[...] {
      let name = Array(qualified[start...])
      for row in try query.snapshot.definitions(of: name, in: file) where row.kind == kind {
        guard let index = try index(of: row, named: name) else { return nil }
        found.append(index)
      }
    }
    // What has no name is in no index.
    return qualified.isEmpty || qualified.suffix(separator.count) == separator[...] ? nil : found
  }

  /// The names of what an entity stands in, from outside inwards, and its own.
  private func scopes(_ index: EntityIndex) throws(StoreError) -> [ArraySlice<UInt8>] {
    var entity = try pages.entity(index)
    var names = [try pages.name(entity.name)]
    while entity.parent != Entity.noParent {
      entity = try pages.entity(entity.parent)
      if !language.transparent.contains(entity.kind) { names.append(try pages.name(entity.name)) }
    }
    return names.reversed()
  }
}
