enum LineFeeds {
  private static let each: UInt64 = 0x0101_0101_0101_0101
  /// Words after which the counts are added up, before a byte can overflow in the sum.
  private static let stretch = 31

  /// How many line feeds are in `text`. Looks at eight bytes at a time: lines are short, so that a search for each costs
  /// several times as much.
  static func count(_ text: UnsafeRawBufferPointer) -> UInt32 {
    guard let start = text.baseAddress else { return 0 }
    var feeds: UInt64 = 0
    var next = start
    let end = start + text.count
    // SAFETY: all loads lie within `text`.
    while end - next >= 8 {
      var counts: UInt64 = 0
      let stop = next + min((end - next) / 8, stretch) * 8
      while next < stop {
        let word = next.loadUnaligned(as: UInt64.self) ^ (each &* 0x0A)
        // The top bit of each byte is 0 where the byte is.
        let filled = ((word & (each &* 0x7F)) &+ (each &* 0x7F)) | word
        counts &+= ~filled >> 7 & each
        next += 8
      }
      feeds &+= (counts &* each) >> 56
    }
    while next < end {
      if next.load(as: UInt8.self) == 0x0A { feeds += 1 }
      next += 1
    }
    return UInt32(feeds)
  }
}
