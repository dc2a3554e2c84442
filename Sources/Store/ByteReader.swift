/// Thrown where bytes of the store do not read as what they should be. Turned into ``StoreError/damaged(path:detail:)``
/// by those who know which store it is.
struct MalformedBytes: Error {
  let detail: String
}

/// Reads numbers from bytes that may be anything: every read is bounds-checked.
struct ByteReader {
  static let longestVarint = 5

  private var next: UnsafeRawPointer
  private let end: UnsafeRawPointer

  init(_ bytes: UnsafeRawBufferPointer) {
    // Of no bytes there is no address; any serves for two that are the same.
    next = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!
    end = next + bytes.count
  }

  var remaining: Int { end - next }
  var isAtEnd: Bool { next == end }

  @inline(__always)
  mutating func byte() throws(MalformedBytes) -> UInt8 {
    guard next < end else { throw Self.cutOff }
    let byte = next.load(as: UInt8.self)
    next += 1
    return byte
  }

  /// Seven bits a byte, least significant first; the eighth says that more follow.
  @inline(__always)
  mutating func varint() throws(MalformedBytes) -> UInt32 {
    let first = try byte()
    if first < 0x80 { return UInt32(first) }
    let second = try byte()
    let low = UInt32(first & 0x7F) | UInt32(second & 0x7F) << 7
    return second < 0x80 ? low : try longVarint(low)
  }

  /// From the third byte on.
  private mutating func longVarint(_ low: UInt32) throws(MalformedBytes) -> UInt32 {
    var value = UInt64(low)
    var shift: UInt64 = 14
    while shift < 35 {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 {
        guard let value = UInt32(exactly: value) else { break }
        return value
      }
      shift += 7
    }
    throw MalformedBytes(detail: "a number is out of range")
  }

  /// A difference that may be negative: 0, -1, 1, -2, 2 ... as 0, 1, 2, 3, 4.
  @inline(__always)
  mutating func difference() throws(MalformedBytes) -> UInt32 {
    let coded = try varint()
    return (coded >> 1) ^ (0 &- (coded & 1))
  }

  mutating func take(_ count: Int) throws(MalformedBytes) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= remaining else { throw Self.cutOff }
    defer { next += count }
    return UnsafeRawBufferPointer(start: next, count: count)
  }

  /// A number of fixed size, most significant byte first.
  mutating func bigEndian<T: FixedWidthInteger>(_ type: T.Type) throws(MalformedBytes) -> T {
    T(bigEndian: try take(MemoryLayout<T>.size).loadUnaligned(as: T.self))
  }

  func requireEnd() throws(MalformedBytes) {
    if !isAtEnd { throw MalformedBytes(detail: "\(remaining) bytes too many") }
  }

  private static var cutOff: MalformedBytes { MalformedBytes(detail: "a value is cut off") }
}

extension [UInt8] {
  mutating func append<T: FixedWidthInteger>(bigEndian value: T) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }

  mutating func append(varint value: UInt32) {
    var value = value
    while value >= 0x80 {
      append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    append(UInt8(value))
  }
}
