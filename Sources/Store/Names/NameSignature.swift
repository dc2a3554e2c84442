/// Which three and which four letters in a row stand in some names, capitals or not: a bit for each, by a hash, those of three in
/// the first half, so that names which cannot hold a text are told without looking at them. Most of what is looked for consists of
/// common threes; its fours are rarer.
struct NameSignature {
  static let size = 512
  private static let words = size / 8
  private static let half = size * 4

  private var bits = InlineArray<64, UInt64>(repeating: 0)

  mutating func insert(_ name: UnsafeRawBufferPointer) {
    Self.forEachBit(of: name) { bits[$0 / 64] |= 1 << UInt64($0 % 64) }
  }

  /// Of a name whose end is not known.
  mutating func insertAnything() {
    for word in 0..<Self.words { bits[word] = .max }
  }

  /// As it is stored: the lowest bit of the first byte comes first.
  var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.size) { bytes, count in
      for word in 0..<Self.words {
        UnsafeMutableRawBufferPointer(bytes).storeBytes(
          of: bits[word].littleEndian, toByteOffset: word * 8, as: UInt64.self)
      }
      count = Self.size
    }
  }

  /// Calls `body` with the number of each bit that a name sets.
  @inline(__always)
  static func forEachBit(of name: UnsafeRawBufferPointer, _ body: (Int) -> Void) {
    guard name.count >= 3 else { return }
    var letters = UInt32(lowered(name[0])) << 8 | UInt32(lowered(name[1]))
    for index in 2..<name.count {
      letters = letters << 8 | UInt32(lowered(name[index]))
      body(bit(of: letters & 0xFF_FFFF))
      if index > 2 { body(half + bit(of: letters)) }
    }
  }

  /// Within a half.
  @inline(__always)
  private static func bit(of letters: UInt32) -> Int { Int((letters &* 0x9E37_79B1) >> 21) }
}

/// What signatures tell of names that hold some texts.
struct NameSieve {
  private let bits: [Int]

  init(_ parts: [[UInt8]]) {
    var bits: Set<Int> = []
    for part in parts {
      part.withUnsafeBytes { NameSignature.forEachBit(of: $0) { bits.insert($0) } }
    }
    self.bits = bits.sorted()
  }

  /// True if it lets everything through.
  var isOpen: Bool { bits.isEmpty }

  /// False if none of the names holds all of the texts. `signature` must be of the right size.
  func lets(_ signature: UnsafeRawBufferPointer) -> Bool {
    for bit in bits where signature[bit / 8] >> UInt8(bit % 8) & 1 == 0 { return false }
    return true
  }
}

@inline(__always)
func lowered(_ byte: UInt8) -> UInt8 { byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte }
