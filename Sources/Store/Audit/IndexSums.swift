import CLMDB
import Graph
import Platform

/// The rows that a file's facts want in the index, each with a hash that stands for it.
enum IndexSums {
  static func hash(ofKey key: UnsafeRawBufferPointer) -> UInt64 { ContentHashing.hash128(key).low }

  /// Of a row under a key with that hash.
  @inline(__always)
  static func hash(_ key: UInt64, _ row: IndexRow) -> UInt64 {
    var value = key &+ row.place &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(row.kind)
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  static func forEachDefinition(of facts: FileFacts, _ file: FileID, _ body: (UInt64, IndexRow, NameID) -> Void) {
    for entity in facts.entities {
      guard let key = key(entity.name, facts) else { continue }
      let row = IndexRow(file: file, local: entity.local, kind: entity.kind.rawValue)
      body(hash(key, row), row, entity.name)
    }
  }

  /// Each once, however often the file mentions the name.
  static func forEachMention(of facts: FileFacts, _ file: FileID, _ body: (UInt64, IndexRow, NameID) -> Void) {
    var keys = [UInt64?](repeating: nil, count: facts.names.count)
    var seen: Set<UInt64> = []
    for edge in facts.edges {
      let name = Int(edge.name.rawValue)
      if keys[name] == nil { keys[name] = key(edge.name, facts) }
      guard let key = keys[name] else { continue }
      let mention = FactsDelta.Mention(edge, in: facts)
      let row = IndexRow(file: file, local: mention.from, kind: mention.kind.rawValue)
      let hash = hash(key, row)
      if seen.insert(hash).inserted { body(hash, row, edge.name) }
    }
  }

  static func address(of file: FileID, _ key: [UInt8]) -> (hash: UInt64, row: IndexRow) {
    let row = Address.row(file)
    return (hash(key.withUnsafeBytes { hash(ofKey: $0) }, row), row)
  }

  /// Nil for a name without bytes, which has no rows.
  private static func key(_ name: NameID, _ facts: FileFacts) -> UInt64? {
    facts.names.withBytes(name) { name in name.isEmpty ? nil : Key.withName(name) { hash(ofKey: $0) } }
  }
}

extension StoreAudit {
  /// Files whose rows are looked at one by one; of more it is only said that they are wrong.
  private static let mostSuspects = 64

  mutating func auditIndex(_ index: IndexTable) throws(StoreError) {
    let number = index.rawValue
    try forEachRow(index) { audit, hash, row, key in
      if audit.files[row.file] != nil {
        audit.files[row.file]!.sums[number] &-= hash
      } else {
        let name = Escaping.printable(key)
        audit.fault(
          StoreFault(index.name, "a row of '\(name)' is of file \(row.file.rawValue), which has no record"))
      }
    }
    let wrong = files.filter { $0.value.isSound && $0.value.sums[number] != 0 }
    let suspects = wrong.sorted { $0.value.path < $1.value.path }
    if !suspects.isEmpty { try compareRows(index, of: suspects.prefix(Self.mostSuspects).map(\.key)) }
    for (_, file) in suspects.dropFirst(Self.mostSuspects) {
      fault(StoreFault(index.name, file.path, "its rows are not those of its facts"))
    }
  }

  /// Calls `body` with each row of an index, its hash and its key.
  private mutating func forEachRow(
    _ index: IndexTable, _ body: (inout StoreAudit, UInt64, IndexRow, UnsafeRawBufferPointer) throws(StoreError) -> Void
  ) throws(StoreError) {
    let cursor = try Cursor(view, view.tables[keyPath: index.table])
    var (key, value) = (MDB_val(), MDB_val())
    var last: [UInt8] = []
    var more = try cursor.move(MDB_FIRST, &key, &value)
    while more {
      let name = key.bytes
      if !last.isEmpty, !last.lexicographicallyPrecedes(name) {
        fault(StoreFault(index.name, "its keys are out of order at \(Escaping.printable(name))"))
      }
      last = [UInt8](name)
      let hash = IndexSums.hash(ofKey: name)
      // A single row is left as MDB_NEXT_NODUP gave it; more come a page at a time.
      var (ignored, rows) = (MDB_val(), value)
      var moreRows = try cursor.move(MDB_GET_MULTIPLE, &ignored, &rows)
      while moreRows {
        let bytes = rows.bytes
        guard bytes.count % IndexRow.size == 0 else { throw view.damaged("the size of an index row") }
        for offset in stride(from: 0, to: bytes.count, by: IndexRow.size) {
          let row = IndexRow(bytes.baseAddress! + offset)
          report.rows += 1
          try body(&self, IndexSums.hash(hash, row), row, name)
        }
        moreRows = try cursor.move(MDB_NEXT_MULTIPLE, &ignored, &rows)
      }
      more = try cursor.move(MDB_NEXT_NODUP, &key, &value)
    }
  }

  /// Says which rows of some files are missing and which are too many.
  private mutating func compareRows(_ index: IndexTable, of suspects: [FileID]) throws(StoreError) {
    var found: [FileID: [UInt64: String]] = [:]
    for file in suspects { found[file] = [:] }
    let rows = report.rows
    try forEachRow(index) { _, hash, row, key in
      if found[row.file] != nil { found[row.file]![hash] = Self.text(Escaping.printable(key), row) }
    }
    report.rows = rows
    for file in suspects {
      guard let audited = files[file] else { continue }
      let path = audited.path
      var left = found[file] ?? [:]
      forEachRow(index, of: try view.requireFacts(file), file, audited) { hash, row, name in
        if left.removeValue(forKey: hash) != nil { return }
        fault(StoreFault(index.name, path, "the row \(Self.text(Escaping.printable(name), row)) is missing"))
      }
      for text in left.values.sorted() {
        fault(StoreFault(index.name, path, "the row \(text) is not in its facts"))
      }
    }
  }

  /// Calls `body` with each row that a file wants in an index, its hash and its name.
  func forEachRow(
    _ index: IndexTable, of facts: FileFacts, _ file: FileID, _ audited: AuditedFile,
    _ body: (UInt64, IndexRow, [UInt8]) -> Void
  ) {
    switch index {
    case .definitions: IndexSums.forEachDefinition(of: facts, file) { body($0, $1, Array(facts.names[$2])) }
    case .mentions: IndexSums.forEachMention(of: facts, file) { body($0, $1, Array(facts.names[$2])) }
    case .addresses:
      let (hash, row) = IndexSums.address(of: file, audited.address)
      body(hash, row, audited.address)
    }
  }

  private static func text(_ name: String, _ row: IndexRow) -> String {
    let place = row.local == FactsDelta.fileScope ? "the file" : "entity \(row.local)"
    return "'\(name)' of \(place), kind \(row.kind),"
  }
}
