import CLMDB
public import Graph

/// What is known of the batches after a generation.
public enum ChangeHistory: Sendable {
  /// Batch by batch, oldest first; those that changed no facts are left out.
  case known([[FileChange]])
  /// No longer known; `oldest` is the first generation after which all is.
  case tooOld(oldest: UInt64)
  /// There is no such generation yet.
  case future
}

/// How much of the past is remembered; the last batch is, however large.
struct HistoryBounds: Sendable {
  /// Batches.
  var batches = 10_000
  /// Of the pages that they take.
  var bytes = 16 << 20
}

extension TableWriter {
  /// Adds a batch to the history and drops the oldest until it is within its bounds.
  mutating func addHistory(
    _ changes: [UInt8], generation: UInt64, bounds: HistoryBounds
  ) throws(StoreError) {
    let table = view.tables.changes
    try append(table, Key.bigEndian(generation), changes)
    while true {
      let (rows, bytes) = try view.size(table)
      if rows <= 1 || rows <= bounds.batches && bytes <= bounds.bytes { return }
      var oldest: [UInt8] = []
      do {
        let cursor = try Cursor(view, table)
        var (key, value) = (MDB_val(), MDB_val())
        guard try cursor.move(MDB_FIRST, &key, &value) else { return }
        oldest = [UInt8](key.bytes)
      }
      try delete(table, oldest)
    }
  }
}

extension View {
  /// Rows of a table, and the bytes of the pages it takes.
  fileprivate func size(_ table: MDB_dbi) throws(StoreError) -> (rows: Int, bytes: Int) {
    var status = MDB_stat()
    try LMDB.check(mdb_stat(transaction, table, &status), store)
    let pages = status.ms_branch_pages + status.ms_leaf_pages + status.ms_overflow_pages
    return (status.ms_entries, pages * Int(status.ms_psize))
  }

  func changes(since generation: UInt64, now: UInt64) throws(StoreError) -> ChangeHistory {
    if generation > now { return .future }
    if generation == now { return .known([]) }
    let cursor = try Cursor(self, tables.changes)
    var (key, value) = (MDB_val(), MDB_val())
    guard try cursor.move(MDB_FIRST, &key, &value) else { throw damaged("it has no history") }
    let first = try number(key.bytes)
    // After the first batch that is known, or after the ingest with which all began.
    let oldest = try history(value.bytes).elementsEqual(ChangesCodec.beginning) ? first : first - 1
    if generation < oldest { return .tooOld(oldest: oldest) }
    var batches: [[FileChange]] = []
    let start = Key.bigEndian(generation + 1)
    try start.withUnsafeBufferPointer { (start) throws(StoreError) in
      var more = try cursor.seek(UnsafeRawBufferPointer(start), &key, &value)
      while more {
        let bytes = try history(value.bytes)
        batches.append(
          try decoding("the history") { () throws(MalformedBytes) in try ChangesCodec.decode(bytes) })
        more = try cursor.move(MDB_NEXT, &key, &value)
      }
    }
    return .known(batches)
  }

  private func history(_ value: UnsafeRawBufferPointer) throws(StoreError) -> UnsafeRawBufferPointer {
    try decoding("the history") { () throws(MalformedBytes) in try Seal.opened(value) }
  }

  private func number(_ key: UnsafeRawBufferPointer) throws(StoreError) -> UInt64 {
    try decoding("a generation") { () throws(MalformedBytes) in
      var reader = ByteReader(key)
      let number = try reader.bigEndian(UInt64.self)
      try reader.requireEnd()
      if number == 0 { throw MalformedBytes(detail: "there is none before the first") }
      return number
    }
  }
}
