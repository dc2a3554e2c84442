internal import Glibc

/// A set of byte strings, by length: most names are told apart by their length and first eight bytes.
struct WordSet {
  struct Word {
    var prefix: UInt64
    /// What follows the first eight bytes.
    var rest: UnsafePointer<UInt8>
  }

  /// A bit for each length that occurs; all above 62 share the last.
  private var lengths: UInt64 = 0
  private var words: UnsafeBufferPointer<Word>
  /// Where the words of a length begin; one entry more than the longest has bytes.
  private var starts: UnsafeBufferPointer<UInt16>

  init(_ texts: [[UInt8]], in memory: RuleMemory) {
    let longest = texts.map(\.count).max() ?? 0
    var words: [Word] = []
    var starts: [UInt16] = []
    for length in 0...longest {
      starts.append(UInt16(words.count))
      for text in texts where text.count == length {
        let prefix = text.withUnsafeBytes { Self.prefix($0) }
        words.append(Word(prefix: prefix, rest: memory.keep(Array(text.dropFirst(8))).baseAddress!))
        lengths |= 1 << UInt64(min(length, 63))
      }
    }
    starts.append(UInt16(words.count))
    self.words = memory.keep(words)
    self.starts = memory.keep(starts)
  }

  @inline(__always)
  func contains(_ text: UnsafeRawBufferPointer) -> Bool {
    let count = text.count
    if lengths >> UInt64(min(count, 63)) & 1 == 0 || count + 1 >= starts.count { return false }
    let prefix = Self.prefix(text)
    for index in Int(starts[count])..<Int(starts[count + 1]) where words[index].prefix == prefix {
      // SAFETY: the rest of a word of this length has as many bytes as that of the text.
      if count <= 8 || memcmp(text.baseAddress! + 8, words[index].rest, count - 8) == 0 { return true }
    }
    return false
  }

  /// The first eight bytes as a number, or all, different for different texts of one length.
  @inline(__always)
  private static func prefix(_ text: UnsafeRawBufferPointer) -> UInt64 {
    let count = text.count
    // SAFETY: every load lies within the text.
    if count >= 8 { return text.loadUnaligned(as: UInt64.self) }
    if count >= 4 {
      let high = text.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
      return UInt64(high) << 32 | UInt64(text.loadUnaligned(as: UInt32.self))
    }
    if count == 0 { return 0 }
    return UInt64(text[0]) << 16 | UInt64(text[count / 2]) << 8 | UInt64(text[count - 1])
  }
}
