import Graph

/// What follows the path in the ids of a file's entities, as ``EntityNaming/id(_:)`` writes it, but for millions of them:
/// one after the other in one piece of memory.
struct IDTails {
  private(set) var bytes: [UInt8] = []
  private let facts: FileFacts
  private let language: LanguageTraits
  private let separator: [UInt8]
  /// Qualified names as ids hold them, one after the other, and where each ends.
  private var qualified: [UInt8] = []
  private var ends: [Int] = []
  /// Kind and qualified name of the entities so far, and how many have the same.
  private var seen = NameTable()
  private var counts: [UInt32] = []
  private var key: [UInt8] = []

  init(_ facts: FileFacts, _ language: LanguageTraits) {
    self.facts = facts
    self.language = language
    separator = Array(language.separator.utf8)
    ends.reserveCapacity(facts.entities.count)
    counts.reserveCapacity(facts.entities.count)
  }

  /// Adds that of the next entity. Returns where it ends.
  mutating func append(_ entity: Entity) -> UInt32 {
    key.removeAll(keepingCapacity: true)
    key.append(entity.kind.rawValue)
    qualify(entity)
    let name = key[1...]
    qualified.append(contentsOf: name)
    ends.append(qualified.count)
    let number = Int(seen.intern(key).rawValue)
    if number == counts.count { counts.append(0) }
    counts[number] += 1
    bytes.append(contentsOf: name)
    if counts[number] > 1 { bytes.append(contentsOf: "~\(counts[number])".utf8) }
    return UInt32(bytes.count)
  }

  /// Adds an entity's qualified name to the key.
  private mutating func qualify(_ entity: Entity) {
    let scope = language.scope(of: entity, in: facts)
    if scope != Entity.noParent {
      let start = scope == 0 ? 0 : ends[Int(scope) - 1]
      key.append(contentsOf: qualified[start..<ends[Int(scope)]])
      key.append(contentsOf: separator)
    }
    let name = facts.names[entity.name]
    if Escaping.isPlainInID(name) {
      key.append(contentsOf: name)
    } else {
      key.append(contentsOf: Escaping.idPart(name).utf8)
    }
  }
}

extension EntityKind {
  /// ``name``, without the cost of making it.
  var nameBytes: [UInt8] { Self.names[Int(rawValue)] }

  private static let names: [[UInt8]] = {
    var names = [[UInt8]](repeating: [], count: 256)
    for kind in allCases { names[Int(kind.rawValue)] = Array(kind.name.utf8) }
    return names
  }()
}
