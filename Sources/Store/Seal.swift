import Platform

/// The last four bytes of a value: a hash of what is before them, so that a value that a failing disk or another program has
/// changed is never taken for what was written. LMDB itself keeps no checksums.
enum Seal {
  static let size = 4

  static func closed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    close(&bytes)
    return bytes
  }

  /// Of the bytes from `start` on.
  @inline(__always)
  static func close(_ bytes: inout [UInt8], from start: Int = 0) {
    bytes.append(
      bigEndian: bytes.withUnsafeBytes { ContentHashing.hash32(UnsafeRawBufferPointer(rebasing: $0[start...])) })
  }

  /// What stands before the seal, if that is whole.
  static func opened(_ bytes: UnsafeRawBufferPointer) throws(MalformedBytes) -> UnsafeRawBufferPointer {
    guard bytes.count >= size else { throw broken }
    let content = UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - size)])
    let seal = bytes.loadUnaligned(fromByteOffset: content.count, as: UInt32.self)
    guard UInt32(bigEndian: seal) == ContentHashing.hash32(content) else { throw broken }
    return content
  }

  static var broken: MalformedBytes { MalformedBytes(detail: "its bytes were changed") }
}
