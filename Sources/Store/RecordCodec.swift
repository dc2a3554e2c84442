import Graph
import Platform

/// A row of `files`: the file's id and its record, in 80 bytes of big-endian numbers, then a seal of these and the path.
enum RecordCodec {
  private static let fields = 80
  static let size = fields + Seal.size
  private static let racy: UInt8 = 1
  private static let linked: UInt8 = 2
  private static let unconfirmed: UInt8 = 4

  static func encode(_ path: [UInt8], _ file: FileID, _ record: FileRecord) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    bytes.append(bigEndian: file.rawValue)
    bytes.append(bigEndian: record.language.rawValue)
    bytes.append(record.problem?.rawValue ?? 0)
    bytes.append((record.racy ? racy : 0) | (record.linked ? linked : 0) | (record.unconfirmed ? unconfirmed : 0))
    bytes.append(bigEndian: record.lines)
    bytes.append(bigEndian: record.errors)
    bytes.append(bigEndian: record.entities)
    bytes.append(bigEndian: record.edges)
    bytes.append(bigEndian: record.stamp.size)
    bytes.append(bigEndian: record.stamp.modified)
    bytes.append(bigEndian: record.stamp.changed)
    bytes.append(bigEndian: record.stamp.inode)
    bytes.append(bigEndian: record.stamp.device)
    bytes.append(bigEndian: record.hash.high)
    bytes.append(bigEndian: record.hash.low)
    bytes.append(bigEndian: bytes.withUnsafeBytes { bytes in path.withUnsafeBytes { seal(bytes, path: $0) } })
    return bytes
  }

  private static func seal(_ fields: UnsafeRawBufferPointer, path: UnsafeRawBufferPointer) -> UInt32 {
    ContentHashing.hash32(fields) ^ ContentHashing.hash32(path)
  }

  static func decode(
    _ bytes: UnsafeRawBufferPointer, path: UnsafeRawBufferPointer
  ) throws(MalformedBytes) -> (FileID, FileRecord) {
    // Many are read at a start, so their length is checked once for all fields.
    guard bytes.count == size else { throw MalformedBytes(detail: "a file's record of \(bytes.count) bytes") }
    let sealed = UnsafeRawBufferPointer(rebasing: bytes[..<fields])
    let stored = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: fields, as: UInt32.self))
    guard stored == seal(sealed, path: path) else { throw Seal.broken }
    func number<T: FixedWidthInteger>(at offset: Int, _ type: T.Type) -> T {
      T(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
    }
    let problem = FileProblem(rawValue: bytes[6])
    if problem == nil && bytes[6] != 0 { throw MalformedBytes(detail: "a file's problem") }
    let stamp = FileStamp(
      size: number(at: 24, UInt64.self), modified: number(at: 32, Int64.self), changed: number(at: 40, Int64.self),
      inode: number(at: 48, UInt64.self), device: number(at: 56, UInt64.self))
    let record = FileRecord(
      stamp: stamp, hash: ContentHash(high: number(at: 64, UInt64.self), low: number(at: 72, UInt64.self)),
      language: LanguageID(rawValue: number(at: 4, UInt16.self)), lines: number(at: 8, UInt32.self),
      errors: number(at: 12, UInt32.self), entities: number(at: 16, UInt32.self), edges: number(at: 20, UInt32.self),
      problem: problem, racy: bytes[7] & racy != 0, linked: bytes[7] & linked != 0,
      unconfirmed: bytes[7] & unconfirmed != 0)
    return (FileID(rawValue: number(at: 0, UInt32.self)), record)
  }
}
