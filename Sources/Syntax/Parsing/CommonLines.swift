internal import Glibc

/// The lines that two texts have in common, as far as they can be told without trying: those that stand once in each, of
/// which the longest sequence is kept that has the same order in both. What stands between two of them is compared
/// by itself.
struct CommonLines {
  /// A line's place in both texts, in bytes.
  struct Line: Equatable {
    var old: Int
    var new: Int
    var count: Int
  }

  /// A line of one text. Lines with equal hashes are taken for equal until they are compared.
  private struct Seen {
    var hash: UInt64
    /// Where it stands in each text; `absent`, or `repeated`.
    var old: Int
    var new: Int
  }

  private static let absent: Int = -1
  private static let repeated: Int = -2

  /// In the order in which they stand. Both pieces are cut into lines from their starts.
  static func find(
    _ old: UnsafeRawBufferPointer, _ oldRange: Range<Int>, _ new: UnsafeRawBufferPointer, _ newRange: Range<Int>
  ) -> [Line] {
    var seen = Table(lines: UnsafeRawBufferPointer(rebasing: old[oldRange]).count(of: 0x0A) + 1)
    forEachLine(old, oldRange) { start, _, hash in
      let slot = seen.slot(hash, adding: true)!
      seen.slots[slot].old = seen.slots[slot].old == absent ? start : repeated
    }
    forEachLine(new, newRange) { start, _, hash in
      guard let slot = seen.slot(hash, adding: false) else { return }
      seen.slots[slot].new = seen.slots[slot].new == absent ? start : repeated
    }
    var pairs: [Line] = []
    forEachLine(new, newRange) { start, count, hash in
      guard let slot = seen.slot(hash, adding: false) else { return }
      let line = seen.slots[slot]
      guard line.new == start, line.old >= 0, line.old + count <= oldRange.upperBound,
        memcmp(old.baseAddress! + line.old, new.baseAddress! + start, count) == 0
      else { return }
      pairs.append(Line(old: line.old, new: start, count: count))
    }
    return longestAscending(pairs)
  }

  /// Drops what stands in another order in the old text than in the new one, as little as will do. `pairs` are in the
  /// order of the new text.
  static func longestAscending(_ pairs: [Line]) -> [Line] {
    if zip(pairs, pairs.dropFirst()).allSatisfy({ $0.old < $1.old }) { return pairs }
    // By length, the pair that ends the sequence of that length whose end is the least, and the pair before each.
    var ends: [Int] = []
    var before = [Int](repeating: -1, count: pairs.count)
    for (index, pair) in pairs.enumerated() {
      var (low, high) = (0, ends.count)
      if let last = ends.last, pairs[last].old < pair.old { low = high }
      while low < high {
        let middle = (low + high) / 2
        if pairs[ends[middle]].old < pair.old { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var kept: [Line] = []
    var next = ends.last ?? -1
    while next >= 0 {
      kept.append(pairs[next])
      next = before[next]
    }
    return kept.reversed()
  }

  /// Calls `body` with the start of each line, its length, line feed included, and a hash of it.
  @inline(__always)
  private static func forEachLine(
    _ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (Int, Int, UInt64) -> Void
  ) {
    var start = range.lowerBound
    while start < range.upperBound {
      let line = text.baseAddress! + start
      let left = range.upperBound - start
      let count = memchr(line, 0x0A, left).map { UnsafeRawPointer($0) - line + 1 } ?? left
      body(start, count, hash(line, count))
      start += count
    }
  }

  /// Eight bytes at a time, multiplied and folded. Never 0.
  @inline(__always)
  private static func hash(_ line: UnsafeRawPointer, _ count: Int) -> UInt64 {
    var hash = UInt64(count)
    var offset = 0
    // SAFETY: every load lies within the line.
    while offset + 8 <= count {
      hash = fold(hash ^ line.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < count {
      rest = rest << 8 | UInt64(line.load(fromByteOffset: offset, as: UInt8.self))
      offset += 1
    }
    return fold(hash ^ rest) | 1
  }

  @inline(__always)
  private static func fold(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low
  }

  /// Lines by their hash, open-addressed.
  private struct Table {
    var slots: [Seen]
    private let mask: Int

    init(lines: Int) {
      var size = 64
      while size < 2 * lines { size *= 2 }
      slots = [Seen](repeating: Seen(hash: 0, old: absent, new: absent), count: size)
      mask = size - 1
    }

    /// The place of a line; nil if it is not there and is not to be added.
    @inline(__always)
    mutating func slot(_ hash: UInt64, adding: Bool) -> Int? {
      var slot = Int(truncatingIfNeeded: hash >> 1) & mask
      while slots[slot].hash != hash {
        if slots[slot].hash == 0 {
          if !adding { return nil }
          slots[slot].hash = hash
          return slot
        }
        slot = (slot + 1) & mask
      }
      return slot
    }
  }
}
