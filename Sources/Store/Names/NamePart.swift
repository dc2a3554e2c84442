/// A text that names are to hold, capitals or not. Millions of names are searched for one, so its first eight letters are looked
/// for at once.
struct NamePart {
  /// Bytes behind a name that are read with it.
  static let slack = 8
  /// Sets the bit in which small letters differ from capitals; other bytes may come to look alike.
  private static let small: UInt64 = 0x2020_2020_2020_2020

  private let letters: [UInt8]
  private let beginning: UInt64
  private let mask: UInt64

  /// `text` must not be empty.
  init(_ text: [UInt8]) {
    letters = text.map(lowered)
    let first = letters.prefix(8)
    mask = UInt64.max >> UInt64(64 - 8 * first.count)
    beginning = first.reversed().reduce(0) { $0 << 8 | UInt64($1) } | Self.small & mask
  }

  var count: Int { letters.count }

  /// Where it ends in a name, if it begins at `start` or behind it; the first such place. There have to be `slack` bytes behind
  /// the name that can be read.
  @inline(__always)
  func end(in name: UnsafeRawPointer, _ count: Int, from start: Int) -> Int? {
    var place = start
    while place + letters.count <= count {
      let word = UInt64(littleEndian: name.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      if (word | Self.small) & mask == beginning, stands(at: name + place) { return place + letters.count }
      place += 1
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
