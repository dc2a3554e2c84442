import CLMDB

/// The store's tables; what they hold is in `docs/STORE.md`.
struct Tables: Sendable {
  /// Grows with every change of what the tables hold or how.
  static let schema: UInt32 = 10
  static let count: UInt32 = 11

  let meta: MDB_dbi
  let files: MDB_dbi
  let paths: MDB_dbi
  let facts: MDB_dbi
  let inclusions: MDB_dbi
  let addresses: MDB_dbi
  let definitions: MDB_dbi
  let mentions: MDB_dbi
  let names: MDB_dbi
  let signatures: MDB_dbi
  let changes: MDB_dbi

  var all: [MDB_dbi] {
    [meta, files, paths, facts, inclusions, addresses, definitions, mentions, names, signatures, changes]
  }

  /// Opens the tables, or makes them. Throws `damaged` if one is missing, `otherSchema` if the store has another.
  init(_ transaction: OpaquePointer, _ path: String, create: Bool) throws(StoreError) {
    func open(_ name: String, _ flags: Int32 = 0) throws(StoreError) -> MDB_dbi {
      var table: MDB_dbi = 0
      let code = mdb_dbi_open(transaction, name, UInt32(create ? flags | MDB_CREATE : flags), &table)
      if code == MDB_NOTFOUND { throw .damaged(path: path, detail: "it has no table '\(name)'") }
      try LMDB.check(code, path)
      var found: UInt32 = 0
      try LMDB.check(mdb_dbi_flags(transaction, table, &found), path)
      guard found == UInt32(flags) else { throw .damaged(path: path, detail: "table '\(name)' is of another sort") }
      return table
    }
    meta = try open("meta")
    if !create {
      let schema = try Meta.schema(transaction, meta, path)
      if schema != Self.schema { throw .otherSchema(path: path, found: schema, known: Self.schema) }
    }
    files = try open("files")
    paths = try open("paths")
    facts = try open("facts")
    inclusions = try open("inclusions")
    addresses = try open("addresses", MDB_DUPSORT | MDB_DUPFIXED)
    definitions = try open("definitions", MDB_DUPSORT | MDB_DUPFIXED)
    mentions = try open("mentions", MDB_DUPSORT | MDB_DUPFIXED)
    names = try open("names")
    signatures = try open("signatures")
    changes = try open("changes")
  }
}

/// Keys of the table `meta`.
enum Meta {
  static let schema = "schema"
  static let generation = "generation"
  static let nextFile = "next-file"
  static let root = "root"
  static let fingerprint = "fingerprint"
  static let languages = "languages"
  static let options = "options"

  /// As it is stored: sealed, but for what programs of all versions have to read.
  static func value(_ key: String, _ bytes: [UInt8]) -> [UInt8] { key == schema ? bytes : Seal.closed(bytes) }

  fileprivate static func schema(
    _ transaction: OpaquePointer, _ table: MDB_dbi, _ path: String
  ) throws(StoreError) -> UInt32 {
    let key = Array(schema.utf8)
    return try key.withUnsafeBufferPointer { (key) throws(StoreError) -> UInt32 in
      var (key, value) = (MDB_val(UnsafeRawBufferPointer(key)), MDB_val())
      guard try LMDB.found(mdb_get(transaction, table, &key, &value), path), value.mv_size == 4 else {
        throw .damaged(path: path, detail: "it does not say its schema")
      }
      return UInt32(bigEndian: value.bytes.loadUnaligned(as: UInt32.self))
    }
  }
}
