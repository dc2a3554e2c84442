import CLMDB
import Graph

/// Puts and deletes rows of one write transaction, and counts them.
struct TableWriter {
  let view: View
  private let languages: [LanguageTraits]
  private(set) var written = 0
  /// Keys of `definitions` of which rows were added or removed.
  private var touchedNames: Set<[UInt8]> = []

  init(_ view: View, _ languages: [LanguageTraits]) {
    self.view = view
    self.languages = languages
  }

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

  mutating func putPath(_ path: TreePath, _ file: FileID, _ language: LanguageID) throws(StoreError) {
    try put(view.tables.paths, Key.bigEndian(file.rawValue), PathCodec.encode(path.bytes, language))
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
    guard let key = try key(row.name, names) else { return }
    try add(view.tables.definitions, key, IndexRow(row, file))
    touchedNames.insert(key)
  }

  mutating func add(_ row: FactsDelta.Mention, _ names: NameTable, _ file: FileID) throws(StoreError) {
    if let key = try key(row.name, names) { try add(view.tables.mentions, key, IndexRow(row, file)) }
  }

  mutating func remove(_ row: FactsDelta.Definition, _ names: NameTable, _ file: FileID) throws(StoreError) {
    guard let key = try key(row.name, names) else { return }
    try remove(view.tables.definitions, key, IndexRow(row, file))
    touchedNames.insert(key)
  }

  mutating func remove(_ row: FactsDelta.Mention, _ names: NameTable, _ file: FileID) throws(StoreError) {
    if let key = try key(row.name, names) { try remove(view.tables.mentions, key, IndexRow(row, file)) }
  }

  mutating func addAddress(_ file: FileID, _ path: TreePath, _ language: LanguageID) throws(StoreError) {
    try add(view.tables.addresses, Address.key(path, try traits(language)), Address.row(file))
  }

  mutating func removeAddress(_ file: FileID, _ path: TreePath, _ language: LanguageID) throws(StoreError) {
    try remove(view.tables.addresses, Address.key(path, try traits(language)), Address.row(file))
  }

  mutating func moveAddress(
    _ file: FileID, from old: (path: TreePath, language: LanguageID), to new: (path: TreePath, language: LanguageID)
  ) throws(StoreError) {
    if Address.key(old.path, try traits(old.language)) == Address.key(new.path, try traits(new.language)) { return }
    try removeAddress(file, old.path, old.language)
    try addAddress(file, new.path, new.language)
  }

  /// Leaves what is right already.
  mutating func putInclusions(_ file: FileID, _ facts: FileFacts, _ record: FileRecord) throws(StoreError) {
    guard let value = Inclusion.value(facts, try traits(record.language)) else { return try removeInclusions(file) }
    let old = try view.value(view.tables.inclusions, file)
    if old?.elementsEqual(value) != true { try put(view.tables.inclusions, Key.bigEndian(file.rawValue), value) }
  }

  mutating func removeInclusions(_ file: FileID) throws(StoreError) {
    if try view.value(view.tables.inclusions, file) == nil { return }
    try delete(view.tables.inclusions, Key.bigEndian(file.rawValue))
  }

  private func traits(_ language: LanguageID) throws(StoreError) -> LanguageTraits {
    let index = Int(language.rawValue)
    guard languages.indices.contains(index) else { throw .inconsistent("there is no language \(index)") }
    return languages[index]
  }

  /// Lists in `names` what `definitions` has come to hold.
  mutating func updateNames() throws(StoreError) {
    try updateNames(touchedNames)
    touchedNames = []
  }

  /// Nil for a name of no bytes: LMDB takes no empty key, and nobody asks for it.
  private func key(_ name: NameID, _ names: NameTable) throws(StoreError) -> [UInt8]? {
    guard name.rawValue < names.count else { throw .inconsistent("a row's name is not in its table") }
    return names.withBytes(name) { name in name.isEmpty ? nil : Key.withName(name) { Array($0) } }
  }

  private mutating func add(_ table: MDB_dbi, _ key: [UInt8], _ row: IndexRow) throws(StoreError) {
    let code = Self.withRow(key, row) { key, value in
      mdb_put(view.transaction, table, &key, &value, UInt32(MDB_NODUPDATA))
    }
    switch code {
    case MDB_SUCCESS: written += 1
    // Another long name with the same key.
    case MDB_KEYEXIST where Key.isLong(key.count): break
    case MDB_KEYEXIST: throw .inconsistent("an index row to be added is there already")
    default: throw LMDB.error(code, view.store)
    }
  }

  private mutating func remove(_ table: MDB_dbi, _ key: [UInt8], _ row: IndexRow) throws(StoreError) {
    let code = Self.withRow(key, row) { key, value in
      mdb_del(view.transaction, table, &key, &value)
    }
    switch code {
    case MDB_SUCCESS: written += 1
    case MDB_NOTFOUND where Key.isLong(key.count): break
    case MDB_NOTFOUND: throw .inconsistent("an index row to be deleted is not there")
    default: throw LMDB.error(code, view.store)
    }
  }

  private static func withRow(
    _ key: [UInt8], _ row: IndexRow, _ body: (inout MDB_val, inout MDB_val) -> CInt
  ) -> CInt {
    withUnsafeTemporaryAllocation(byteCount: IndexRow.size, alignment: 1) { bytes in
      row.write(to: bytes.baseAddress!)
      return key.withUnsafeBytes { key in
        var (key, value) = (MDB_val(key), MDB_val(UnsafeRawBufferPointer(bytes)))
        return body(&key, &value)
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
