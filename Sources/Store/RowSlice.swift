/// The rows of some keys that follow one another in a table, from all runs: what one thread merges at a time, while others merge what
/// comes behind and one writes what came before.
struct RowSlice: Sendable {
  let table: IndexTable
  private let parts: [Part]

  private struct Part {
    let run: SortedRows
    let range: Range<Int>
  }

  /// Of a slice, about, in bytes.
  private static let size = 1 << 20

  /// All of a table, in the order of its keys.
  static func slices(of table: IndexTable, _ runs: [SortedRows]) -> [RowSlice] {
    let marks = runs.flatMap { run in run.marks(of: table).map { run.rows(at: $0).key } }.sorted(by: KeyOrder.precedes)
    let stride = size / SortedRows.Table.distance
    var starts = runs.map { $0.range(of: table).lowerBound }
    var slices: [RowSlice] = []
    let cuts = Swift.stride(from: stride, through: marks.count, by: stride).map { mark in
      runs.map { $0.start(of: marks[mark - 1], in: table) }
    }
    for ends in cuts + [runs.map { $0.range(of: table).upperBound }] where ends != starts {
      slices.append(RowSlice(table, runs, starts, ends))
      starts = ends
    }
    return slices
  }

  private init(_ table: IndexTable, _ runs: [SortedRows], _ starts: [Int], _ ends: [Int]) {
    self.table = table
    parts = runs.indices.map { Part(run: runs[$0], range: starts[$0]..<ends[$0]) }
  }

  func merged() -> MergedRows {
    var merger = RowMerger(parts.map { $0.run[$0.range] })
    var names: [NameBlock] = []
    let bytes = [UInt8](unsafeUninitializedCapacity: parts.reduce(0) { $0 + $1.range.count }) { out, count in
      count = merger.drain(into: UnsafeMutableRawBufferPointer(out)) { key, rows in
        if table == .definitions { NameBlock.append(key, rows: rows, to: &names) }
      }
    }
    return MergedRows(table: table, bytes: bytes, names: names)
  }
}

/// What is to be appended to a table of index rows.
struct MergedRows: Sendable {
  let table: IndexTable
  /// ``KeyedRows``, one behind the other.
  let bytes: [UInt8]
  /// Of the keys of `definitions`.
  let names: [NameBlock]
}
