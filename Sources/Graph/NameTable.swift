/// A name's place in a ``NameTable``.
public struct NameID: Hashable, Sendable {
  public let rawValue: UInt32

  @inlinable
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Stands for "no name" where a name is optional.
  @inlinable
  public static var none: NameID { NameID(rawValue: .max) }
}

/// The byte strings of one file's facts, each held once. Names are bytes, since source need not be UTF-8.
public struct NameTable: Sendable {
  public private(set) var bytes: [UInt8] = []
  /// End of each name in `bytes`; its start is the end of the one before.
  public private(set) var ends: [UInt32] = []
  /// Open-addressed, a power of two in size; holds a name's number + 1, 0 where empty.
  private var slots: [UInt32] = []

  public init() {}

  /// Takes over names that are already distinct, as the store holds them.
  public init(bytes: [UInt8], ends: [UInt32]) {
    self.bytes = bytes
    self.ends = ends
  }

  public var count: Int { ends.count }

  @inline(__always)
  public func range(_ id: NameID) -> Range<Int> {
    let index = Int(id.rawValue)
    return (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
  }

  public subscript(id: NameID) -> ArraySlice<UInt8> { bytes[range(id)] }

  /// The name as text; bytes that are not UTF-8 become U+FFFD.
  public func string(_ id: NameID) -> String { String(decoding: self[id], as: UTF8.self) }

  /// The id of `name`, which is added if it is new. O(length).
  public mutating func intern(_ name: UnsafeRawBufferPointer) -> NameID {
    if (ends.count + 1) * 2 > slots.count { grow() }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: Self.hash(name)) & mask
    while slots[slot] != 0 {
      let id = NameID(rawValue: slots[slot] - 1)
      if equals(id, name) { return id }
      slot = (slot + 1) & mask
    }
    bytes.append(contentsOf: name)
    ends.append(UInt32(bytes.count))
    slots[slot] = UInt32(ends.count)
    return NameID(rawValue: UInt32(ends.count - 1))
  }

  public mutating func intern(_ name: some Sequence<UInt8>) -> NameID {
    if let id = name.withContiguousStorageIfAvailable({ intern(UnsafeRawBufferPointer($0)) }) { return id }
    return Array(name).withUnsafeBytes { intern($0) }
  }

  public mutating func intern(_ name: String) -> NameID { intern(name.utf8) }

  /// The id of `name` if it is in the table. Only for tables built by `intern`, or after `index()`.
  public func id(of name: UnsafeRawBufferPointer) -> NameID? {
    guard !slots.isEmpty else { return nil }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: Self.hash(name)) & mask
    while slots[slot] != 0 {
      let id = NameID(rawValue: slots[slot] - 1)
      if equals(id, name) { return id }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Makes a table that was taken over from bytes searchable by name.
  public mutating func index() {
    if slots.isEmpty { rebuild(size: Self.size(for: ends.count)) }
  }

  public func withBytes<R>(_ id: NameID, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range(id)])) }
  }

  public mutating func removeAll(keepingCapacity: Bool) {
    bytes.removeAll(keepingCapacity: keepingCapacity)
    ends.removeAll(keepingCapacity: keepingCapacity)
    for slot in slots.indices { slots[slot] = 0 }
  }

  private func equals(_ id: NameID, _ name: UnsafeRawBufferPointer) -> Bool {
    let range = range(id)
    guard range.count == name.count else { return false }
    guard let other = name.baseAddress, !name.isEmpty else { return true }
    // SAFETY: a name's range lies within `bytes`, and `other` has as many bytes.
    return bytes.withUnsafeBytes { Self.areSame($0.baseAddress! + range.lowerBound, other, count: range.count) }
  }

  private mutating func grow() { rebuild(size: Self.size(for: max(ends.count * 2, 32))) }

  private static func size(for count: Int) -> Int {
    var size = 64
    while size < count * 2 { size *= 2 }
    return size
  }

  private mutating func rebuild(size: Int) {
    slots = [UInt32](repeating: 0, count: size)
    let mask = size - 1
    for index in ends.indices {
      let hash = withBytes(NameID(rawValue: UInt32(index))) { Self.hash($0) }
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(index + 1)
    }
  }

  /// Eight bytes at a time, multiply and fold: quick on the short names that source is made of. What is left at the end
  /// is read together with bytes before it, so that no byte is read alone.
  @inline(__always)
  private static func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
    let count = name.count
    guard let start = name.baseAddress, count > 0 else { return 0 }
    let seed = UInt64(count) &* 0x9E37_79B9_7F4A_7C15
    // SAFETY: every load lies within the first `count` bytes.
    if count > 8 {
      var hash = seed
      var offset = 0
      while offset + 8 < count {
        hash = fold(hash ^ start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        offset += 8
      }
      return fold(hash ^ start.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
    }
    return fold(seed ^ short(start, count))
  }

  /// One to eight bytes as a number, different for different bytes of one length.
  @inline(__always)
  private static func short(_ start: UnsafeRawPointer, _ count: Int) -> UInt64 {
    // SAFETY: every load lies within the first `count` bytes.
    if count >= 4 {
      let low = start.loadUnaligned(as: UInt32.self)
      let high = start.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
      return UInt64(high) << 32 | UInt64(low)
    }
    let middle = start.load(fromByteOffset: count / 2, as: UInt8.self)
    let last = start.load(fromByteOffset: count - 1, as: UInt8.self)
    return UInt64(start.load(as: UInt8.self)) << 16 | UInt64(middle) << 8 | UInt64(last)
  }

  @inline(__always)
  private static func areSame(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, count: Int) -> Bool {
    if count <= 8 { return count == 0 || short(a, count) == short(b, count) }
    var offset = 0
    // SAFETY: every load lies within the first `count` bytes of each.
    while offset + 8 < count {
      if a.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        != b.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      {
        return false
      }
      offset += 8
    }
    return a.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      == b.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
  }

  @inline(__always)
  private static func fold(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
