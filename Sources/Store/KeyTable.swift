import Glibc
import Platform

/// The distinct keys of many files, each held once and numbered. Unlike a file's table of names it is larger than any
/// cache, so a slot keeps part of the hash: a key's bytes are only looked at if they are very likely its own.
struct KeyTable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// A power of two in number; hash in the upper half, number + 1 in the lower, 0 where empty.
  private var slots = [UInt64](repeating: 0, count: leastSlots)

  private static let leastSlots = 1 << 12

  var count: Int { ends.count }

  /// What the table takes in memory, about.
  var size: Int { bytes.count + ends.count * MemoryLayout<Int>.size + slots.count * MemoryLayout<UInt64>.size }

  func range(_ key: UInt32) -> Range<Int> { (key == 0 ? 0 : ends[Int(key) - 1])..<ends[Int(key)] }

  func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R { bytes.withUnsafeBytes { body($0) } }

  /// The number of a key, which must not be empty; a new one if it is new.
  mutating func intern(_ key: UnsafeRawBufferPointer) -> UInt32 {
    let hash = UInt64(ContentHashing.hash32(key))
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let number = UInt32(truncatingIfNeeded: slots[slot]) - 1
      if slots[slot] >> 32 == hash && equals(number, key) { return number }
      slot = (slot + 1) & mask
    }
    bytes.append(contentsOf: key)
    ends.append(bytes.count)
    slots[slot] = hash << 32 | UInt64(ends.count)
    if ends.count * 2 > slots.count { grow() }
    return UInt32(ends.count - 1)
  }

  /// Keeps the memory: as many keys are to be expected again.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    slots.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  private func equals(_ number: UInt32, _ key: UnsafeRawBufferPointer) -> Bool {
    let range = range(number)
    guard range.count == key.count else { return false }
    return bytes.withUnsafeBytes { memcmp($0.baseAddress! + range.lowerBound, key.baseAddress!, key.count) == 0 }
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: slots.count * 2)
    let mask = larger.count - 1
    for entry in slots where entry != 0 {
      var slot = Int(entry >> 32) & mask
      while larger[slot] != 0 { slot = (slot + 1) & mask }
      larger[slot] = entry
    }
    slots = larger
  }
}
