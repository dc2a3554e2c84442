import CLMDB
import Glibc

/// How much larger the data file may become than what it holds: this many times as large, and so many bytes.
///
/// The pages that a batch leaves are used again once no reader can see them. A reader that stays inside its transaction
/// keeps all that are left from then on, so the file would grow with every batch.
struct GrowthBounds: Sendable {
  var factor = 2
  var bytes = 64 << 20
}

/// What is known of the growth of the environment in use; all in bytes.
struct Growth {
  var bounds = GrowthBounds()
  /// Of the data file, after the last batch.
  fileprivate var used = 0
  /// Not before it is so large is a copy tried again, after one that failed.
  fileprivate var retryAt = 0
}

extension GraphStore {
  /// Goes on in a compacted copy if the data file has grown past its bounds. Readers follow; those that are inside their
  /// transactions finish on the environment that was left, which no longer grows, and which is gone with the last of them.
  ///
  /// Where that fails, for want of room on the disk, say, all stays as it was; after more growth it is tried again.
  func limitGrowth() {
    let used = storeBytes
    if used > growth.used { lease?.environment.clearStaleReaders() }
    growth.used = used
    guard used > growth.bounds.bytes, used >= growth.retryAt else { return }
    do throws(StoreError) {
      if used <= growth.bounds.factor * (try bytesHeld()) + growth.bounds.bytes { return }
      let isDurable = try moveToCopy()
      growth.used = storeBytes
      growth.retryAt = 0
      // What this process still reads goes at the next start.
      if isDurable { try directory.removeLeftovers() }
    } catch {
      growth.retryAt = used + growth.bounds.bytes
    }
  }

  /// Bytes of the pages of all tables.
  private func bytesHeld() throws(StoreError) -> Int {
    let transaction = try ReadTransaction(try requireOpen())
    return try transaction.read { (view) throws(StoreError) in try view.bytesHeld() }
  }

  /// False if the environment that was left has to stay; see ``StoreDirectory/switchTo(_:)``.
  private func moveToCopy() throws(StoreError) -> Bool {
    let copy = try directory.makeEnvironment()
    do throws(StoreError) {
      try requireOpen().environment.copy(to: copy)
      let opened = try EnvironmentLease(copy, .write(mapSize: Environment.roomyMap))
      let isDurable = try directory.switchTo(copy)
      lease = opened
      return isDurable
    } catch {
      StoreDirectory.removeEnvironment(copy)
      throw error
    }
  }
}

extension View {
  fileprivate func bytesHeld() throws(StoreError) -> Int {
    var main: MDB_dbi = 0
    try LMDB.check(mdb_dbi_open(transaction, nil, 0, &main), store)
    var status = MDB_stat()
    try LMDB.check(mdb_stat(transaction, main, &status), store)
    var pages = status.ms_branch_pages + status.ms_leaf_pages + status.ms_overflow_pages
    for table in tables.all {
      try LMDB.check(mdb_stat(transaction, table, &status), store)
      pages += status.ms_branch_pages + status.ms_leaf_pages + status.ms_overflow_pages
    }
    return pages * Int(status.ms_psize)
  }
}
