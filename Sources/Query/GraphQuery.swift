import Graph
public import Store

/// Questions to one snapshot. Belongs to one thread.
public final class GraphQuery {
  public let snapshot: Snapshot
  let resolver: Resolver
  private(set) lazy var sources = SourceFiles(root: snapshot.root)
  private var loaded: [FileID: LoadedFile] = [:]
  private var paged: [FileID: PagedFile] = [:]
  private static let mostLoaded = 256

  public init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    resolver = Resolver(snapshot)
  }

  /// What a text that names an entity leads to.
  public enum Lookup: Sendable {
    case found(EntityInfo)
    /// The first of them, in order of their ids, and how many there are.
    case several([EntityInfo], total: Int)
    case nothing
  }

  /// Most entities that ``Lookup/several(_:total:)`` lists.
  public static let mostListed = 50

  /// Finds an entity by its id, by `path:line`, by its qualified name or the end of it. O(entities of that name). Throws
  /// `StoreError`.
  public func lookUp(_ text: String) throws(StoreError) -> Lookup {
    if let entity = try entity(id: text) { return .found(entity) }
    if let entity = try entity(at: text) { return .found(entity) }
    var named = try entities(named: text)
    // A type goes before its pieces.
    if case let types = named.filter({ !$0.kind.extendsType }), types.count == 1 { named = types }
    switch named.count {
    case 0: return .nothing
    case 1: return .found(named[0])
    default: return .several(Array(named.prefix(Self.mostListed)), total: named.count)
    }
  }

  /// O(entities of the file).
  public func entity(id: String) throws(StoreError) -> EntityInfo? {
    // The qualified name, last, may hold the language's separator.
    let parts = id.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, let kind = EntityKind(name: parts[1]) else { return nil }
    guard let (file, _) = try snapshot.file(TreePath(bytes: Self.decode(parts[2]))) else { return nil }
    if let paged = try paged(file), let found = try paged.entity(kind, tail: parts[3], Self.decode) { return found }
    let loaded = try load(file)
    return loaded.outline.index(of: kind, tail: Array(parts[3].utf8)).map(loaded.info)
  }

  /// The innermost entity on a line, by `path:line`, lines counting from 1.
  private func entity(at text: String) throws(StoreError) -> EntityInfo? {
    guard let colon = text.lastIndex(of: ":"), let line = UInt32(text[text.index(after: colon)...]), line > 0 else {
      return nil
    }
    var path = text[..<colon]
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    guard let (file, _) = try snapshot.file(TreePath(String(path))) else { return nil }
    let loaded = try load(file)
    // Entities come in source order, so the last that is around the line is the innermost.
    let index = loaded.facts.entities.lastIndex { $0.span.start.row < line && $0.span.end.row + 1 >= line }
    return index.map { loaded.info(EntityIndex($0)) }
  }

  /// Those whose qualified name is the text; if there are none, those whose qualified name ends in it.
  private func entities(named text: String) throws(StoreError) -> [EntityInfo] {
    let wanted = Array(text.utf8)
    var whole: [EntityInfo] = []
    var end: [EntityInfo] = []
    // What its last segment is, each language says; most say the same.
    let names = snapshot.languages.map { Segments.split(wanted, $0.separator).last ?? wanted }
    for name in Set(names) {
      for row in try snapshot.definitions(of: name) {
        let found = try find([row], named: name, in: row.file)
        guard names[Int(found.file.record.language.rawValue)] == name else { continue }
        let qualified = try found.file.qualified(found.indexes[0])
        if qualified == wanted {
          whole.append(try found.file.info(found.indexes[0]))
        } else if whole.isEmpty, qualified.hasSegments(wanted, separator: found.file.language.separator) {
          end.append(try found.file.info(found.indexes[0]))
        }
      }
    }
    return (whole.isEmpty ? end : whole).sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
  }

  /// The bytes that an id's part stands for.
  static func decode(_ part: Substring) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(part.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  // MARK: Files

  /// The facts of its entities; of its edges, once ``resolver(of:)`` was asked for.
  func load(_ file: FileID) throws(StoreError) -> LoadedFile {
    if let known = loaded[file] { return known }
    return try keep(file, try snapshot.entities(file))
  }

  /// The same by the page; nil of a file that has but one, or is loaded.
  func paged(_ file: FileID) throws(StoreError) -> PagedFile? {
    if loaded[file] != nil { return nil }
    if let known = paged[file] { return known }
    let (path, record) = try snapshot.required(file)
    guard let pages = try snapshot.entityPages(file, count: Int(record.entities)) else { return nil }
    if paged.count >= Self.mostLoaded { paged = [:] }
    let new = PagedFile(self, file, path, record, try snapshot.traits(record.language), pages)
    paged[file] = new
    return new
  }

  /// A file, and the entities in it that rows of one name stand for, in their order. Of a file with many entities no more is read than
  /// these need.
  func find(
    _ rows: [DefinitionRow], named name: [UInt8], in file: FileID
  ) throws(StoreError) -> (file: any EntityFile, indexes: [EntityIndex]) {
    var indexes: [EntityIndex] = []
    if let paged = try paged(file) {
      for row in rows {
        guard let index = try paged.index(of: row, named: name) else { break }
        indexes.append(index)
      }
      if indexes.count == rows.count { return (paged, indexes) }
      indexes = []
    }
    let loaded = try load(file)
    for row in rows { indexes.append(try entity(of: row, named: name, in: loaded)) }
    return (loaded, indexes)
  }

  /// All of its facts.
  func loadWhole(_ file: FileID) throws(StoreError) -> LoadedFile {
    if let known = loaded[file] {
      if known.resolver == nil { _ = try resolver(of: known) }
      return known
    }
    let facts = try snapshot.facts(file)
    let new = try keep(file, facts)
    new.complete(try resolver.resolver(of: file, path: new.path, record: new.record, facts: facts))
    return new
  }

  /// All of its facts that have to do with mentions of a name, for once.
  func loadMentions(of name: [UInt8], in file: FileID) throws(StoreError) -> LoadedFile {
    if let known = loaded[file], known.resolver != nil { return known }
    let (path, record) = try snapshot.required(file)
    let resolver = try resolver.resolver(
      of: file, path: path, record: record, facts: try snapshot.facts(file, mentioning: name))
    let new = LoadedFile(path, record, resolver.facts, resolver.language, resolver.outline)
    new.complete(resolver)
    return new
  }

  private func keep(_ file: FileID, _ facts: FileFacts) throws(StoreError) -> LoadedFile {
    let (path, record) = try snapshot.required(file)
    if loaded.count >= Self.mostLoaded { loaded = [:] }
    let outline = try resolver.outline(of: file, path: path, record: record, facts: facts)
    let new = LoadedFile(path, record, facts, try snapshot.traits(record.language), outline)
    loaded[file] = new
    return new
  }

  /// The entity that a row of the index stands for. Rows have no seal, facts do: where they differ the row is wrong.
  private func entity(
    of row: DefinitionRow, named name: [UInt8], in loaded: LoadedFile
  ) throws(StoreError) -> EntityIndex {
    if let index = loaded.index(of: row.local), case let entity = loaded.facts.entities[Int(index)],
      entity.kind == row.kind, loaded.facts.names[entity.name].elementsEqual(name)
    {
      return index
    }
    throw snapshot.damaged("the index names an entity that is not there")
  }

  func resolver(of loaded: LoadedFile) throws(StoreError) -> FileResolver {
    if let known = loaded.resolver { return known }
    let new = try resolver.resolver(
      of: loaded.file, path: loaded.path, record: loaded.record, facts: try snapshot.facts(loaded.file))
    loaded.complete(new)
    return new
  }
}

extension LoadedFile {
  func index(of local: LocalID) -> EntityIndex? {
    let guess = Int(local)
    if guess < facts.entities.count, facts.entities[guess].local == local { return EntityIndex(guess) }
    return facts.entities.firstIndex { $0.local == local }.map { EntityIndex($0) }
  }
}

extension [UInt8] {
  fileprivate func hasSegments(_ end: [UInt8], separator: String) -> Bool {
    if count == end.count { return self == end }
    let separator = Array(separator.utf8)
    guard count >= end.count + separator.count, suffix(end.count).elementsEqual(end) else { return false }
    return self[..<(count - end.count)].suffix(separator.count).elementsEqual(separator)
  }
}
