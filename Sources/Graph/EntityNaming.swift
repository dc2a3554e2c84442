/// Qualified names and ids of one file's entities.
public struct EntityNaming: Sendable {
  private let prefixes: (language: String, path: String)
  private let kinds: [EntityKind]
  /// Scopes joined the way the language writes it, an entity's own name last; by ``EntityIndex``.
  public let qualified: [[UInt8]]
  /// As `qualified`, each name by itself made fit for an id, so that the separator stays readable.
  private let tails: [String]
  /// 1 for the first entity with an id, 2 for the next with the same, ...
  private let ordinals: [UInt32]

  /// O(entities x length of their names).
  public init(_ facts: FileFacts, path: TreePath, language: LanguageTraits) {
    var qualified: [[UInt8]] = []
    var ordinals: [UInt32] = []
    var tails: [String] = []
    var seen: [Key: UInt32] = [:]
    qualified.reserveCapacity(facts.entities.count)
    ordinals.reserveCapacity(facts.entities.count)
    seen.reserveCapacity(facts.entities.count)
    let separator = Array(language.separator.utf8)
    for entity in facts.entities {
      let scope = language.scope(of: entity, in: facts)
      var name: [UInt8] = []
      var tail = ""
      if scope != Entity.noParent {
        name = qualified[Int(scope)] + separator
        tail = tails[Int(scope)] + language.separator
      }
      name += facts.names[entity.name]
      tail += Escaping.idPart(facts.names[entity.name])
      let ordinal = seen[Key(kind: entity.kind, tail: tail), default: 0] + 1
      seen[Key(kind: entity.kind, tail: tail)] = ordinal
      qualified.append(name)
      tails.append(tail)
      ordinals.append(ordinal)
    }
    self.qualified = qualified
    self.ordinals = ordinals
    self.kinds = facts.entities.map(\.kind)
    self.tails = tails
    self.prefixes = (language.name, Escaping.idPart(path.bytes[...]))
  }

  /// `<language>:<kind>:<path>:<qualified name>`, with `~2`, `~3` ... for further entities of the same id.
  public func id(_ index: EntityIndex) -> String {
    let index = Int(index)
    var id = prefixes.language
    id += ":"
    id += kinds[index].name
    id += ":"
    id += prefixes.path
    id += ":"
    id += tails[index]
    if ordinals[index] > 1 { id += "~\(ordinals[index])" }
    return id
  }

  private struct Key: Hashable {
    let kind: EntityKind
    let tail: String
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
