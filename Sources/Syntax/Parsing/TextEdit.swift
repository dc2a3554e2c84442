internal import Glibc
public import Graph

/// The replacement of one stretch of a text by another.
public struct TextEdit: Hashable, Sendable {
  public struct Place: Hashable, Sendable {
    public var byte: UInt32
    public var position: Position
  }

  public let start: Place
  public let oldEnd: Place
  public let newEnd: Place

  /// The smallest replacement that makes `new` of `old`; nil if they are equal. O(length of the texts).
  public init?(from old: [UInt8], to new: [UInt8]) {
    let shorter = min(old.count, new.count)
    let (prefix, suffix) = old.withUnsafeBytes { old in
      new.withUnsafeBytes { new in
        let prefix = Self.commonPrefix(old, new)
        let rest = shorter - prefix
        return (prefix, Self.commonSuffix(old, new, limit: rest))
      }
    }
    if prefix == old.count && prefix == new.count { return nil }
    start = Self.place(in: new, at: prefix, from: nil)
    oldEnd = Self.place(in: old, at: old.count - suffix, from: start)
    newEnd = Self.place(in: new, at: new.count - suffix, from: start)
  }

  private static func commonPrefix(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
    let end = min(a.count, b.count)
    var offset = 0
    while offset + 8 <= end {
      let difference =
        a.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        ^ b.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if difference != 0 { return offset + difference.trailingZeroBitCount / 8 }
      offset += 8
    }
    while offset < end, a[offset] == b[offset] { offset += 1 }
    return offset
  }

  private static func commonSuffix(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer, limit: Int) -> Int {
    var length = 0
    while length + 8 <= limit {
      let difference =
        a.loadUnaligned(fromByteOffset: a.count - length - 8, as: UInt64.self)
        ^ b.loadUnaligned(fromByteOffset: b.count - length - 8, as: UInt64.self)
      if difference != 0 { return length + difference.leadingZeroBitCount / 8 }
      length += 8
    }
    while length < limit, a[a.count - 1 - length] == b[b.count - 1 - length] { length += 1 }
    return length
  }

  /// Row and column of a byte offset, counted on from an earlier place of the same text.
  private static func place(in text: [UInt8], at offset: Int, from earlier: Place?) -> Place {
    text.withUnsafeBytes { text in
      var row = earlier?.position.row ?? 0
      var lineStart = earlier.map { Int($0.byte) - Int($0.position.column) } ?? 0
      var next = earlier.map { Int($0.byte) } ?? 0
      while next < offset, let found = memchr(text.baseAddress! + next, 0x0A, offset - next) {
        next = UnsafeRawPointer(found) - text.baseAddress! + 1
        lineStart = next
        row += 1
      }
      return Place(byte: UInt32(offset), position: Position(row: row, column: UInt32(offset - lineStart)))
    }
  }
}
