import CLMDB
import Graph

/// Fills the tables of a new environment, in their order, in transactions of bounded size. Nothing is durable before
/// `finish()`.
struct AppendTransaction: ~Copyable {
  private var lease: EnvironmentLease?
  private let environment: Environment
  private var handle: OpaquePointer?
  private var tables: Tables
  private var transactions = 0
  private var pending = 0
  private var rows = 0

  /// What one transaction writes, about: its pages are held in memory until it is committed.
  private static let mostPending = 32 << 20

  init(_ lease: EnvironmentLease) throws(StoreError) {
    self.lease = lease
    environment = lease.environment
    (handle, tables) = try environment.beginWrite()
  }

  deinit {
    guard let handle else { return }
    mdb_txn_abort(handle)
    environment.ended()
  }

  private var store: String { environment.path }

  /// Commits what is there if `bytes` more would make it too much, and sees to room in the map.
  mutating func reserve(_ bytes: Int) throws(StoreError) {
    if handle != nil && pending > 0 && pending + bytes <= Self.mostPending {
      pending += bytes
      return
    }
    try commit()
    // Pages are not full, and some are written anew by each transaction.
    try environment.reserve(4 * max(bytes, Self.mostPending))
    (handle, tables) = try environment.beginWrite()
    transactions += 1
    pending = max(bytes, 1)
  }

  private mutating func commit() throws(StoreError) {
    guard let handle else { throw Self.failedBefore }
    self.handle = nil
    let code = mdb_txn_commit(handle)
    environment.ended()
    try LMDB.check(code, store)
  }

  private static var failedBefore: StoreError { .inconsistent("an earlier step of this ingest failed") }

  mutating func append(_ table: KeyPath<Tables, MDB_dbi>, _ key: [UInt8], _ value: [UInt8]) throws(StoreError) {
    try put(tables[keyPath: table], key, value, UInt32(MDB_APPEND))
  }

  mutating func putMeta(_ key: String, _ value: [UInt8]) throws(StoreError) {
    try reserve(value.count)
    try put(tables.meta, Array(key.utf8), Meta.value(key, value), 0)
  }

  private mutating func put(
    _ table: MDB_dbi, _ key: [UInt8], _ value: [UInt8], _ flags: UInt32
  ) throws(StoreError) {
    let code = key.withUnsafeBytes { key in
      value.withUnsafeBytes { value in
        var (key, value) = (MDB_val(key), MDB_val(value))
        return mdb_put(handle, table, &key, &value, flags)
      }
    }
    if code == MDB_KEYEXIST { throw .inconsistent("a file was added twice") }
    try LMDB.check(code, store)
    rows += 1
  }

  /// Rows of keys that come behind all that the table has.
  mutating func append(_ merged: MergedRows) throws(StoreError) {
    try merged.bytes.withUnsafeBufferPointer { (bytes) throws(StoreError) in
      try append(UnsafeRawBufferPointer(bytes), to: merged.table)
    }
  }

  private mutating func append(_ bytes: UnsafeRawBufferPointer, to index: IndexTable) throws(StoreError) {
    var cursor: OpaquePointer?
    // Cursors go with the transaction that they were opened in.
    var transaction = 0
    defer { if let cursor, handle != nil, transaction == transactions { mdb_cursor_close(cursor) } }
    try KeyedRows.forEach(in: bytes) { (keyed) throws(StoreError) in
      // A key with many rows has a tree of its own, of a page at least.
      try reserve(2 * keyed.bytes.count + 64)
      if transaction != transactions {
        try LMDB.check(mdb_cursor_open(handle, tables[keyPath: index.table], &cursor), store)
        transaction = transactions
      }
      try Self.append(keyed, cursor!, store)
      rows += keyed.rows.count / IndexRow.size
    }
  }

  private static func append(_ keyed: KeyedRows, _ cursor: OpaquePointer, _ store: String) throws(StoreError) {
    let rows = keyed.rows
    var key = MDB_val(keyed.key)
    var value = MDB_val(UnsafeRawBufferPointer(rebasing: rows[..<IndexRow.size]))
    try LMDB.check(mdb_cursor_put(cursor, &key, &value, UInt32(MDB_APPEND)), store)
    if rows.count == IndexRow.size { return }
    let rest = UnsafeRawBufferPointer(rebasing: rows[IndexRow.size...])
    // The first says how large one is, the second how many there are.
    var values = (
      MDB_val(mv_size: IndexRow.size, mv_data: .init(mutating: rest.baseAddress)),
      MDB_val(mv_size: rest.count / IndexRow.size, mv_data: nil)
    )
    let code = withUnsafeMutablePointer(to: &values) { values in
      values.withMemoryRebound(to: MDB_val.self, capacity: 2) { values in
        mdb_cursor_put(cursor, &key, values, UInt32(MDB_APPENDDUP | MDB_MULTIPLE))
      }
    }
    try LMDB.check(code, store)
  }

  /// Commits, syncs and closes, for who opens it next must not get an environment that does not sync. Returns the bytes
  /// in use and the number of rows.
  mutating func finish() throws(StoreError) -> (storeBytes: Int, rows: Int) {
    try commit()
    try environment.extendFile()
    try environment.sync()
    let used = environment.sizes().used
    lease = nil
    return (used, rows)
  }
}
