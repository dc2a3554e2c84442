/// Which three letters in a row stand in some names, capitals or not: a bit for each, by a hash, so that names which cannot
/// hold a text are told without looking at them.
struct NameSignature: Equatable {
  static let size = 256
  private static let words = size / 8

  private var bits = InlineArray<32, UInt64>(repeating: 0)

  init() {}

  /// `bytes` must hold `size` bytes.
  init(_ bytes: UnsafeRawBufferPointer) {
    for word in 0..<Self.words {
      bits[word] = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self))
    }
  }

  static func == (a: NameSignature, b: NameSignature) -> Bool {
    (0..<words).allSatisfy { a.bits[$0] == b.bits[$0] }
  }

  mutating func insert(_ name: UnsafeRawBufferPointer) {
    guard name.count >= 3 else { return }
    var letters = UInt32(Self.lowered(name[0])) << 8 | UInt32(Self.lowered(name[1]))
    for index in 2..<name.count {
      letters = (letters << 8 | UInt32(Self.lowered(name[index]))) & 0xFF_FFFF
      let bit = Int((letters &* 0x9E37_79B1) >> 21)
      bits[bit / 64] |= 1 << UInt64(bit % 64)
    }
  }

  /// Of a name whose end is not known.
  mutating func insertAnything() {
    for word in 0..<Self.words { bits[word] = .max }
  }

  /// False if none of the names holds all that `part` was made from.
  func mayHold(_ part: NameSignature) -> Bool {
    for word in 0..<Self.words where part.bits[word] & ~bits[word] != 0 { return false }
    return true
  }

  func append(to bytes: inout [UInt8]) {
    for word in 0..<Self.words { bytes.append(bigEndian: bits[word]) }
  }

  @inline(__always)
  private static func lowered(_ byte: UInt8) -> UInt8 { byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte }
}
