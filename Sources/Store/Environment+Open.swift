import CLMDB
import Glibc
import Platform

extension Environment {
  private static let mostReaders: UInt32 = 1022

  /// Opens the environment and its tables.
  static func open(_ path: String, _ purpose: Purpose) throws(StoreError) -> (OpaquePointer, Tables, writable: Bool) {
    let flags: UInt32
    var mapSize: Int?
    switch purpose {
    case .read:
      flags = UInt32(MDB_NOTLS) | UInt32(MDB_RDONLY)
    case .write(let size):
      flags = UInt32(MDB_NOTLS)
      mapSize = size
    case .build(let size):
      flags = UInt32(MDB_NOTLS) | UInt32(MDB_NOSYNC)
      mapSize = size
    }
    let isNew = if case .build = purpose { true } else { false }
    var used = 0
    if isNew { try allocateLock(path) } else { used = try DataFile.check(path).used }
    if let size = mapSize { mapSize = max(size, used * 2) }
    var handle = try openHandle(path, flags, mapSize, used)
    if !isNew, try clearOwnSlots(handle, path) { handle = try openHandle(path, flags, mapSize, used) }
    do throws(StoreError) {
      if !isNew { mdb_reader_check(handle, nil) }
      let tables = try openTables(handle, path, create: isNew)
      return (handle, tables, flags & UInt32(MDB_RDONLY) == 0)
    } catch {
      mdb_env_close(handle)
      throw error
    }
  }

  /// What a process with this one's number held when it was killed is, to LMDB, held by this one as long as it lives. LMDB
  /// clears the slots of a number when it closes an environment that has read; true if it was closed for that.
  private static func clearOwnSlots(_ handle: OpaquePointer, _ path: String) throws(StoreError) -> Bool {
    var listed = false
    mdb_reader_list(handle, lookForOwnSlot, &listed)
    if !listed { return false }
    var transaction: OpaquePointer?
    // Fails if that process is alive, in another namespace of numbers.
    let code = mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &transaction)
    if let transaction { mdb_txn_abort(transaction) }
    mdb_env_close(handle)
    if code != MDB_MAP_RESIZED { try LMDB.check(code, path) }
    return true
  }

  /// LMDB writes its lock file by a map, where a disk without room ends the process, this or a reader's, by SIGBUS. It takes
  /// the file as it is if it has the size.
  static func allocateLock(_ path: String) throws(StoreError) {
    let lock = path + "/lock.mdb"
    let file = Glibc.open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if file < 0 { throw .failure("make", lock) }
    defer { Glibc.close(file) }
    // A line of 64 bytes for each reader, and two before them.
    errno = posix_fallocate(file, 0, off_t(mostReaders + 2) * 64)
    if errno != 0 { throw .failure("make", lock) }
  }

  private static func openHandle(
    _ path: String, _ flags: UInt32, _ mapSize: Int?, _ used: Int
  ) throws(StoreError) -> OpaquePointer {
    var mapSize = mapSize
    while true {
      var handle: OpaquePointer?
      try LMDB.check(mdb_env_create(&handle), path)
      mdb_env_set_assert(handle, endForDamage)
      mdb_env_set_maxdbs(handle, Tables.count)
      mdb_env_set_maxreaders(handle, mostReaders)
      if let mapSize { mdb_env_set_mapsize(handle, mapSize) }
      let code = mdb_env_open(handle, path, flags, 0o600)
      if code == MDB_SUCCESS { return handle! }
      mdb_env_close(handle)
      // Under a limit of address space a roomy map may be refused: take one that just fits.
      let tight = max(used * 2, 64 << 20)
      guard code == ENOMEM, mapSize != tight else { throw LMDB.error(code, path) }
      mapSize = tight
    }
  }

  private static func openTables(
    _ handle: OpaquePointer, _ path: String, create: Bool
  ) throws(StoreError) -> Tables {
    var transaction: OpaquePointer?
    var code = mdb_txn_begin(handle, nil, create ? 0 : UInt32(MDB_RDONLY), &transaction)
    if code == MDB_MAP_RESIZED {
      // Another process has just made the map larger.
      mdb_env_set_mapsize(handle, 0)
      code = mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &transaction)
    }
    try LMDB.check(code, path)
    do throws(StoreError) {
      let tables = try Tables(transaction!, path, create: create)
      let opened = transaction
      transaction = nil
      // The handles outlive the transaction only if it is committed, be it read-only.
      try LMDB.check(mdb_txn_commit(opened), path)
      return tables
    } catch {
      if let transaction { mdb_txn_abort(transaction) }
      throw error
    }
  }
}

/// Where LMDB finds itself in a state that cannot be. It ends the process in any case, in another's program by `abort()`.
private func endForDamage(_ handle: OpaquePointer?, _ text: UnsafePointer<CChar>?) {
  guard FatalSignals.areExplained else { return }
  var path: UnsafePointer<CChar>?
  mdb_env_get_path(handle, &path)
  FatalSignals.endForDamage(of: path)
}

/// A line of the list of readers: the process, the thread, the transaction. The first one is a heading.
private func lookForOwnSlot(_ line: UnsafePointer<CChar>?, _ found: UnsafeMutableRawPointer?) -> CInt {
  if let line, strtol(line, nil, 10) == Int(getpid()) { found!.storeBytes(of: true, as: Bool.self) }
  return 0
}
