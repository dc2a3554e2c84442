import CLMDB

/// One consistent view of the store, as long as this value lives. Used by one thread at a time.
struct ReadTransaction: ~Copyable {
  private let lease: EnvironmentLease
  private let handle: OpaquePointer
  /// Valid as long as the transaction.
  let view: View

  init(_ lease: EnvironmentLease) throws(StoreError) {
    let (handle, tables) = try lease.environment.beginRead()
    self.lease = lease
    self.handle = handle
    view = View(transaction: handle, tables: tables, store: lease.environment.path)
  }

  deinit {
    mdb_txn_abort(handle)
    lease.environment.ended()
  }

  /// Keeps the transaction from ending before `body` has.
  borrowing func read<R, E: Error>(_ body: (View) throws(E) -> R) throws(E) -> R { try body(view) }
}

/// Changes that are made wholly, by `commit()`, or not at all. Belongs to the thread that began it.
struct WriteTransaction: ~Copyable {
  private let lease: EnvironmentLease
  private var handle: OpaquePointer?
  /// Valid until the commit.
  let view: View

  init(_ lease: EnvironmentLease) throws(StoreError) {
    let (handle, tables) = try lease.environment.beginWrite()
    self.lease = lease
    self.handle = handle
    view = View(transaction: handle, tables: tables, store: lease.environment.path)
  }

  deinit {
    guard let handle else { return }
    mdb_txn_abort(handle)
    lease.environment.ended()
  }

  /// Whatever it throws, nothing is changed, and the transaction is over.
  mutating func commit() throws(StoreError) {
    let code = mdb_txn_commit(handle)
    handle = nil
    lease.environment.ended()
    try LMDB.check(code, view.store)
  }
}

/// A place in a table. Must go before its transaction does.
struct Cursor: ~Copyable {
  let handle: OpaquePointer
  private let store: String

  init(_ view: View, _ table: MDB_dbi) throws(StoreError) {
    var handle: OpaquePointer?
    try LMDB.check(mdb_cursor_open(view.transaction, table, &handle), view.store)
    self.handle = handle!
    store = view.store
  }

  deinit { mdb_cursor_close(handle) }

  /// False if there is nothing where it is sent.
  @inline(__always)
  func move(_ operation: MDB_cursor_op, _ key: inout MDB_val, _ value: inout MDB_val) throws(StoreError) -> Bool {
    try LMDB.found(mdb_cursor_get(handle, &key, &value, operation), store)
  }

  /// Goes to the first key that is not before `start`, which may be empty.
  func seek(_ start: UnsafeRawBufferPointer, _ key: inout MDB_val, _ value: inout MDB_val) throws(StoreError) -> Bool {
    if start.isEmpty { return try move(MDB_FIRST, &key, &value) }
    key = MDB_val(start)
    return try move(MDB_SET_RANGE, &key, &value)
  }

  /// Rows of the key it is at.
  func count() throws(StoreError) -> Int {
    var count = 0
    try LMDB.check(mdb_cursor_count(handle, &count), store)
    return count
  }
}
