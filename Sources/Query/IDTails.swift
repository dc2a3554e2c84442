import Graph

/// What follows the path in the ids of a file's entities, as ``EntityNaming/id(_:)`` writes it. Most files are asked for few ids or none, so
/// the first are found one by one, and those of all entities are made when as much was spent on that.
struct IDTails {
  private var asked = 0
  private static let fewAsked = 4
  /// Of all entities; nil until they are made.
  private var all: EntityTails?

  /// Adds that of an entity.
  mutating func append(_ index: EntityIndex, to id: inout [UInt8], _ outline: FileOutline) {
    asked += 1
    if let all { return id.append(contentsOf: all[index]) }
    if asked > Self.fewAsked {
      let all = outline.allTails()
      id.append(contentsOf: all[index])
      self.all = all
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
}

extension FileOutline {
  /// O(entities x length of their names).
  fileprivate func allTails() -> EntityTails {
    EntityTails(count: entries.count, separator: separator) { index in
      let entry = entries[Int(index)]
      return (entry.kind, entry.scope, name(index))
    }
  }

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
    Escaping.appendIDPart(name(index), to: &text)
  }
}
