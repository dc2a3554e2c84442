import Graph
import Store

/// What has to be known of a file's entities to resolve a name to them: about 35 bytes for each.
final class FileOutline {
  struct Entry {
    let kind: EntityKind
    let flags: EntityFlags
    let standing: Standing
    /// True for an alias of a type of its own name (`typedef struct a {} a`), which is no other thing than that.
    let aliasesNamesake: Bool
    let parameters: ParameterCount
    let parent: EntityIndex
    /// What stands before its name in its qualified name.
    let scope: EntityIndex
    fileprivate let nameEnd: UInt32
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
  let entries: [Entry]
  /// The path, cut by the rule for imports, as `a/b/c`.
  let address: [UInt8]
  /// The entities' names, one after the other.
  private let names: [UInt8]
  private let traits: LanguageTraits
  /// Nil where an entity's local id is its index.
  private let byLocal: [LocalID: EntityIndex]?
  /// By index; only of those that hold others.
  private lazy var containers = makeContainers()
  /// The package or namespace that the file says it belongs to, as `a/b`; empty if it says none.
  private(set) lazy var package = makePackage()
  private lazy var escapedPath = Escaping.idPart(path.bytes[...])
  private var tails = IDTails()
  /// Of those that were asked for.
  private var ids: [EntityIndex: String] = [:]

  init(
    _ file: FileID, _ path: TreePath, _ facts: FileFacts, _ language: LanguageTraits, _ id: LanguageID, family: Int
  ) {
    self.language = id
    self.file = file
    self.path = path
    self.family = family
    traits = language
    address = language.imports.address(of: path)
    let entities = facts.entities
    let isIdentity = entities.indices.allSatisfy { entities[$0].local == LocalID($0) }
    byLocal =
      isIdentity
      ? nil
      : Dictionary(
        entities.indices.map { (entities[$0].local, EntityIndex($0)) }, uniquingKeysWith: { first, _ in first })
    // Asked of every entity, and a set's answer costs more than all the rest.
    let transparent = language.transparent.reduce(0) { $0 | UInt64(1) << UInt64($1.rawValue) }
    var entries: [Entry] = []
    entries.reserveCapacity(entities.count)
    var names: [UInt8] = []
    names.reserveCapacity(entities.count * 16)
    facts.names.bytes.withUnsafeBufferPointer { bytes in
      for entity in entities {
        names.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[facts.names.range(entity.name)]))
        entries.append(
          Entry(
            kind: entity.kind, flags: entity.flags,
            standing: Self.standing(entity, facts, language, transparent, entries),
            aliasesNamesake: entity.kind == .typeAlias && entity.type == entity.name,
            parameters: entity.parameters, parent: entity.parent, scope: Self.scope(entity, transparent, entries),
            nameEnd: UInt32(names.count)))
      }
    }
    self.entries = entries
    self.names = names
  }

  /// In memory, about.
  var bytes: Int {
    entries.count * (MemoryLayout<Entry>.stride + 8) + names.count * 2 + path.bytes.count * 3 + 600
      + (byLocal?.count ?? 0) * 16
  }

  /// True if a type may be written in pieces that stand in several files.
  var joinsPieces: Bool { traits.hasOpenTypes }

  var separator: String { traits.separator }

  func name(_ index: EntityIndex) -> ArraySlice<UInt8> {
    names[(index == 0 ? 0 : Int(entries[Int(index) - 1].nameEnd))..<Int(entries[Int(index)].nameEnd)]
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

  /// The entity's id, as ``EntityNaming`` has it. O(entities before it) for the first few, O(1) from then on.
  func id(_ index: EntityIndex) -> String {
    if let known = ids[index] { return known }
    var id: [UInt8] = []
    id.reserveCapacity(traits.name.utf8.count + escapedPath.utf8.count + 64)
    id.append(contentsOf: traits.name.utf8)
    id.append(UInt8(ascii: ":"))
    id.append(contentsOf: entries[Int(index)].kind.nameBytes)
    id.append(UInt8(ascii: ":"))
    id.append(contentsOf: escapedPath.utf8)
    id.append(UInt8(ascii: ":"))
    tails.append(index, to: &id, self)
    let text = String(decoding: id, as: UTF8.self)
    ids[index] = text
    return text
  }

  /// The entity of a kind in whose id this follows the path. O(entities).
  func index(of kind: EntityKind, tail: [UInt8]) -> EntityIndex? {
    let ordinal = tail.lastIndex(of: UInt8(ascii: "~")) ?? tail.endIndex
    var own: [UInt8] = []
    for index in entries.indices where entries[index].kind == kind {
      // A name that stands in an id as it is has to be at its end, but for the number.
      let name = name(EntityIndex(index))
      guard tail.hasEnd(name) || tail[..<ordinal].hasEnd(name) || !Escaping.isPlainInID(name) else { continue }
      own.removeAll(keepingCapacity: true)
      tails.append(EntityIndex(index), to: &own, self)
      if own == tail { return EntityIndex(index) }
    }
    return nil
  }
}

extension FileOutline {
  private func makeContainers() -> [EntityIndex: Container] {
    let parents = Set(entries.lazy.map(\.parent)).subtracting([Entity.noParent])
    var containers: [EntityIndex: Container] = [:]
    containers.reserveCapacity(parents.count)
    // A parent stands before its children, so its address is there when theirs is made.
    for index in parents.sorted() {
      let entry = entries[Int(index)]
      let name = Array(self.name(index))
      let outer = entry.parent == Entity.noParent ? address : containers[entry.parent]!.address
      let own = traits.isTransparent(entry.kind, entry.flags) ? [] : Segments.split(name, separator)
      containers[index] = Container(name: name, address: Segments.join([outer] + own))
    }
    return containers
  }

  /// A package or namespace that holds nothing is one that the file is said to be in.
  private func makePackage() -> [UInt8] {
    for (index, entry) in entries.enumerated()
    where entry.kind.isModule && entry.parent == Entity.noParent && container(EntityIndex(index)) == nil {
      return Segments.join(Segments.split(Array(name(EntityIndex(index))), separator))
    }
    return []
  }

  /// See ``LanguageTraits/scope(of:in:)``.
  private static func scope(_ entity: Entity, _ transparent: UInt64, _ entries: [Entry]) -> EntityIndex {
    var scope = entity.parent
    while scope != Entity.noParent, transparent & 1 << UInt64(entries[Int(scope)].kind.rawValue) != 0 {
      scope = entries[Int(scope)].parent
    }
    return scope
  }

  private static func standing(
    _ entity: Entity, _ facts: FileFacts, _ language: LanguageTraits, _ transparent: UInt64, _ entries: [Entry]
  ) -> Standing {
    // A field belongs to what it is a part of, whether that has a name or not.
    if entity.kind == .field { return .member }
    var parent = entity.parent
    while parent != Entity.noParent, case let outer = entries[Int(parent)],
      outer.flags.contains(.open) || transparent & 1 << UInt64(outer.kind.rawValue) != 0
    {
      parent = outer.parent
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

extension Collection<UInt8> where SubSequence: Collection<UInt8> {
  fileprivate func hasEnd(_ end: ArraySlice<UInt8>) -> Bool {
    count >= end.count && suffix(end.count).elementsEqual(end)
  }
}
