public import Graph

/// Number of a file in one environment of a store; never given to a second file.
public struct FileID: Hashable, Comparable, Sendable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  public static func < (a: FileID, b: FileID) -> Bool { a.rawValue < b.rawValue }
}

/// An entity that bears the name asked for.
public struct DefinitionRow: Hashable, Sendable {
  public let file: FileID
  public let local: LocalID
  public let kind: EntityKind

  public init(file: FileID, local: LocalID, kind: EntityKind) {
    self.file = file
    self.local = local
    self.kind = kind
  }
}

/// An entity that mentions the name asked for, or a file outside any entity (`from` is ``FactsDelta/fileScope``); once,
/// however often it does.
public struct MentionRow: Hashable, Sendable {
  public let file: FileID
  public let from: LocalID
  public let kind: EdgeKind

  public init(file: FileID, from: LocalID, kind: EdgeKind) {
    self.file = file
    self.from = from
    self.kind = kind
  }
}

/// A row of `definitions` or `mentions` as it lies in the store: file, local id, kind, big-endian, so that rows sort by
/// their bytes as they sort by their numbers.
struct IndexRow {
  static let size = 9
  /// File in the upper half, local id in the lower.
  var place: UInt64
  var kind: UInt8

  init(file: FileID, local: LocalID, kind: UInt8) {
    self.place = UInt64(file.rawValue) << 32 | UInt64(local)
    self.kind = kind
  }

  /// `bytes` must hold `size` bytes.
  @inline(__always)
  init(_ bytes: UnsafeRawPointer) {
    place = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
    kind = bytes.load(fromByteOffset: 8, as: UInt8.self)
  }

  @inline(__always)
  func write(to bytes: UnsafeMutableRawPointer) {
    bytes.storeBytes(of: place.bigEndian, as: UInt64.self)
    bytes.storeBytes(of: kind, toByteOffset: 8, as: UInt8.self)
  }

  var file: FileID { FileID(rawValue: UInt32(truncatingIfNeeded: place >> 32)) }
  var local: LocalID { LocalID(truncatingIfNeeded: place) }

  @inline(__always)
  static func precedes(_ a: IndexRow, _ b: IndexRow) -> Bool {
    a.place != b.place ? a.place < b.place : a.kind < b.kind
  }
}
