import CLMDB
import Graph

/// Puts and deletes rows of one write transaction, and counts them.
struct TableWriter {
  let view: View
  private(set) var written = 0

  init(_ view: View) { self.view = view }

  mutating func put(
    _ table: MDB_dbi, _ key: [UInt8], _ value: [UInt8], _ flags: Int32 = 0
  ) throws(StoreError) {
    let code = key.withUnsafeBytes { key in
      value.withUnsafeBytes { value in
        var (key, value) = (MDB_val(key), MDB_val(value))
        return mdb_put(view.transaction, table, &key, &value, UInt32(flags))
      }
    }
    try LMDB.check(code, view.store)
    written += 1
  }

  mutating func putMeta(_ key: String, _ value: [UInt8]) throws(StoreError) {
    try put(view.tables.meta, Array(key.utf8), Meta.value(key, value))
  }

  mutating func putRecord(_ path: TreePath, _ file: FileID, _ record: FileRecord) throws(StoreError) {
    try put(view.tables.files, Key.path(path.bytes, file), RecordCodec.encode(path.bytes, file, record))
  }

  /// Throws `inconsistent` if there is no such row.
  mutating func delete(_ table: MDB_dbi, _ key: [UInt8]) throws(StoreError) {
    let code = key.withUnsafeBytes { key in
      var key = MDB_val(key)
      return mdb_del(view.transaction, table, &key, nil)
    }
    guard try LMDB.found(code, view.store) else { throw .inconsistent("a row to be deleted is not there") }
    written += 1
  }

  /// Puts a row behind all others of its table.
  mutating func append(_ table: MDB_dbi, _ key: [UInt8], _ value: [UInt8]) throws(StoreError) {
    try put(table, key, value, MDB_APPEND)
  }

  // MARK: Index rows

  mutating func add(_ row: FactsDelta.Definition, _ names: NameTable, _ file: FileID) throws(StoreError) {
    try add(view.tables.definitions, row.name, names, IndexRow(row, file))
  }

  mutating func add(_ row: FactsDelta.Mention, _ names: NameTable, _ file: FileID) throws(StoreError) {
    try add(view.tables.mentions, row.name, names, IndexRow(row, file))
  }

  mutating func remove(_ row: FactsDelta.Definition, _ names: NameTable, _ file: FileID) throws(StoreError) {
    try remove(view.tables.definitions, row.name, names, IndexRow(row, file))
  }

  mutating func remove(_ row: FactsDelta.Mention, _ names: NameTable, _ file: FileID) throws(StoreError) {
    try remove(view.tables.mentions, row.name, names, IndexRow(row, file))
  }

  private mutating func add(
    _ table: MDB_dbi, _ name: NameID, _ names: NameTable, _ row: IndexRow
  ) throws(StoreError) {
    let length = try length(name, names)
    // LMDB takes no empty key, and nobody asks for a name of no bytes.
    if length == 0 { return }
    let code = withRow(name, names, row) { key, value in
      mdb_put(view.transaction, table, &key, &value, UInt32(MDB_NODUPDATA))
    }
    switch code {
    case MDB_SUCCESS: written += 1
    // Another long name with the same key.
    case MDB_KEYEXIST where Key.isLong(length): break
    case MDB_KEYEXIST: throw .inconsistent("an index row to be added is there already")
    default: throw LMDB.error(code, view.store)
    }
  }

  private mutating func remove(
    _ table: MDB_dbi, _ name: NameID, _ names: NameTable, _ row: IndexRow
  ) throws(StoreError) {
    let length = try length(name, names)
    if length == 0 { return }
    let code = withRow(name, names, row) { key, value in
      mdb_del(view.transaction, table, &key, &value)
    }
    switch code {
    case MDB_SUCCESS: written += 1
    case MDB_NOTFOUND where Key.isLong(length): break
    case MDB_NOTFOUND: throw .inconsistent("an index row to be deleted is not there")
    default: throw LMDB.error(code, view.store)
    }
  }

  private func length(_ name: NameID, _ names: NameTable) throws(StoreError) -> Int {
    guard name.rawValue < names.count else { throw .inconsistent("a row's name is not in its table") }
    return names.range(name).count
  }

  private func withRow(
    _ name: NameID, _ names: NameTable, _ row: IndexRow, _ body: (inout MDB_val, inout MDB_val) -> CInt
  ) -> CInt {
    names.withBytes(name) { name in
      withUnsafeTemporaryAllocation(byteCount: IndexRow.size, alignment: 1) { bytes in
        row.write(to: bytes.baseAddress!)
        return Key.withName(name) { key in
          var (key, value) = (MDB_val(key), MDB_val(UnsafeRawBufferPointer(bytes)))
          return body(&key, &value)
        }
      }
    }
  }
}

extension IndexRow {
  fileprivate init(_ row: FactsDelta.Definition, _ file: FileID) {
    self.init(file: file, local: row.local, kind: row.kind.rawValue)
  }

  fileprivate init(_ row: FactsDelta.Mention, _ file: FileID) {
    self.init(file: file, local: row.from, kind: row.kind.rawValue)
  }
}
