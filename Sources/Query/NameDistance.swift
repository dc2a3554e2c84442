/// How many slips lie between two names: bytes left out, put in, changed, or two neighbours swapped.
struct NameDistance {
  private let name: [UInt8]
  private let letters: UInt64
  /// More slips than this make it another name.
  let limit: Int

  init(to name: [UInt8]) {
    self.name = name
    letters = Self.letters(name)
    limit = name.count < 3 ? 1 : min(4, 1 + name.count / 4)
  }

  /// Nil if it is more than `limit`.
  func distance(_ other: UnsafeRawBufferPointer, limit: Int) -> Int? {
    guard abs(other.count - name.count) <= limit else { return nil }
    // A slip takes at most one letter away and brings one in, so most names need no closer look.
    guard (letters ^ Self.letters(other)).nonzeroBitCount <= 2 * limit else { return nil }
    return slips(Array(other), limit: limit)
  }

  private func slips(_ other: [UInt8], limit: Int) -> Int? {
    var beforeLast = [Int](repeating: 0, count: other.count + 1)
    var last = Array(0...other.count)
    var row = last
    for i in name.indices {
      row[0] = i + 1
      var least = row[0]
      for j in other.indices {
        let change = last[j] + (name[i] == other[j] ? 0 : 1)
        row[j + 1] = min(change, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, name[i] == other[j - 1], name[i - 1] == other[j] {
          row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
        }
        least = min(least, row[j + 1])
      }
      if least > limit { return nil }
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[other.count] <= limit ? last[other.count] : nil
  }

  private static func letters(_ name: some Sequence<UInt8>) -> UInt64 {
    var letters: UInt64 = 0
    for byte in name { letters |= 1 << UInt64(byte & 63) }
    return letters
  }
}
