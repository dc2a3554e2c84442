/// The places where macros may stand, in a text of which the most is none.
enum CapitalWords {
  /// Calls `body` wherever, behind white space, a capital letter stands before another or one of `0` to `_`. Sixteen bytes at
  /// a time: parsing takes hundreds of instructions a byte, this about one.
  @inline(__always)
  static func forEach(in text: UnsafeRawBufferPointer, _ body: (Int) -> Void) {
    guard let base = text.baseAddress, text.count > 1 else { return }
    if begins(0x20, text[0], text[1]) { body(0) }
    var place = 1
    // SAFETY: all loads lie within the text: 1 byte before `place`, and 17 from it on.
    while place + 17 <= text.count {
      let before = (base + place).loadUnaligned(fromByteOffset: -1, as: SIMD16<UInt8>.self)
      let first = (base + place).loadUnaligned(as: SIMD16<UInt8>.self) &- 0x41
      let second = (base + place).loadUnaligned(fromByteOffset: 1, as: SIMD16<UInt8>.self) &- 0x30
      let found = (before .<= 0x20) .& (first .< 26) .& (second .< 0x30)
      let halves = unsafeBitCast(found, to: SIMD2<UInt64>.self)
      if halves[0] | halves[1] != 0 {
        for half in 0..<2 {
          var left = halves[half]
          while left != 0 {
            let lane = left.trailingZeroBitCount / 8
            body(place + half * 8 + lane)
            left &= ~(0xFF << UInt64(lane * 8))
          }
        }
      }
      place += 16
    }
    while place + 1 < text.count {
      if begins(text[place - 1], text[place], text[place + 1]) { body(place) }
      place += 1
    }
  }

  @inline(__always)
  private static func begins(_ before: UInt8, _ first: UInt8, _ second: UInt8) -> Bool {
    before <= 0x20 && first &- 0x41 < 26 && second &- 0x30 < 0x30
  }
}
