import Graph
import Platform

/// How names and paths become keys. LMDB's keys are at most 511 bytes; longer names and paths share a key of exactly
/// that length with whatever has the same start and hash, and whoever looks one up compares it in full.
enum Key {
  static let longest = 511
  static let hashSize = 8
  static let idSize = 4
  /// What is left of a long name or path at the start of its key.
  static let namePrefix = longest - hashSize
  static let pathPrefix = longest - hashSize - idSize

  /// True if a name or path of this length is not its own key.
  @inline(__always)
  static func isLong(_ count: Int) -> Bool { count >= longest }

  /// Calls `body` with the key of a name, which must not be empty.
  @inline(__always)
  static func withName<R, E: Error>(
    _ name: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    if !isLong(name.count) { return try body(name) }
    let key = start(name, namePrefix)
    return try key.withUnsafeBufferPointer { (bytes) throws(E) -> R in try body(UnsafeRawBufferPointer(bytes)) }
  }

  /// Key of a path in `files`. Long ones end in the file's id, so that no two files ever have the same key.
  static func path(_ path: [UInt8], _ file: FileID) -> [UInt8] {
    isLong(path.count) ? pathStart(path) + bigEndian(file.rawValue) : path
  }

  /// What all files with this long path's start and hash have in common.
  static func pathStart(_ path: [UInt8]) -> [UInt8] {
    path.withUnsafeBytes { start($0, pathPrefix) }
  }

  static func bigEndian<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { [UInt8]($0) }
  }

  private static func start(_ bytes: UnsafeRawBufferPointer, _ prefix: Int) -> [UInt8] {
    [UInt8](bytes[..<prefix]) + bigEndian(ContentHashing.hash128(bytes).low)
  }
}
