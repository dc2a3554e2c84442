import Glibc

/// Merges sorted rows of one table: key by key, with the rows of all.
struct RowMerger {
  private var heads: [Head] = []

  private struct Head {
    var first: KeyedRows
    let end: UnsafeRawPointer

    init?(_ run: UnsafeRawBufferPointer) {
      guard let base = run.baseAddress, !run.isEmpty else { return nil }
      end = base + run.count
      first = KeyedRows(at: base)
    }

    /// False at the end.
    mutating func advance() -> Bool {
      let next = first.bytes.baseAddress! + first.bytes.count
      if next == end { return false }
      first = KeyedRows(at: next)
      return true
    }
  }

  init(_ runs: [UnsafeRawBufferPointer]) {
    heads = runs.compactMap { Head($0) }
    for index in stride(from: heads.count / 2, through: 0, by: -1) { sink(index) }
  }

  /// Writes all to memory that has room for as much as they take apart, and calls `body` with each key, in order, and the number of
  /// its rows. Returns how many bytes were written.
  mutating func drain(
    into out: UnsafeMutableRawBufferPointer, _ body: (_ key: UnsafeRawBufferPointer, _ rows: Int) -> Void
  ) -> Int {
    guard var next = out.baseAddress else { return 0 }
    var same: [UnsafeRawBufferPointer] = []
    while let first = heads.first?.first {
      same.removeAll(keepingCapacity: true)
      same.append(first.rows)
      advanceFirst()
      while let other = heads.first?.first, KeyOrder.compare(other.key, first.key) == 0 {
        same.append(other.rows)
        advanceFirst()
      }
      let rows = same.reduce(0) { $0 + $1.count } / IndexRow.size
      body(first.key, rows)
      if same.count == 1 {
        next.copyMemory(from: first.bytes.baseAddress!, byteCount: first.bytes.count)
        next += first.bytes.count
      } else {
        KeyedRows.writeHead(first.key, rows: rows, to: next)
        next += KeyedRows.headSize
        next.copyMemory(from: first.key.baseAddress!, byteCount: first.key.count)
        next += first.key.count
        Self.merge(&same, to: &next)
      }
    }
    return next - out.baseAddress!
  }

  /// Few runs have one key, so the least of their first rows is found by looking at all.
  private static func merge(_ runs: inout [UnsafeRawBufferPointer], to next: inout UnsafeMutableRawPointer) {
    while !runs.isEmpty {
      var least = 0
      var row = IndexRow(runs[0].baseAddress!)
      for index in 1..<max(runs.count, 1) {
        let other = IndexRow(runs[index].baseAddress!)
        if IndexRow.precedes(other, row) { (least, row) = (index, other) }
      }
      row.write(to: next)
      next += IndexRow.size
      let rest = UnsafeRawBufferPointer(rebasing: runs[least][IndexRow.size...])
      if rest.isEmpty { runs.remove(at: least) } else { runs[least] = rest }
    }
  }

  // MARK: A heap, the run with the least key first

  private mutating func advanceFirst() {
    if !heads[0].advance() {
      let last = heads.removeLast()
      if heads.isEmpty { return }
      heads[0] = last
    }
    sink(0)
  }

  private mutating func sink(_ start: Int) {
    var index = start
    while true {
      var least = index
      for child in [index * 2 + 1, index * 2 + 2] where child < heads.count {
        if KeyOrder.precedes(heads[child].first.key, heads[least].first.key) { least = child }
      }
      if least == index { return }
      heads.swapAt(index, least)
      index = least
    }
  }
}
