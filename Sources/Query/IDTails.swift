import Graph

/// What follows the path in the ids of a file's entities, as ``EntityNaming/id(_:)`` writes it. Most files are asked for few ids or none, so
/// the first are found one by one, and those of all entities are made when as much was spent on that.
struct IDTails {
  private var asked = 0
  private static let fewAsked = 4
  /// Of all entities, one after the other, and where each ends; empty until they are made.
  private var all: [UInt8] = []
  private var ends: [UInt32] = []

  /// Adds that of an entity.
  mutating func append(_ index: EntityIndex, to id: inout [UInt8], _ outline: FileOutline) {
    asked += 1
    if asked > Self.fewAsked, ends.isEmpty { makeAll(outline) }
    if !ends.isEmpty {
      id.append(contentsOf: all[(index == 0 ? 0 : Int(ends[Int(index) - 1]))..<Int(ends[Int(index)])])
      return
    }
    let start = id.count
    outline.appendQualified(index, to: &id)
    let ordinal = Self.ordinal(index, id[start...], outline)
    if ordinal > 1 { id.append(contentsOf: "~\(ordinal)".utf8) }
  }

  /// 1 for the first entity of a kind and qualified name, 2 for the next ...
  private static func ordinal(_ index: EntityIndex, _ qualified: ArraySlice<UInt8>, _ outline: FileOutline) -> Int {
    let own = outline.entries[Int(index)]
    let name = outline.name(index)
    var other: [UInt8] = []
    var ordinal = 1
    for earlier in 0..<index where outline.entries[Int(earlier)].kind == own.kind {
      // What has the same qualified name has the same last letter, and, if neither stands in anything, the same name.
      let earlierName = outline.name(earlier)
      if let last = name.last, let earlierLast = earlierName.last, last != earlierLast { continue }
      if own.scope == Entity.noParent, outline.entries[Int(earlier)].scope == Entity.noParent {
        if earlierName.elementsEqual(name) { ordinal += 1 }
        continue
      }
      other.removeAll(keepingCapacity: true)
      outline.appendQualified(earlier, to: &other)
      if other.elementsEqual(qualified) { ordinal += 1 }
    }
    return ordinal
  }

  private mutating func makeAll(_ outline: FileOutline) {
    let separator = Array(outline.separator.utf8)
    // Qualified names one after the other, and where each ends.
    var qualified: [UInt8] = []
    var qualifiedEnds: [Int] = []
    // Kind and qualified name of the entities so far, and how many have the same.
    var seen = NameTable()
    var counts: [UInt32] = []
    var key: [UInt8] = []
    ends.reserveCapacity(outline.entries.count)
    qualifiedEnds.reserveCapacity(outline.entries.count)
    counts.reserveCapacity(outline.entries.count)
    for (index, entry) in outline.entries.enumerated() {
      key.removeAll(keepingCapacity: true)
      key.append(entry.kind.rawValue)
      if entry.scope != Entity.noParent {
        let start = entry.scope == 0 ? 0 : qualifiedEnds[Int(entry.scope) - 1]
        key.append(contentsOf: qualified[start..<qualifiedEnds[Int(entry.scope)]])
        key.append(contentsOf: separator)
      }
      outline.appendEscapedName(EntityIndex(index), to: &key)
      let name = key[1...]
      qualified.append(contentsOf: name)
      qualifiedEnds.append(qualified.count)
      let number = Int(seen.intern(key).rawValue)
      if number == counts.count { counts.append(0) }
      counts[number] += 1
      all.append(contentsOf: name)
      if counts[number] > 1 { all.append(contentsOf: "~\(counts[number])".utf8) }
      ends.append(UInt32(all.count))
    }
  }
}

extension FileOutline {
  /// Adds an entity's qualified name as ids hold it.
  fileprivate func appendQualified(_ index: EntityIndex, to text: inout [UInt8]) {
    var scopes: [EntityIndex] = []
    var scope = entries[Int(index)].scope
    while scope != Entity.noParent {
      scopes.append(scope)
      scope = entries[Int(scope)].scope
    }
    for scope in scopes.reversed() {
      appendEscapedName(scope, to: &text)
      text.append(contentsOf: separator.utf8)
    }
    appendEscapedName(index, to: &text)
  }

  fileprivate func appendEscapedName(_ index: EntityIndex, to text: inout [UInt8]) {
    let name = name(index)
    if Escaping.isPlainInID(name) {
      text.append(contentsOf: name)
    } else {
      text.append(contentsOf: Escaping.idPart(name).utf8)
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
