import CLMDB
import Glibc

/// An LMDB environment, open at most once in a process (LMDB's locks are the process's: a second one would drop those of
/// the first when it closes), so readers and the writer of one process share it; see `EnvironmentLease`. Opened for
/// reading, it is opened anew for writing when the writer comes.
///
/// Transactions may be begun on any thread. What needs the environment to itself (a new map size, opening it anew) waits
/// until none is live, which keeps new ones waiting in turn.
// SAFETY: `handle`, `writable`, `live`, `excluding` and `tables` are only used under `mutex`; an MDB_env may be used by
// several threads.
final class Environment: @unchecked Sendable {
  enum Purpose {
    case read
    case write(mapSize: Int)
    /// A new environment, filled in bulk: nothing is synced until `sync()`.
    case build(mapSize: Int)
  }

  /// Directory of the environment.
  let path: String
  let identity: FileIdentity
  private var handle: OpaquePointer?
  private var writable = false
  private var live = 0
  private var excluding = false
  private var tables: Tables
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>

  /// Address space, not memory or disk: what is not used costs nothing.
  static let roomyMap = 16 << 30
  /// How long a change of the map waits for the snapshots of this process.
  private static let patience = 5

  /// For `EnvironmentLease` alone, which sees to it that there is one a process.
  init(_ path: String, _ identity: FileIdentity?, _ purpose: Purpose) throws(StoreError) {
    self.path = path
    let opened = try Self.open(path, purpose)
    do throws(StoreError) {
      if let identity { self.identity = identity } else { self.identity = try FileIdentity(ofEnvironment: path) }
    } catch {
      mdb_env_close(opened.0)
      throw error
    }
    (handle, tables, writable) = opened
    // Last, since no deinit frees them if the above throws.
    mutex = .allocate(capacity: 1)
    changed = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  /// No transaction may be live, and none can be begun any more.
  func close() {
    pthread_mutex_lock(mutex)
    if let handle { mdb_env_close(handle) }
    handle = nil
    pthread_mutex_unlock(mutex)
  }

  deinit {
    if let handle { mdb_env_close(handle) }
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  // MARK: Transactions

  func beginRead() throws(StoreError) -> (OpaquePointer, Tables) {
    var attempts = 0
    while true {
      let (code, transaction, tables) = tryRead()
      attempts += 1
      switch code {
      case MDB_SUCCESS: return (transaction!, tables)
      case MDB_MAP_RESIZED where attempts < 8: try setMapSize { _ in 0 }
      case MDB_READERS_FULL where attempts < 2: clearStaleReaders()
      default: throw LMDB.error(code, path)
      }
    }
  }

  private func tryRead() -> (CInt, OpaquePointer?, Tables) {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while excluding { pthread_cond_wait(changed, mutex) }
    guard let handle else { return (MDB_PANIC, nil, tables) }
    var transaction: OpaquePointer?
    let code = mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &transaction)
    if code == MDB_SUCCESS { live += 1 }
    return (code, transaction, tables)
  }

  /// To be ended on the thread that begins it.
  func beginWrite() throws(StoreError) -> (OpaquePointer, Tables) {
    pthread_mutex_lock(mutex)
    while excluding { pthread_cond_wait(changed, mutex) }
    let (handle, tables) = (handle, tables)
    live += 1
    pthread_mutex_unlock(mutex)
    var transaction: OpaquePointer?
    // Without the mutex: this may wait for another process, for which no reader here has to wait.
    let code = handle == nil ? MDB_PANIC : mdb_txn_begin(handle, nil, 0, &transaction)
    guard code == MDB_SUCCESS, let transaction else {
      ended()
      throw LMDB.error(code, path)
    }
    return (transaction, tables)
  }

  /// To be called after each transaction.
  func ended() {
    pthread_mutex_lock(mutex)
    live -= 1
    if live == 0 { pthread_cond_broadcast(changed) }
    pthread_mutex_unlock(mutex)
  }

  /// Gives free what readers hold that have died. Returns their number.
  @discardableResult
  func clearStaleReaders() -> Int {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    var dead: CInt = 0
    if let handle { mdb_reader_check(handle, &dead) }
    return Int(dead)
  }

  // MARK: Changes that need the environment to itself

  func makeWritable(mapSize: Int) throws(StoreError) {
    try exclusively { () throws(StoreError) in
      if !writable { try openAnew(.write(mapSize: mapSize)) }
    }
  }

  /// After a failure that LMDB does not get over by itself.
  func reopen() throws(StoreError) {
    try exclusively { () throws(StoreError) in try openAnew(.write(mapSize: Self.roomyMap)) }
  }

  private func openAnew(_ purpose: Purpose) throws(StoreError) {
    mdb_env_close(handle)
    handle = nil
    (handle, tables, writable) = try Self.open(path, purpose)
  }

  func grow() throws(StoreError) { try setMapSize { $0 * 2 } }

  /// Sees to it that the map can take `bytes` more than the file holds.
  func reserve(_ bytes: Int) throws(StoreError) {
    let (map, used) = sizes()
    if map - used < bytes { try setMapSize { max($0 * 2, used + 2 * bytes) } }
  }

  /// 0 takes over the size that another process has set.
  private func setMapSize(_ size: (Int) -> Int) throws(StoreError) {
    try exclusively { () throws(StoreError) in
      var info = MDB_envinfo()
      mdb_env_info(handle, &info)
      try LMDB.check(mdb_env_set_mapsize(handle, size(info.me_mapsize)), path)
    }
  }

  private func exclusively(_ body: () throws(StoreError) -> Void) throws(StoreError) {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while excluding { pthread_cond_wait(changed, mutex) }
    excluding = true
    defer {
      excluding = false
      pthread_cond_broadcast(changed)
    }
    var deadline = timespec()
    clock_gettime(CLOCK_REALTIME, &deadline)
    deadline.tv_sec += Self.patience
    while live > 0 {
      if pthread_cond_timedwait(changed, mutex, &deadline) == ETIMEDOUT && live > 0 { throw .busy(path: path) }
    }
    guard handle != nil else { throw LMDB.error(MDB_PANIC, path) }
    try body()
  }

  // MARK: The file

  /// Makes the file as long as its last page says, which LMDB does not when it freed the last pages again before it ever
  /// wrote them: a file that is shorter is then known to be cut off. On the writer's thread.
  func extendFile() throws(StoreError) {
    let used = sizes().used
    var file: mdb_filehandle_t = -1
    try LMDB.check(mdb_env_get_fd(handle, &file), path)
    var status = stat()
    if fstat(file, &status) != 0 { throw .failure("examine", path) }
    if status.st_size < used && ftruncate(file, used) != 0 { throw .failure("extend", path) }
  }

  /// Makes a durable copy, without pages that are free, in a directory where there is none. On the writer's thread.
  func copy(to directory: String) throws(StoreError) {
    let path = DataFile.path(directory)
    let file = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if file < 0 { throw .failure("make", path) }
    defer { Glibc.close(file) }
    pthread_mutex_lock(mutex)
    while excluding { pthread_cond_wait(changed, mutex) }
    let handle = handle
    live += 1
    pthread_mutex_unlock(mutex)
    defer { ended() }
    guard let handle else { throw LMDB.error(MDB_PANIC, self.path) }
    try LMDB.check(mdb_env_copyfd2(handle, file, UInt32(MDB_CP_COMPACT)), self.path)
    if fsync(file) != 0 { throw .failure("sync", path) }
    try Self.allocateLock(directory)
  }

  /// Makes everything committed durable. On the writer's thread.
  func sync() throws(StoreError) { try LMDB.check(mdb_env_sync(handle, 1), path) }

  /// Bytes of address space, and of these in use.
  func sizes() -> (map: Int, used: Int) {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    guard let handle else { return (0, 0) }
    var info = MDB_envinfo()
    var status = MDB_stat()
    mdb_env_info(handle, &info)
    mdb_env_stat(handle, &status)
    return (info.me_mapsize, (info.me_last_pgno + 1) * Int(status.ms_psize))
  }
}
