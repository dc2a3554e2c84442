import CLMDB
import Graph

/// The store's tables as one transaction sees them; what readers and the writer have in common. Bytes that it returns
/// are the store's own, valid until the transaction ends or writes.
struct View {
  let transaction: OpaquePointer
  let tables: Tables
  /// For errors.
  let store: String

  func damaged(_ detail: String) -> StoreError { .damaged(path: store, detail: detail) }

  func decoding<R>(
    _ what: @autoclosure () -> String, _ body: () throws(MalformedBytes) -> R
  ) throws(StoreError) -> R {
    do throws(MalformedBytes) {
      return try body()
    } catch {
      throw damaged("\(what()): \(error.detail)")
    }
  }

  func value(_ table: MDB_dbi, _ key: UnsafeRawBufferPointer) throws(StoreError) -> UnsafeRawBufferPointer? {
    // LMDB takes no empty key, so nothing has one.
    if key.isEmpty { return nil }
    var (key, value) = (MDB_val(key), MDB_val())
    return try LMDB.found(mdb_get(transaction, table, &key, &value), store) ? value.bytes : nil
  }

  func value(_ table: MDB_dbi, _ key: [UInt8]) throws(StoreError) -> UnsafeRawBufferPointer? {
    try key.withUnsafeBufferPointer { (key) throws(StoreError) -> UnsafeRawBufferPointer? in
      try value(table, UnsafeRawBufferPointer(key))
    }
  }

  func value(_ table: MDB_dbi, _ file: FileID) throws(StoreError) -> UnsafeRawBufferPointer? {
    var key = file.rawValue.bigEndian
    return try withUnsafePointer(to: &key) { (key) throws(StoreError) in
      try value(table, UnsafeRawBufferPointer(start: key, count: MemoryLayout<UInt32>.size))
    }
  }

  // MARK: Meta

  func meta(_ key: String) throws(StoreError) -> UnsafeRawBufferPointer {
    guard let bytes = try value(tables.meta, Array(key.utf8)) else { throw damaged("it does not say its \(key)") }
    return try decoding(key) { () throws(MalformedBytes) in try Seal.opened(bytes) }
  }

  func metaNumber<T: FixedWidthInteger>(_ key: String, _ type: T.Type) throws(StoreError) -> T {
    let bytes = try meta(key)
    return try decoding(key) { () throws(MalformedBytes) in
      var reader = ByteReader(bytes)
      let number = try reader.bigEndian(type)
      try reader.requireEnd()
      return number
    }
  }

  func generation() throws(StoreError) -> UInt64 { try metaNumber(Meta.generation, UInt64.self) }

  func languages() throws(StoreError) -> [LanguageTraits] {
    let bytes = try meta(Meta.languages)
    return try decoding(Meta.languages) { () throws(MalformedBytes) in try LanguagesCodec.decode(bytes) }
  }

  func options() throws(StoreError) -> [String] { OptionsCodec.decode(try meta(Meta.options)) }

  /// Rows in a table, all those of one key counted.
  func count(_ table: MDB_dbi) throws(StoreError) -> Int {
    var status = MDB_stat()
    try LMDB.check(mdb_stat(transaction, table, &status), store)
    return status.ms_entries
  }

  // MARK: Facts

  func facts(_ file: FileID, _ part: FactsValue.Part = .whole) throws(StoreError) -> FileFacts? {
    guard let bytes = try value(tables.facts, file) else { return nil }
    return try decoding("facts of file \(file.rawValue)") { () throws(MalformedBytes) in
      try FactsValue.opened(bytes, part)
    }
  }

  /// What is read of facts by the page.
  func factsValue(_ file: FileID) throws(StoreError) -> FactsValue? {
    guard let bytes = try value(tables.facts, file) else { return nil }
    return try decoding("facts of file \(file.rawValue)") { () throws(MalformedBytes) in try FactsValue(bytes) }
  }

  func requireFacts(_ file: FileID, _ part: FactsValue.Part = .whole) throws(StoreError) -> FileFacts {
    guard let facts = try facts(file, part) else { throw damaged("file \(file.rawValue) has no facts") }
    return facts
  }

  func forEachInclusion(
    of file: FileID, _ body: (Inclusion) throws(StoreError) -> Void
  ) throws(StoreError) {
    guard let bytes = try value(tables.inclusions, file) else { return }
    func decode<R>(_ part: () throws(MalformedBytes) -> R) throws(StoreError) -> R {
      try decoding("inclusions of file \(file.rawValue)", part)
    }
    var reader = try decode { () throws(MalformedBytes) in ByteReader(try Seal.opened(bytes)) }
    while !reader.isAtEnd {
      try body(try decode { () throws(MalformedBytes) in try Inclusion(&reader) })
    }
  }
}
