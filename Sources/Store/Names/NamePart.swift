/// A text that names are to hold, capitals or not. Millions of names are searched for one, so its first letter is looked for in
/// eight places at once, and its first eight where that is.
struct NamePart {
  /// Bytes behind a name that are read with it.
  static let slack = 8
  /// Sets the bit in which small letters differ from capitals; other bytes may come to look alike.
  private static let small: UInt64 = 0x2020_2020_2020_2020
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  private let letters: [UInt8]
  private let beginning: UInt64
  private let mask: UInt64
  private let first: UInt64

  /// `text` must not be empty.
  init(_ text: [UInt8]) {
    letters = text.map(lowered)
    let some = letters.prefix(8)
    mask = UInt64.max >> UInt64(64 - 8 * some.count)
    beginning = some.reversed().reduce(0) { $0 << 8 | UInt64($1) } | Self.small & mask
    first = (beginning & 0xFF) &* Self.ones
  }

  var count: Int { letters.count }

  /// Where it ends in a name, if it begins at `start` or behind it; the first such place. There have to be `slack` bytes behind
  /// the name that can be read.
  @inline(__always)
  func end(in name: UnsafeRawPointer, _ count: Int, from start: Int) -> Int? {
    var place = start
    while place + letters.count <= count {
      let eight = UInt64(littleEndian: name.loadUnaligned(fromByteOffset: place, as: UInt64.self)) | Self.small
      if eight & mask == beginning, stands(at: name + place) { return place + letters.count }
      // The top bit of the first byte that is the letter, of those behind this one.
      let differing = (eight ^ first) >> 8 | UInt64(0xFF) << 56
      let found = (differing &- Self.ones) & ~differing & (Self.ones << 7)
      place += found == 0 ? 8 : found.trailingZeroBitCount / 8 + 1
    }
    return nil
  }

  private func stands(at place: UnsafeRawPointer) -> Bool {
    for index in letters.indices {
      if lowered(place.load(fromByteOffset: index, as: UInt8.self)) != letters[index] { return false }
    }
    return true
  }
}
