import Graph
import Store

/// What has to be known of a file's entities to resolve a name to them: about 30 bytes for each.
final class FileOutline {
  struct Entry {
    let kind: EntityKind
    let flags: EntityFlags
    let standing: Standing
    /// True for an alias of a type of its own name (`typedef struct a {} a`), which is no other thing than that.
    let aliasesNamesake: Bool
    let parameters: ParameterCount
    let parent: EntityIndex
    /// End of what follows the path in its id.
    fileprivate let tailEnd: UInt32
  }

  /// An entity that holds others.
  struct Container {
    let name: [UInt8]
    /// See ``FileOutline/address(of:)``.
    let address: [UInt8]
  }

  let file: FileID
  let path: TreePath
  let language: LanguageID
  /// Of ``Families``.
  let family: Int
  /// True if a type may be written in pieces that stand in several files.
  let joinsPieces: Bool
  let entries: [Entry]
  /// By index; only of those that hold others.
  private let containers: [EntityIndex: Container]
  /// The path, cut by the rule for imports, as `a/b/c`.
  let address: [UInt8]
  /// The package or namespace that the file says it belongs to, as `a/b`; empty if it says none.
  let package: [UInt8]
  /// Nil where an entity's local id is its index.
  private let byLocal: [LocalID: EntityIndex]?
  private let tails: [UInt8]
  private let languageName: String
  private let escapedPath: String

  init(
    _ file: FileID, _ path: TreePath, _ facts: FileFacts, _ language: LanguageTraits, _ id: LanguageID, family: Int
  ) {
    self.language = id

    self.file = file
    self.path = path
    self.family = family
    joinsPieces = language.hasOpenTypes
    languageName = language.name
    escapedPath = Escaping.idPart(path.bytes[...])
    address = language.imports.address(of: path)
    let entities = facts.entities
    let isIdentity = entities.indices.allSatisfy { entities[$0].local == LocalID($0) }
    byLocal =
      isIdentity
      ? nil
      : Dictionary(
        entities.indices.map { (entities[$0].local, EntityIndex($0)) }, uniquingKeysWith: { first, _ in first })
    let parents = Set(entities.lazy.map(\.parent)).subtracting([Entity.noParent])
    containers = Self.containers(parents, facts, language, address)
    package = Self.package(facts, parents, language)

    var tails = IDTails(facts, language)
    var entries: [Entry] = []
    entries.reserveCapacity(entities.count)
    for entity in entities {
      let end = tails.append(entity)
      entries.append(
        Entry(
          kind: entity.kind, flags: entity.flags, standing: Self.standing(entity, facts, language, entries),
          aliasesNamesake: entity.kind == .typeAlias && entity.type == entity.name,
          parameters: entity.parameters, parent: entity.parent, tailEnd: end))
    }
    self.entries = entries
    self.tails = tails.bytes
  }

  /// In memory, about.
  var bytes: Int {
    entries.count * MemoryLayout<Entry>.stride + tails.count + containers.count * 160 + path.bytes.count * 3 + 400
      + (byLocal?.count ?? 0) * 16
  }

  func index(of local: LocalID) -> EntityIndex? {
    guard let byLocal else { return local < UInt32(entries.count) ? local : nil }
    return byLocal[local]
  }

  func container(_ index: EntityIndex) -> Container? { index == Entity.noParent ? nil : containers[index] }

  /// Where an entity stands: the file's address, and the names of what encloses it.
  func address(around index: EntityIndex) -> [UInt8] {
    container(entries[Int(index)].parent)?.address ?? address
  }

  /// The names of what encloses an entity, as far as other files know of them: without the file.
  func scope(around index: EntityIndex) -> [UInt8] {
    scope(inside: entries[Int(index)].parent)
  }

  /// The same of what stands directly in an entity, or at the top of the file.
  func scope(inside index: EntityIndex) -> [UInt8] {
    guard let container = container(index) else { return package }
    let own = Array(container.address.dropFirst(address.isEmpty ? 0 : address.count + 1))
    return Segments.join([package, own])
  }

  /// The innermost test around an entity; ``Entity/noParent`` if there is none.
  func test(around index: EntityIndex) -> EntityIndex {
    var around = entries[Int(index)].parent
    while around != Entity.noParent, entries[Int(around)].kind != .test { around = entries[Int(around)].parent }
    return around
  }

  /// The entity's id, as ``EntityNaming`` has it.
  func id(_ index: EntityIndex) -> String {
    let start = index == 0 ? 0 : Int(entries[Int(index) - 1].tailEnd)
    var id: [UInt8] = []
    id.reserveCapacity(languageName.utf8.count + escapedPath.utf8.count + 64)
    id.append(contentsOf: languageName.utf8)
    id.append(UInt8(ascii: ":"))
    id.append(contentsOf: entries[Int(index)].kind.nameBytes)
    id.append(UInt8(ascii: ":"))
    id.append(contentsOf: escapedPath.utf8)
    id.append(UInt8(ascii: ":"))
    id.append(contentsOf: tails[start..<Int(entries[Int(index)].tailEnd)])
    return String(decoding: id, as: UTF8.self)
  }
}

extension FileOutline {
  private static func containers(
    _ parents: Set<EntityIndex>, _ facts: FileFacts, _ language: LanguageTraits, _ address: [UInt8]
  ) -> [EntityIndex: Container] {
    var containers: [EntityIndex: Container] = [:]
    containers.reserveCapacity(parents.count)
    // A parent stands before its children, so its address is there when theirs is made.
    for index in parents.sorted() {
      let entity = facts.entities[Int(index)]
      let name = Array(facts.names[entity.name])
      let outer = entity.parent == Entity.noParent ? address : containers[entity.parent]!.address
      let own = language.isTransparent(entity) ? [] : Segments.split(name, language.separator)
      containers[index] = Container(name: name, address: Segments.join([outer] + own))
    }
    return containers
  }

  /// A package or namespace that holds nothing is one that the file is said to be in.
  private static func package(_ facts: FileFacts, _ parents: Set<EntityIndex>, _ language: LanguageTraits) -> [UInt8] {
    for (index, entity) in facts.entities.enumerated()
    where entity.kind.isModule && entity.parent == Entity.noParent && !parents.contains(EntityIndex(index)) {
      return Segments.join(Segments.split(Array(facts.names[entity.name]), language.separator))
    }
    return []
  }

  private static func standing(
    _ entity: Entity, _ facts: FileFacts, _ language: LanguageTraits, _ entries: [Entry]
  ) -> Standing {
    var parent = entity.parent
    while parent != Entity.noParent, language.isTransparent(facts.entities[Int(parent)]) {
      parent = entries[Int(parent)].parent
    }
    // A method at the top of a file extends a type from outside, and is imported by its name.
    guard parent != Entity.noParent else {
      return entity.kind.isAlwaysMember && !language.extendsFromOutside ? .member : .open
    }
    let outer = entries[Int(parent)]
    if outer.kind.isModule { return outer.standing }
    // What gets and sets a property has no name by which anything could mean it.
    if entity.kind.isAccessor, !outer.kind.hasMembers { return .local }
    if outer.kind.isCallable, !outer.kind.isType { return entity.kind.isAlwaysMember ? .member : .local }
    // A type in a type, or a constructor by the type's own name, is found where the type is.
    let isConstructor = entity.kind == .constructor && entity.name == facts.entities[Int(parent)].name
    return entity.kind.isType || isConstructor ? outer.standing : .member
  }
}
