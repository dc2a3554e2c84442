import CLMDB
import Graph

extension View {
  func definitions(of name: UnsafeRawBufferPointer) throws(StoreError) -> [DefinitionRow] {
    var found: [DefinitionRow] = []
    try forEachRow(tables.definitions, of: name) { (row) throws(StoreError) in
      found.append(try definition(row))
    }
    if Key.isLong(name.count) {
      found = try verified(found, \.file, .entities) { (row, facts) in
        facts.entities.contains { $0.local == row.local && facts.names[$0.name].elementsEqual(name) }
      }
    }
    return found
  }

  func definitions(of name: UnsafeRawBufferPointer, in file: FileID) throws(StoreError) -> [DefinitionRow] {
    if name.isEmpty { return [] }
    // What shares its key is to be told apart as above.
    if Key.isLong(name.count) { return try definitions(of: name).filter { $0.file == file } }
    let cursor = try Cursor(self, tables.definitions)
    var found: [DefinitionRow] = []
    var key = MDB_val(name)
    let first = Key.bigEndian(file.rawValue) + [UInt8](repeating: 0, count: IndexRow.size - Key.idSize)
    try first.withUnsafeBufferPointer { (first) throws(StoreError) in
      var value = MDB_val(UnsafeRawBufferPointer(first))
      var more = try cursor.move(MDB_GET_BOTH_RANGE, &key, &value)
      while more {
        guard value.mv_size == IndexRow.size else { throw damaged("the size of an index row") }
        let row = IndexRow(value.bytes.baseAddress!)
        if row.file != file { break }
        found.append(try definition(row))
        more = try cursor.move(MDB_NEXT_DUP, &key, &value)
      }
    }
    return found
  }

  private func definition(_ row: IndexRow) throws(StoreError) -> DefinitionRow {
    guard let kind = EntityKind(rawValue: row.kind) else { throw damaged("a definition's kind") }
    return DefinitionRow(file: row.file, local: row.local, kind: kind)
  }

  func mentions(of name: UnsafeRawBufferPointer) throws(StoreError) -> [MentionRow] {
    var found: [MentionRow] = []
    try forEachRow(tables.mentions, of: name) { (row) throws(StoreError) in
      guard let kind = EdgeKind(rawValue: row.kind) else { throw damaged("a mention's kind") }
      found.append(MentionRow(file: row.file, from: row.local, kind: kind))
    }
    if Key.isLong(name.count) {
      found = try verified(found, \.file, .whole) { (row, facts) in
        facts.edges.contains { edge in
          let mention = FactsDelta.Mention(edge, in: facts)
          return mention.from == row.from && mention.kind == row.kind && facts.names[edge.name].elementsEqual(name)
        }
      }
    }
    return found
  }

  /// The files that imports can call so, by the last segment alone, in order of their ids.
  func files(called segment: [UInt8]) throws(StoreError) -> [FileID] {
    var found: [FileID] = []
    let key = Address.key(segment[...])
    try key.withUnsafeBufferPointer { (key) throws(StoreError) in
      try forEachRow(tables.addresses, at: UnsafeRawBufferPointer(key)) { (row) throws(StoreError) in
        found.append(row.file)
      }
    }
    return found
  }

  /// Rows of a name, and of what shares its key if it is long.
  private func forEachRow(
    _ table: MDB_dbi, of name: UnsafeRawBufferPointer, _ body: (IndexRow) throws(StoreError) -> Void
  ) throws(StoreError) {
    if name.isEmpty { return }
    try Key.withName(name) { (key) throws(StoreError) in try forEachRow(table, at: key, body) }
  }

  private func forEachRow(
    _ table: MDB_dbi, at key: UnsafeRawBufferPointer, _ body: (IndexRow) throws(StoreError) -> Void
  ) throws(StoreError) {
    let cursor = try Cursor(self, table)
    var (key, value) = (MDB_val(key), MDB_val())
    guard try cursor.move(MDB_SET, &key, &value) else { return }
    // A single row is left as MDB_SET gave it; more come a page at a time.
    var more = try cursor.move(MDB_GET_MULTIPLE, &key, &value)
    while more {
      let bytes = value.bytes
      guard bytes.count % IndexRow.size == 0 else { throw damaged("the size of an index row") }
      for offset in stride(from: 0, to: bytes.count, by: IndexRow.size) {
        try body(IndexRow(bytes.baseAddress! + offset))
      }
      more = try cursor.move(MDB_NEXT_MULTIPLE, &key, &value)
    }
  }

  private func verified<Row>(
    _ rows: [Row], _ file: (Row) -> FileID, _ part: FactsValue.Part, _ isSo: (Row, FileFacts) -> Bool
  ) throws(StoreError) -> [Row] {
    var kept: [Row] = []
    var current: (file: FileID, facts: FileFacts)?
    for row in rows {
      if current?.file != file(row) { current = (file(row), try requireFacts(file(row), part)) }
      if isSo(row, current!.facts) { kept.append(row) }
    }
    return kept
  }

  /// The names behind a key that several may share, with their numbers of definitions.
  func longNames(of key: UnsafeRawBufferPointer) throws(StoreError) -> [([UInt8], Int)] {
    var counts: [[UInt8]: Int] = [:]
    try forEachRow(tables.definitions, at: key) { (row) throws(StoreError) in
      let facts = try requireFacts(row.file, .entities)
      guard let entity = facts.entities.first(where: { $0.local == row.local }) else {
        throw damaged("file \(row.file.rawValue) lacks an entity of the index")
      }
      counts[Array(facts.names[entity.name]), default: 0] += 1
    }
    return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
  }
}
