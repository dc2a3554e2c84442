public import Graph
import Store

extension GraphQuery {
  public struct Findings: Sendable {
    /// Exact names first, then those that begin with the pattern, then the others; each in byte order.
    public let entities: [EntityInfo]
    /// How many there are in all.
    public let total: Int
  }

  /// Entities whose name has the pattern in it: in capitals or not unless the pattern has capitals. O(names).
  public func find(_ pattern: String, kind: EntityKind? = nil, limit: Int) throws -> Findings {
    let matcher = NameMatcher(pattern)
    var ranked: [[[UInt8]]] = [[], [], []]
    var total = 0
    try snapshot.forEachName(prefix: []) { name, count in
      guard let rank = matcher.rank(name) else { return true }
      let fitting = kind == nil ? count : try rows(Array(name), kind).count
      total += fitting
      if fitting > 0, ranked[rank].count < limit { ranked[rank].append(Array(name)) }
      return true
    }
    var entities: [EntityInfo] = []
    for name in ranked.joined() {
      if entities.count >= limit { break }
      var bearers: [EntityInfo] = []
      // By paths, since the order of the rows is that in which files came into the store.
      for row in try rows(name, kind) {
        let loaded = try load(row.file)
        bearers.append(loaded.info(try entity(of: row, named: name, in: loaded)))
      }
      bearers.sort { $0.path != $1.path ? $0.path < $1.path : $0.span.start < $1.span.start }
      entities += bearers.prefix(limit - entities.count)
    }
    return Findings(entities: entities, total: total)
  }

  private func rows(_ name: [UInt8], _ kind: EntityKind?) throws(StoreError) -> [DefinitionRow] {
    let rows = try snapshot.definitions(of: name)
    return kind == nil ? rows : rows.filter { $0.kind == kind }
  }

  /// Names much like one that nothing bears: the nearest first, no more than `limit`. O(names).
  public func near(_ name: String, limit: Int = 3) throws -> [String] {
    let measure = NameDistance(to: Array(name.utf8))
    var best: [(distance: Int, name: [UInt8])] = []
    var bound = measure.limit
    try snapshot.forEachName(prefix: []) { candidate, _ in
      guard let distance = measure.distance(candidate, limit: bound) else { return true }
      let place = best.firstIndex { $0.distance > distance } ?? best.count
      best.insert((distance, Array(candidate)), at: place)
      if best.count > limit {
        best.removeLast()
        bound = min(bound, best[limit - 1].distance)
      }
      return true
    }
    return best.map { Escaping.printable($0.name) }
  }
}

/// Looks for a pattern in names.
struct NameMatcher {
  private let pattern: [UInt8]
  private let folds: Bool

  init(_ pattern: String) {
    let bytes = Array(pattern.utf8)
    folds = !bytes.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    self.pattern = bytes
  }

  /// 0 for the whole name, 1 for its beginning, 2 for anywhere in it, nil for nowhere.
  func rank(_ name: ArraySlice<UInt8>) -> Int? {
    name.withUnsafeBufferPointer { name in
      guard name.count >= pattern.count else { return nil }
      for start in 0...(name.count - pattern.count) where matches(name, at: start) {
        return start > 0 ? 2 : name.count == pattern.count ? 0 : 1
      }
      return nil
    }
  }

  @inline(__always)
  private func matches(_ name: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    for index in pattern.indices where folded(name[start + index]) != pattern[index] { return false }
    return true
  }

  @inline(__always)
  private func folded(_ byte: UInt8) -> UInt8 {
    folds && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
