/// What has to change in the store when one version of a file's facts takes the place of another.
public struct FactsDelta: Sendable {
  /// A row of the index from names to the entities that bear them.
  public struct Definition: Hashable, Sendable {
    public let name: NameID
    public let local: LocalID
    public let kind: EntityKind
  }

  /// A row of the index from names to the entities that mention them; `from` is ``fileScope`` for code outside any.
  public struct Mention: Hashable, Sendable {
    public let name: NameID
    public let from: LocalID
    public let kind: EdgeKind
  }

  /// Stands for the file itself where an entity's local id is expected.
  public static let fileScope = LocalID.max

  /// Names in the old facts' table.
  public var removedDefinitions: [Definition] = []
  public var removedMentions: [Mention] = []
  /// Names in the new facts' table.
  public var addedDefinitions: [Definition] = []
  public var addedMentions: [Mention] = []

  /// Numbers in the new facts.
  public var addedEntities: [EntityIndex] = []
  public var changedEntities: [EntityIndex] = []
  /// Numbers in the old facts.
  public var removedEntities: [EntityIndex] = []
  /// Indices of edges in the new facts, and in the old. Edges alike are told apart by number only.
  public var addedEdges: [Int] = []
  public var removedEdges: [Int] = []

  /// Compares two versions and hands local ids on: an entity of `new` gets that of the entity of `old` that it
  /// continues (same kind, name and parent), or one not in use. O(entities + edges).
  public init(from old: FileFacts, to new: inout FileFacts) {
    var names = Translation(from: old.names, to: new.names)
    matchEntities(old, &new, &names)
    compareEdges(old, new, &names)
  }
}

/// Finds a name of one table in another, each at most once.
private struct Translation {
  private let old: NameTable
  private var new: NameTable
  private var known: [UInt32]
  private static let unknown = UInt32.max
  /// Marks ids that stand for an old name which the new table does not hold: equal to no other.
  private static let absent = UInt32(1) << 31

  init(from old: NameTable, to new: NameTable) {
    self.old = old
    self.new = new
    self.new.index()
    known = [UInt32](repeating: Self.unknown, count: old.count)
  }

  /// The new table's id for an old one; an id that matches nothing if the name is not in the new table.
  mutating func callAsFunction(_ id: NameID) -> NameID {
    if id == .none { return .none }
    let index = Int(id.rawValue)
    if known[index] == Self.unknown {
      known[index] = old.withBytes(id) { new.id(of: $0) }?.rawValue ?? (Self.absent | id.rawValue)
    }
    return NameID(rawValue: known[index])
  }
}

// MARK: - Entities

extension FactsDelta {
  private struct EntityKey: Hashable {
    let parent: LocalID
    let kind: EntityKind
    let name: NameID
  }

  private mutating func matchEntities(_ old: FileFacts, _ new: inout FileFacts, _ names: inout Translation) {
    let (prefix, suffix) = Self.commonEntities(old, new, &names)
    for index in 0..<prefix { carryOn(old, index, &new, index, &names) }

    let oldMiddle = prefix..<(old.entities.count - suffix)
    let newMiddle = prefix..<(new.entities.count - suffix)
    var fresh = (old.entities.lazy.map(\.local).max() ?? 0) &+ (old.entities.isEmpty ? 0 : 1)
    // The last of equal keys is taken first, so fill in reverse.
    var open: [EntityKey: [Int]] = [:]
    for index in oldMiddle.reversed() {
      open[Self.key(old, index, name: names(old.entities[index].name)), default: []].append(index)
    }
    for index in newMiddle {
      let key = Self.key(new, index, name: new.entities[index].name)
      if let match = open[key]?.popLast() {
        carryOn(old, match, &new, index, &names)
      } else {
        new.entities[index].local = fresh
        fresh += 1
        addedEntities.append(EntityIndex(index))
        addedDefinitions.append(Definition(new.entities[index]))
      }
    }
    for index in open.values.joined().sorted() {
      removedEntities.append(EntityIndex(index))
      removedDefinitions.append(Definition(old.entities[index]))
    }
    let shift = new.entities.count - old.entities.count
    for index in (old.entities.count - suffix)..<old.entities.count {
      carryOn(old, index, &new, index + shift, &names)
    }
  }

  private mutating func carryOn(
    _ old: FileFacts, _ oldIndex: Int, _ new: inout FileFacts, _ newIndex: Int, _ names: inout Translation
  ) {
    let before = old.entities[oldIndex]
    new.entities[newIndex].local = before.local
    let after = new.entities[newIndex]
    if before.digest != after.digest || before.flags != after.flags || names(before.signature) != after.signature
      || names(before.type) != after.type || before.parameters != after.parameters
    {
      changedEntities.append(EntityIndex(newIndex))
    }
  }

  private static func key(_ facts: FileFacts, _ index: Int, name: NameID) -> EntityKey {
    let entity = facts.entities[index]
    return EntityKey(parent: scope(entity.parent, in: facts), kind: entity.kind, name: name)
  }

  /// How many entities at the start, and how many at the end, are the same in both, so that an edit costs what it
  /// touches.
  private static func commonEntities(
    _ old: FileFacts, _ new: FileFacts, _ names: inout Translation
  ) -> (prefix: Int, suffix: Int) {
    let (oldCount, newCount) = (old.entities.count, new.entities.count)
    let shorter = min(oldCount, newCount)
    func same(_ a: Entity, _ b: Entity) -> Bool { a.kind == b.kind && names(a.name) == b.name }
    var prefix = 0
    while prefix < shorter, same(old.entities[prefix], new.entities[prefix]),
      old.entities[prefix].parent == new.entities[prefix].parent
    { prefix += 1 }
    var suffix = 0
    while suffix < shorter - prefix, same(old.entities[oldCount - 1 - suffix], new.entities[newCount - 1 - suffix]) {
      suffix += 1
    }
    // Parents stand before their children: drop from the suffix, front to back, what does not hang on the same one.
    var start = newCount - suffix
    for index in start..<newCount {
      let parent = new.entities[index].parent
      let oldParent = old.entities[index - newCount + oldCount].parent
      let hangsAlike =
        parent == oldParent && (parent == Entity.noParent || parent < prefix)
        || parent != Entity.noParent && oldParent != Entity.noParent && parent >= start
          && Int(parent) - newCount == Int(oldParent) - oldCount
      if !hangsAlike { start = index + 1 }
    }
    return (prefix, newCount - start)
  }

  fileprivate static func scope(_ index: EntityIndex, in facts: FileFacts) -> LocalID {
    index == Entity.noParent ? fileScope : facts.entities[Int(index)].local
  }
}

extension FactsDelta.Definition {
  public init(_ entity: Entity) {
    self.init(name: entity.name, local: entity.local, kind: entity.kind)
  }
}

// MARK: - Edges

extension FactsDelta {
  private struct EdgeKey: Hashable {
    let mention: Mention
    let qualifier: NameID
    let alias: NameID
  }

  private mutating func compareEdges(_ old: FileFacts, _ new: FileFacts, _ names: inout Translation) {
    func oldKey(_ index: Int) -> EdgeKey {
      let edge = old.edges[index]
      let mention = Mention(name: names(edge.name), from: Self.scope(edge.from, in: old), kind: edge.kind)
      return EdgeKey(mention: mention, qualifier: names(edge.qualifier), alias: names(edge.alias))
    }
    func newKey(_ index: Int) -> EdgeKey {
      let edge = new.edges[index]
      return EdgeKey(mention: Mention(edge, in: new), qualifier: edge.qualifier, alias: edge.alias)
    }
    let (oldCount, newCount) = (old.edges.count, new.edges.count)
    let shorter = min(oldCount, newCount)
    var prefix = 0
    while prefix < shorter, oldKey(prefix) == newKey(prefix) { prefix += 1 }
    var suffix = 0
    while suffix < shorter - prefix, oldKey(oldCount - 1 - suffix) == newKey(newCount - 1 - suffix) { suffix += 1 }

    // How many of the old edges still want a new one alike.
    var open: [EdgeKey: Int] = [:]
    var unmatched = oldCount - suffix - prefix
    var gone: [Mention: Mention] = [:]
    var come: Set<Mention> = []
    for index in prefix..<(oldCount - suffix) {
      let key = oldKey(index)
      open[key, default: 0] += 1
      gone[key.mention] = Mention(old.edges[index], in: old)
    }
    for index in prefix..<(newCount - suffix) {
      let key = newKey(index)
      come.insert(key.mention)
      if let count = open[key], count > 0 {
        open[key] = count - 1
        unmatched -= 1
      } else {
        addedEdges.append(index)
      }
    }
    for index in prefix..<(oldCount - suffix) where unmatched > 0 {
      let key = oldKey(index)
      guard let count = open[key], count > 0 else { continue }
      open[key] = count - 1
      unmatched -= 1
      removedEdges.append(index)
    }
    for mention in come where gone[mention] != nil {
      come.remove(mention)
      gone[mention] = nil
    }
    if gone.isEmpty && come.isEmpty { return }
    // What also stands outside the changed stretch is neither new nor gone. Most names there are of none of these.
    var isConcerned = [Bool](repeating: false, count: new.names.count)
    for mention in come { isConcerned[Int(mention.name.rawValue)] = true }
    for mention in gone.keys where mention.name.rawValue < new.names.count {
      isConcerned[Int(mention.name.rawValue)] = true
    }
    for index in [0..<prefix, (newCount - suffix)..<newCount].joined()
    where isConcerned[Int(new.edges[index].name.rawValue)] {
      let mention = Mention(new.edges[index], in: new)
      gone[mention] = nil
      come.remove(mention)
    }
    removedMentions = Array(gone.values)
    addedMentions = Array(come)
  }
}

extension FactsDelta.Mention {
  public init(_ edge: Edge, in facts: FileFacts) {
    self.init(name: edge.name, from: FactsDelta.scope(edge.from, in: facts), kind: edge.kind)
  }
}
