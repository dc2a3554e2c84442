extension ChangeDetails {
  /// What leads from one version of a file to the next, for which `delta` was made; nil if that takes more than `room`
  /// bytes, about, which become less by what it takes. O(entities of both + what changed).
  ///
  /// The delta follows entities by their local ids, history by the ids that people see. These differ where entities of a
  /// file share all but the number at the end of their ids: when the first goes, the second takes over its id.
  public init?(from old: FileFacts, to new: FileFacts, _ delta: FactsDelta, language: LanguageTraits, room: inout Int) {
    self.init()
    let least = delta.addedEntities.count + delta.changedEntities.count + delta.removedEntities.count
    if 4 * (least + delta.addedEdges.count + delta.removedEdges.count) > room { return nil }
    var comparison = Comparison(old, new, delta, language, room)
    guard comparison.pairEntities(), comparison.sumEdges(old, new, delta) else { return nil }
    entities = comparison.entities
    edges = comparison.edges.filter { $0.count != 0 }
    room = comparison.room
  }
}

/// The entities and edges of two versions of a file, by their ids.
private struct Comparison {
  var entities: [ChangeDetails.EntityChange] = []
  var edges: [ChangeDetails.EdgeChange] = []
  private var places: [ChangeDetails.EdgeValue: Int] = [:]
  private var old: Side
  private var new: Side
  private let changed: Set<EntityIndex>
  private(set) var room: Int

  init(_ old: FileFacts, _ new: FileFacts, _ delta: FactsDelta, _ language: LanguageTraits, _ room: Int) {
    self.old = Side(old, language)
    self.new = Side(new, language)
    self.room = room
    changed = Set(delta.changedEntities)
    let (oldTouched, newTouched) = Self.touched(old, new, delta)
    for index in oldTouched { self.old.add(index) }
    for index in newTouched { self.new.add(index) }
  }

  /// All entities whose ids are to be known: those that came, changed and went, those whose edges did, and all others
  /// of the same names, among which they are counted. In source order.
  private static func touched(
    _ old: FileFacts, _ new: FileFacts, _ delta: FactsDelta
  ) -> (old: [EntityIndex], new: [EntityIndex]) {
    let sources = delta.addedEdges.lazy.map { new.edges[$0].from }
    var names: Set<NameID> = []
    for index in [delta.addedEntities, delta.changedEntities].joined() { names.insert(new.entities[Int(index)].name) }
    for index in sources where index != Entity.noParent { names.insert(new.entities[Int(index)].name) }
    var gone = Set(delta.removedEntities)
    for index in delta.removedEdges.lazy.map({ old.edges[$0].from }) where index != Entity.noParent {
      gone.insert(index)
    }
    if names.isEmpty && gone.isEmpty { return ([], []) }
    var known = new.names
    known.index()
    for index in gone {
      let name = old.names.withBytes(old.entities[Int(index)].name) { known.id(of: $0) }
      if let name { names.insert(name) }
    }
    // An old entity of such a name has gone, or goes on as a new one of that name.
    var newTouched: [EntityIndex] = []
    var locals = Set(gone.lazy.map { old.entities[Int($0)].local })
    for (index, entity) in new.entities.enumerated() where names.contains(entity.name) {
      newTouched.append(EntityIndex(index))
      locals.insert(entity.local)
    }
    let oldTouched = old.entities.indices.lazy.filter { locals.contains(old.entities[$0].local) }
    return (oldTouched.map { EntityIndex($0) }, newTouched)
  }

  /// False if there is no room.
  mutating func pairEntities() -> Bool {
    for index in new.order {
      let tail = new.tails[index]!
      guard let before = old.indices[tail] else {
        if !note(.added, tail) { return false }
        continue
      }
      let (was, now) = (old.facts.entities[Int(before)], new.facts.entities[Int(index)])
      let isOther = was.local != now.local
      if isOther {
        old.moved.insert(before)
        new.moved.insert(index)
      }
      if isOther ? !isAlike(was, now) : changed.contains(index), !note(.changed, tail) { return false }
    }
    for index in old.order where new.indices[old.tails[index]!] == nil {
      if !note(.removed, old.tails[index]!) { return false }
    }
    return true
  }

  private func isAlike(_ was: Entity, _ now: Entity) -> Bool {
    was.digest == now.digest && was.flags == now.flags
      && old.facts.names[was.signature].elementsEqual(new.facts.names[now.signature])
  }

  private mutating func note(_ change: ChangeDetails.Change, _ tail: EntityTail) -> Bool {
    room -= tail.text.utf8.count + 4
    entities.append(ChangeDetails.EntityChange(change, tail))
    return room >= 0
  }

  /// False if there is no room.
  mutating func sumEdges(_ oldFacts: FileFacts, _ newFacts: FileFacts, _ delta: FactsDelta) -> Bool {
    for index in delta.removedEdges where !old.hasMoved(oldFacts.edges[index].from) {
      if !add(old.value(oldFacts.edges[index]), -1) { return false }
    }
    for index in delta.addedEdges where !new.hasMoved(newFacts.edges[index].from) {
      if !add(new.value(newFacts.edges[index]), 1) { return false }
    }
    if new.moved.isEmpty { return true }
    for edge in oldFacts.edges where old.hasMoved(edge.from) { if !add(old.value(edge), -1) { return false } }
    for edge in newFacts.edges where new.hasMoved(edge.from) { if !add(new.value(edge), 1) { return false } }
    return true
  }

  private mutating func add(_ edge: ChangeDetails.EdgeValue, _ count: Int) -> Bool {
    if let place = places[edge] {
      edges[place].count += count
      return true
    }
    places[edge] = edges.count
    edges.append(ChangeDetails.EdgeChange(edge, count: count))
    room -= edge.name.count + (edge.qualifier?.count ?? 0) + 6
    return room >= 0
  }
}

/// The touched entities of one version, with what stands behind the path in their ids.
private struct Side {
  let facts: FileFacts
  private let language: LanguageTraits
  private(set) var order: [EntityIndex] = []
  private(set) var tails: [EntityIndex: EntityTail] = [:]
  private(set) var indices: [EntityTail: EntityIndex] = [:]
  /// Those that share their id with another entity than they continue, or are continued by.
  var moved: Set<EntityIndex> = []
  private var counts: [EntityTail: Int] = [:]
  private var qualified: [EntityIndex: String] = [:]

  init(_ facts: FileFacts, _ language: LanguageTraits) {
    self.facts = facts
    self.language = language
  }

  func hasMoved(_ index: EntityIndex) -> Bool { !moved.isEmpty && moved.contains(index) }

  /// To be called in source order.
  mutating func add(_ index: EntityIndex) {
    var tail = EntityTail(kind: facts.entities[Int(index)].kind, text: qualified(index))
    let count = counts[tail, default: 0] + 1
    counts[tail] = count
    if count > 1 { tail.text += "~\(count)" }
    order.append(index)
    tails[index] = tail
    indices[tail] = index
  }

  /// As ``EntityNaming`` has it.
  private mutating func qualified(_ index: EntityIndex) -> String {
    var unnamed: [EntityIndex] = []
    var scope = index
    while scope != Entity.noParent, qualified[scope] == nil {
      unnamed.append(scope)
      scope = language.scope(of: facts.entities[Int(scope)], in: facts)
    }
    var text = scope == Entity.noParent ? "" : qualified[scope]!
    for inner in unnamed.reversed() {
      if scope != Entity.noParent { text += language.separator }
      text += Escaping.idPart(facts.names[facts.entities[Int(inner)].name])
      qualified[inner] = text
      scope = inner
    }
    return text
  }

  func value(_ edge: Edge) -> ChangeDetails.EdgeValue {
    func bytes(_ name: NameID) -> [UInt8]? { name == .none ? nil : Array(facts.names[name]) }
    return ChangeDetails.EdgeValue(
      kind: edge.kind, from: edge.from == Entity.noParent ? nil : tails[edge.from], name: Array(facts.names[edge.name]),
      qualifier: bytes(edge.qualifier), alias: bytes(edge.alias))
  }
}
