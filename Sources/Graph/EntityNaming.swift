/// Ids of one file's entities.
public struct EntityNaming: Sendable {
  private let prefixes: (language: [UInt8], path: [UInt8])
  private let kinds: [EntityKind]
  private let tails: EntityTails

  /// O(entities x length of their names).
  public init(_ facts: FileFacts, path: TreePath, language: LanguageTraits) {
    prefixes = (Array(language.name.utf8), Array(Escaping.idPart(path.bytes[...]).utf8))
    kinds = facts.entities.map(\.kind)
    tails = EntityTails(count: facts.entities.count, separator: language.separator) { index in
      let entity = facts.entities[Int(index)]
      return (entity.kind, language.scope(of: entity, in: facts), facts.names[entity.name])
    }
  }

  /// `<language>:<kind>:<path>:<qualified name>`, with `~2`, `~3` ... for further entities of the same id.
  public func id(_ index: EntityIndex) -> String {
    var id: [UInt8] = []
    append(index, to: &id)
    return String(decoding: id, as: UTF8.self)
  }

  /// Adds an entity's id to a text.
  func append(_ index: EntityIndex, to text: inout [UInt8]) {
    text.append(contentsOf: prefixes.language)
    text.append(UInt8(ascii: ":"))
    text.append(contentsOf: kinds[Int(index)].nameBytes)
    text.append(UInt8(ascii: ":"))
    text.append(contentsOf: prefixes.path)
    text.append(UInt8(ascii: ":"))
    text.append(contentsOf: tails[index])
  }
}

/// What follows the path in the ids of a file's entities: scopes joined the way the language writes it, an entity's own name last, each by
/// itself made fit for an id, so that the separator stays readable; and from the second entity of a kind with the same on, which it is.
public struct EntityTails: Sendable {
  /// One after the other, and where each ends.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// `entity` tells an entity's kind, what stands before its name in its qualified name, and its name. O(entities x length of their names).
  public init(
    count: Int, separator: String,
    entity: (EntityIndex) -> (kind: EntityKind, scope: EntityIndex, name: ArraySlice<UInt8>)
  ) {
    let separator = Array(separator.utf8)
    // Qualified names one after the other, and where each ends.
    var qualified: [UInt8] = []
    var qualifiedEnds: [Int] = []
    // Kind and qualified name of the entities so far, and how many have the same.
    var seen = NameTable()
    var counts: [UInt32] = []
    var key: [UInt8] = []
    ends.reserveCapacity(count)
    qualifiedEnds.reserveCapacity(count)
    counts.reserveCapacity(count)
    for index in 0..<EntityIndex(count) {
      let (kind, scope, name) = entity(index)
      key.removeAll(keepingCapacity: true)
      key.append(kind.rawValue)
      if scope != Entity.noParent {
        let start = scope == 0 ? 0 : qualifiedEnds[Int(scope) - 1]
        key.append(contentsOf: qualified[start..<qualifiedEnds[Int(scope)]])
        key.append(contentsOf: separator)
      }
      Escaping.appendIDPart(name, to: &key)
      qualified.append(contentsOf: key[1...])
      qualifiedEnds.append(qualified.count)
      let number = Int(seen.intern(key).rawValue)
      if number == counts.count { counts.append(0) }
      counts[number] += 1
      bytes.append(contentsOf: key[1...])
      if counts[number] > 1 { bytes.append(contentsOf: "~\(counts[number])".utf8) }
      ends.append(bytes.count)
    }
  }

  public subscript(index: EntityIndex) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[Int(index) - 1])..<ends[Int(index)]]
  }
}

extension LanguageTraits {
  /// True if what stands in an entity is found as if it stood around it.
  public func isTransparent(_ entity: Entity) -> Bool { isTransparent(entity.kind, entity.flags) }

  /// The same of an entity of this kind and with these flags.
  public func isTransparent(_ kind: EntityKind, _ flags: EntityFlags) -> Bool {
    flags.contains(.open) || transparent.contains(kind)
  }

  /// The entity whose name stands before that of `entity` in its qualified name; ``Entity/noParent`` for none.
  public func scope(of entity: Entity, in facts: FileFacts) -> EntityIndex {
    var scope = entity.parent
    while scope != Entity.noParent, transparent.contains(facts.entities[Int(scope)].kind) {
      scope = facts.entities[Int(scope)].parent
    }
    return scope
  }
}
