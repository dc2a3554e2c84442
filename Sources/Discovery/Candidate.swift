import Glibc

/// A path that rules are asked about, with what all of them need to know of it. Valid as long as the bytes it was made
/// from.
struct Candidate: ~Copyable {
  /// The path from the top of the repository, or from the root where there is none.
  private let bytes: UnsafeBufferPointer<UInt8>
  let name: UnsafeBufferPointer<UInt8>
  let nameHash: UInt32
  /// What follows the last dot of the name; nil without a dot.
  let suffix: UnsafeBufferPointer<UInt8>?
  let suffixHash: UInt32
  let isDirectory: Bool

  init(_ bytes: UnsafeBufferPointer<UInt8>, nameStart: Int, isDirectory: Bool) {
    self.bytes = bytes
    self.isDirectory = isDirectory
    name = UnsafeBufferPointer(rebasing: bytes[nameStart...])
    var hash = ByteHash()
    var behindDot = ByteHash()
    var dot: Int?
    for index in name.indices {
      hash.add(name[index])
      behindDot.add(name[index])
      if name[index] == UInt8(ascii: ".") {
        dot = index
        behindDot = ByteHash()
      }
    }
    nameHash = hash.value
    suffixHash = behindDot.value
    suffix = dot.map { [name] in UnsafeBufferPointer(rebasing: name[($0 + 1)...]) }
  }

  func path(from base: Int) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[base...]) }
}

/// FNV-1a: names are short and a table is made from one ignore file, so spread matters more than resistance to attack.
struct ByteHash {
  private(set) var value: UInt32 = 2_166_136_261

  @inline(__always)
  mutating func add(_ byte: UInt8) { value = (value ^ UInt32(byte)) &* 16_777_619 }

  static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var hash = ByteHash()
    for byte in bytes { hash.add(byte) }
    return hash.value
  }
}

@inline(__always)
func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: [UInt8]) -> Bool {
  guard a.count == b.count else { return false }
  if a.isEmpty { return true }
  return b.withUnsafeBufferPointer { memcmp(a.baseAddress!, $0.baseAddress!, a.count) == 0 }
}
