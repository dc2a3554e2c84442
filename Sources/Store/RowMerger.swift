import Glibc

/// Goes through several sorted runs of one table as if they were one: key by key, with the rows of all.
struct RowMerger {
  private var heads: [Head] = []
  /// Rows of a key that stands in several runs.
  private var merged: [UInt8] = []

  private struct Head {
    var next: UnsafeRawPointer
    let end: UnsafeRawPointer
    var key = UnsafeRawBufferPointer(start: nil, count: 0)
    var rows = UnsafeRawBufferPointer(start: nil, count: 0)

    init?(_ run: UnsafeRawBufferPointer) {
      guard let base = run.baseAddress, !run.isEmpty else { return nil }
      next = base
      end = base + run.count
      _ = advance()
    }

    /// False at the end.
    mutating func advance() -> Bool {
      if next == end { return false }
      let keySize = Int(next.loadUnaligned(as: UInt32.self))
      let rowBytes = Int(next.loadUnaligned(fromByteOffset: 4, as: UInt32.self)) * IndexRow.size
      key = UnsafeRawBufferPointer(start: next + 8, count: keySize)
      rows = UnsafeRawBufferPointer(start: next + 8 + keySize, count: rowBytes)
      next += 8 + keySize + rowBytes
      return true
    }
  }

  init(_ runs: [UnsafeRawBufferPointer]) {
    for run in runs {
      guard let head = Head(run) else { continue }
      heads.append(head)
    }
    for index in stride(from: heads.count / 2, through: 0, by: -1) { sink(index) }
  }

  /// Calls `body` with each key, in order, and its rows, sorted.
  mutating func drain(
    _ body: (_ key: UnsafeRawBufferPointer, _ rows: UnsafeRawBufferPointer) throws(StoreError) -> Void
  ) throws(StoreError) {
    var same: [UnsafeRawBufferPointer] = []
    while let first = heads.first {
      same.removeAll(keepingCapacity: true)
      same.append(first.rows)
      advanceFirst()
      while let other = heads.first, KeyOrder.compare(other.key, first.key) == 0 {
        same.append(other.rows)
        advanceFirst()
      }
      if same.count == 1 {
        try body(first.key, first.rows)
      } else {
        merge(&same)
        try merged.withUnsafeBufferPointer { (rows) throws(StoreError) in
          try body(first.key, UnsafeRawBufferPointer(rows))
        }
      }
    }
  }

  /// Few runs have one key, so the least of their first rows is found by looking at all.
  private mutating func merge(_ runs: inout [UnsafeRawBufferPointer]) {
    let size = runs.reduce(0) { $0 + $1.count }
    merged.removeAll(keepingCapacity: true)
    merged.append(contentsOf: repeatElement(0, count: size))
    merged.withUnsafeMutableBytes { out in
      var next = out.baseAddress!
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
        if KeyOrder.precedes(heads[child].key, heads[least].key) { least = child }
      }
      if least == index { return }
      heads.swapAt(index, least)
      index = least
    }
  }
}
