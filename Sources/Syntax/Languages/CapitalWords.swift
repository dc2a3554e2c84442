/// The places where macros may stand, in a text of which the most is none.
enum CapitalWords {
  private static let each: UInt64 = 0x0101_0101_0101_0101

  /// Calls `body` wherever, behind white space, a capital letter stands before another or one of `0` to `_`. Looks at eight
  /// bytes at a time: nearly all of them are nothing of the kind.
  @inline(__always)
  static func forEach(in text: UnsafeRawBufferPointer, _ body: (Int) -> Void) {
    guard let base = text.baseAddress, text.count > 1 else { return }
    if begins(0x20, text[0], text[1]) { body(0) }
    var place = 1
    // SAFETY: all loads lie within the text: 1 byte before `place`, and 9 from it on.
    while place + 9 <= text.count {
      let before = UInt64(littleEndian: (base + place).loadUnaligned(fromByteOffset: -1, as: UInt64.self))
      let first = UInt64(littleEndian: (base + place).loadUnaligned(as: UInt64.self))
      let second = UInt64(littleEndian: (base + place).loadUnaligned(fromByteOffset: 1, as: UInt64.self))
      // The top bit of each byte that is one.
      var found = ~atLeast(0x21, before) & atLeast(0x41, first) & ~atLeast(0x5B, first) & atLeast(0x30, second)
      found &= ~atLeast(0x60, second) & ~(before | first | second) & (each &* 0x80)
      while found != 0 {
        body(place + found.trailingZeroBitCount / 8)
        found &= found - 1
      }
      place += 8
    }
    while place + 1 < text.count {
      if begins(text[place - 1], text[place], text[place + 1]) { body(place) }
      place += 1
    }
  }

  /// The top bit of each byte tells whether the rest of it is that much or more.
  @inline(__always)
  private static func atLeast(_ limit: UInt64, _ bytes: UInt64) -> UInt64 {
    (bytes & (each &* 0x7F)) &+ each &* (0x80 - limit)
  }

  @inline(__always)
  private static func begins(_ before: UInt8, _ first: UInt8, _ second: UInt8) -> Bool {
    before <= 0x20 && first &- 0x41 < 26 && second &- 0x30 < 0x30
  }
}
