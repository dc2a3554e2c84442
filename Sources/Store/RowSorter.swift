import Glibc

/// Sorts rows by key: the distinct keys are sorted by their bytes once, the rows dealt out to them by counting, so that
/// only the few rows of one key are ever compared, and these are mostly in order as they come.
struct RowSorter {
  private let keys: KeyTable
  /// Numbers of the keys in byte order.
  private let order: [UInt32]

  init(_ keys: KeyTable) {
    self.keys = keys
    order = Self.sorted(keys)
  }

  /// Of several tables.
  func sort(_ tables: [[CollectedRow]]) -> SortedRows {
    let keyBytes = keys.withBytes(\.count)
    let bound =
      (keyBytes + keys.count * 8) * tables.count + tables.reduce(0) { $0 + $1.count } * IndexRow.size
    let memory = malloc(max(bound, 1))!
    var next = memory
    let sorted = tables.map { write($0, to: &next, from: memory) }
    let size = next - memory
    let kept = realloc(memory, max(size, 1)) ?? memory
    return SortedRows(UnsafeMutableRawBufferPointer(start: kept, count: size), tables: sorted)
  }

  private func write(
    _ rows: [CollectedRow], to next: inout UnsafeMutableRawPointer, from memory: UnsafeMutableRawPointer
  ) -> SortedRows.Table {
    let start = next - memory
    var marks: [Int] = []
    var ends = [Int](repeating: 0, count: keys.count + 1)
    for row in rows { ends[row.key + 1] += 1 }
    for key in 0..<keys.count { ends[key + 1] += ends[key] }
    // From here on `ends[key]` is where the key's next row goes, and at last where its rows end.
    withUnsafeTemporaryAllocation(of: CollectedRow.self, capacity: rows.count) { dealt in
      for row in rows {
        (dealt.baseAddress! + ends[row.key]).initialize(to: row)
        ends[row.key] += 1
      }
      keys.withBytes { bytes in
        for key in order {
          let start = key == 0 ? 0 : ends[Int(key) - 1]
          if start == ends[Int(key)] { continue }
          let group = UnsafeMutableBufferPointer(rebasing: dealt[start..<ends[Int(key)]])
          Self.sort(group)
          if next - memory >= (marks.last ?? start) + SortedRows.Table.distance { marks.append(next - memory) }
          Self.write(UnsafeRawBufferPointer(rebasing: bytes[keys.range(key)]), group, &next)
        }
      }
    }
    return SortedRows.Table(range: start..<next - memory, marks: marks)
  }

  private static func sort(_ rows: UnsafeMutableBufferPointer<CollectedRow>) {
    for index in 1..<max(rows.count, 1) where CollectedRow.precedes(rows[index], rows[index - 1]) {
      var rows = rows
      rows.sort(by: CollectedRow.precedes)
      return
    }
  }

  private static func write(
    _ key: UnsafeRawBufferPointer, _ rows: UnsafeMutableBufferPointer<CollectedRow>,
    _ next: inout UnsafeMutableRawPointer
  ) {
    let head = next
    next += KeyedRows.headSize
    next.copyMemory(from: key.baseAddress!, byteCount: key.count)
    next += key.count
    var count = 0
    for index in rows.indices where index == 0 || !CollectedRow.same(rows[index], rows[index - 1]) {
      rows[index].write(to: next)
      next += IndexRow.size
      count += 1
    }
    KeyedRows.writeHead(key, rows: count, to: head)
  }

  /// By their first eight bytes as a number where these differ, which is most of the time.
  private static func sorted(_ keys: KeyTable) -> [UInt32] {
    struct Entry {
      let start: UInt64
      let key: UInt32
    }
    return keys.withBytes { bytes in
      var entries: [Entry] = []
      entries.reserveCapacity(keys.count)
      for key in 0..<UInt32(keys.count) {
        let range = keys.range(key)
        var start: UInt64 = 0
        for offset in 0..<8 {
          start = start << 8 | (offset < range.count ? UInt64(bytes[range.lowerBound + offset]) : 0)
        }
        entries.append(Entry(start: start, key: key))
      }
      entries.sort { a, b in
        if a.start != b.start { return a.start < b.start }
        let (first, second) = (keys.range(a.key), keys.range(b.key))
        return KeyOrder.precedes(
          UnsafeRawBufferPointer(rebasing: bytes[first]), UnsafeRawBufferPointer(rebasing: bytes[second]))
      }
      return entries.map(\.key)
    }
  }
}

/// LMDB's order of keys: by their bytes, of two that start alike the shorter first.
enum KeyOrder {
  @inline(__always)
  static func compare(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
    let order = memcmp(a.baseAddress!, b.baseAddress!, min(a.count, b.count))
    return order != 0 ? Int(order) : a.count - b.count
  }

  @inline(__always)
  static func precedes(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool { compare(a, b) < 0 }
}
