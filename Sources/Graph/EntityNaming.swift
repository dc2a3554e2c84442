/// Qualified names and ids of one file's entities.
public struct EntityNaming: Sendable {
  private let prefixes: (language: [UInt8], path: [UInt8])
  private let kinds: [EntityKind]
  /// Scopes joined the way the language writes it, an entity's own name last; by ``EntityIndex``.
  public let qualified: [[UInt8]]
  /// 1 for the first entity with an id, 2 for the next with the same, ...
  private let ordinals: [UInt32]

  /// O(entities x length of their names).
  public init(_ facts: FileFacts, path: TreePath, language: LanguageTraits) {
    var qualified: [[UInt8]] = []
    var ordinals: [UInt32] = []
    var seen: [Key: UInt32] = [:]
    qualified.reserveCapacity(facts.entities.count)
    ordinals.reserveCapacity(facts.entities.count)
    seen.reserveCapacity(facts.entities.count)
    let separator = Array(language.separator.utf8)
    for entity in facts.entities {
      var scope = entity.parent
      while scope != Entity.noParent, language.transparent.contains(facts.entities[Int(scope)].kind) {
        scope = facts.entities[Int(scope)].parent
      }
      var name: [UInt8] = []
      if scope != Entity.noParent { name = qualified[Int(scope)] + separator }
      name += facts.names[entity.name]
      let ordinal = seen[Key(kind: entity.kind, qualified: name), default: 0] + 1
      seen[Key(kind: entity.kind, qualified: name)] = ordinal
      qualified.append(name)
      ordinals.append(ordinal)
    }
    self.qualified = qualified
    self.ordinals = ordinals
    self.kinds = facts.entities.map(\.kind)
    self.prefixes = (Array(language.name.utf8), Array(Escaping.idPart(path.bytes).utf8))
  }

  /// `<language>:<kind>:<path>:<qualified name>`, with `~2`, `~3` ... for further entities of the same id.
  public func id(_ index: EntityIndex) -> String {
    let index = Int(index)
    var id = String(decoding: prefixes.language, as: UTF8.self)
    id += ":"
    id += kinds[index].name
    id += ":"
    id += String(decoding: prefixes.path, as: UTF8.self)
    id += ":"
    id += Escaping.idPart(qualified[index])
    if ordinals[index] > 1 { id += "~\(ordinals[index])" }
    return id
  }

  private struct Key: Hashable {
    let kind: EntityKind
    let qualified: [UInt8]
  }
}
