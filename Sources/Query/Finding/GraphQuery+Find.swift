import Graph
import Store

extension GraphQuery {
  public struct Findings: Sendable {
    /// The best first, then in byte order of names, then of paths, then in source order.
    public let entities: [EntityInfo]
    /// How many there are in all; nil where that is not known without reading them: if it is asked for languages, paths or tests.
    public let total: Int?
    /// True if there are more behind these.
    public let hasMore: Bool
  }

  /// Entities with names like a pattern, `limit` of them from number `offset` on. O(names / 100) where the pattern says of three
  /// letters in a row that they are in it, O(names that begin so) where it says how they begin, else O(names); beside that it reads
  /// the entities of the files of what it returns, and, if it is asked for languages, paths or tests, of what comes before. Throws
  /// `StoreError`.
  public func find(
    _ pattern: NamePattern, _ filter: EntityFilter = EntityFilter(), offset: Int = 0, limit: Int
  ) throws -> Findings {
    var names = FoundNames()
    for beginning in pattern.beginnings {
      try snapshot.forEachName(prefix: beginning, holding: pattern.parts) { name in
        if let rank = pattern.rank(name.bytes) { names.append(name.bytes, rank, name.bearers) }
        return true
      }
    }
    var finding = Finding(query: self, filter: filter, skip: offset, limit: limit)
    for name in names.sorted() {
      if finding.hasMore { break }
      try finding.add(names.bytes(name), count: name.count)
    }
    return Findings(
      entities: finding.entities, total: try total(names, filter), hasMore: finding.hasMore)
  }

  private func total(_ names: FoundNames, _ filter: EntityFilter) throws(StoreError) -> Int? {
    if filter.asksForMoreThanKinds { return nil }
    var total = 0
    for name in names.all {
      total +=
        filter.kinds.isEmpty
        ? name.count : try snapshot.definitions(of: names.bytes(name)).count { filter.wants($0.kind) }
    }
    return total
  }

  /// Names much like one that nothing bears: the nearest first, no more than `limit`. O(names).
  public func near(_ name: String, limit: Int = 3) throws -> [String] {
    let measure = NameDistance(to: Array(name.utf8))
    var best: [(distance: Int, name: [UInt8])] = []
    var bound = measure.limit
    try snapshot.forEachName(prefix: []) { candidate in
      guard let distance = measure.distance(candidate.bytes, limit: bound) else { return true }
      let place = best.firstIndex { $0.distance > distance } ?? best.count
      best.insert((distance, Array(candidate.bytes)), at: place)
      if best.count > limit {
        best.removeLast()
        bound = min(bound, best[limit - 1].distance)
      }
      return true
    }
    return best.map { Escaping.printable($0.name) }
  }
}

/// Names one after the other in one piece of memory.
private struct FoundNames {
  struct Name {
    let rank: Int32
    let start: UInt32
    let length: UInt32
    /// Its bearers.
    let count: Int
  }

  private(set) var all: [Name] = []
  private var joined: [UInt8] = []

  mutating func append(_ name: UnsafeRawBufferPointer, _ rank: Int32, _ count: Int) {
    all.append(Name(rank: rank, start: UInt32(joined.count), length: UInt32(name.count), count: count))
    joined.append(contentsOf: name)
  }

  func bytes(_ name: Name) -> [UInt8] { Array(joined[Int(name.start)..<Int(name.start + name.length)]) }

  /// They come in byte order, so the start says which of two with the same rank is first.
  func sorted() -> [Name] { all.sorted { $0.rank != $1.rank ? $0.rank < $1.rank : $0.start < $1.start } }
}

/// Gathers one page of entities, reading no file before that page that it need not.
private struct Finding {
  let query: GraphQuery
  let filter: EntityFilter
  var skip: Int
  let limit: Int
  private(set) var entities: [EntityInfo] = []
  private(set) var hasMore = false

  init(query: GraphQuery, filter: EntityFilter, skip: Int, limit: Int) {
    self.query = query
    self.filter = filter
    self.skip = skip
    self.limit = limit
  }

  mutating func add(_ name: [UInt8], count: Int) throws(StoreError) {
    if filter.isEmpty, count <= skip {
      skip -= count
      return
    }
    let rows = try query.snapshot.definitions(of: name).filter { filter.wants($0.kind) }
    if !filter.asksForMoreThanKinds, rows.count <= skip {
      skip -= rows.count
      return
    }
    let byFile = Dictionary(grouping: rows, by: \.file)
    // By paths, since the order of the rows is that in which files came into the store.
    var queue = try query.queue(of: Array(byFile.keys))
    while !hasMore, let file = queue.next() { try add(byFile[file]!, named: name, in: file) }
  }

  private mutating func add(_ rows: [DefinitionRow], named name: [UInt8], in file: FileID) throws(StoreError) {
    if !filter.asksForMoreThanKinds, rows.count <= skip {
      skip -= rows.count
      return
    }
    if filter.asksForMoreThanKinds {
      guard let (path, record) = try query.snapshot.file(file) else { return }
      guard filter.wants(path, try query.snapshot.traits(record.language).name) else { return }
    }
    let found = try query.find(rows, named: name, in: file)
    for index in found.indexes.sorted() where try filter.tests.wants(found.file.flags(index)) {
      if skip > 0 {
        skip -= 1
      } else if entities.count == limit {
        hasMore = true
        return
      } else {
        entities.append(try found.file.info(index))
      }
    }
  }
}
