extension UnsafeRawBufferPointer {
  /// How many bytes of a value there are. Looks at eight at a time: where they are as frequent as line feeds, a search for each costs
  /// several times as much.
  func count(of byte: UInt8) -> Int {
    guard let start = baseAddress else { return 0 }
    let each: UInt64 = 0x0101_0101_0101_0101
    // After so many words the counts are added up, before a byte can overflow in the sum.
    let stretch = 31
    var found: UInt64 = 0
    var next = start
    let end = start + count
    // SAFETY: all loads lie within the buffer.
    while end - next >= 8 {
      var counts: UInt64 = 0
      let stop = next + Swift.min((end - next) / 8, stretch) * 8
      while next < stop {
        let word = next.loadUnaligned(as: UInt64.self) ^ (each &* UInt64(byte))
        // The top bit of each byte is 0 where the byte is.
        let filled = ((word & (each &* 0x7F)) &+ (each &* 0x7F)) | word
        counts &+= ~filled >> 7 & each
        next += 8
      }
      found &+= (counts &* each) >> 56
    }
    while next < end {
      if next.load(as: UInt8.self) == byte { found += 1 }
      next += 1
    }
    return Int(found)
  }
}
