/// Whether bytes can be written as they are, eight at a time.
enum PlainText {
  /// True if all are printable ASCII other than `a` and `b`.
  @inline(__always)
  static func isPlain(_ text: UnsafeBufferPointer<UInt8>, except a: UInt8 = 0, _ b: UInt8 = 0) -> Bool {
    let count = text.count
    guard let start = UnsafeRawPointer(text.baseAddress), count > 0 else { return true }
    // SAFETY: every load lies within the first `count` bytes. The last eight may have been looked at in part before.
    guard count >= 8 else {
      for byte in text where !(0x20..<0x7F).contains(byte) || byte == a || byte == b { return false }
      return true
    }
    let (a, b) = (repeated(a), repeated(b))
    var offset = 0
    while offset + 8 < count {
      if isSpecial(start.loadUnaligned(fromByteOffset: offset, as: UInt64.self), a, b) { return false }
      offset += 8
    }
    return !isSpecial(start.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self), a, b)
  }

  @inline(__always)
  private static func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// True if one of eight bytes is.
  @inline(__always)
  private static func isSpecial(_ eight: UInt64, _ a: UInt64, _ b: UInt64) -> Bool {
    // A byte's top bit comes up where the byte is less than 0x20, more than 0x7E, equal to that of `a`, to that of `b`.
    let low = eight &- repeated(0x20)
    let high = eight &+ repeated(1)
    let (isA, isB) = ((eight ^ a) &- repeated(1), (eight ^ b) &- repeated(1))
    return (eight | low | high | isA & ~(eight ^ a) | isB & ~(eight ^ b)) & repeated(0x80) != 0
  }
}
