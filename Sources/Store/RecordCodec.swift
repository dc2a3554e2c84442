import Graph

/// A row of `files`: the file's id and its record, in 80 bytes of big-endian numbers.
enum RecordCodec {
  static let size = 80
  private static let racy: UInt8 = 1
  private static let linked: UInt8 = 2
  private static let unconfirmed: UInt8 = 4

  static func encode(_ file: FileID, _ record: FileRecord) -> [UInt8] {
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
    return bytes
  }

  static func decode(_ bytes: UnsafeRawBufferPointer) throws(MalformedBytes) -> (FileID, FileRecord) {
    var reader = ByteReader(bytes)
    let file = FileID(rawValue: try reader.bigEndian(UInt32.self))
    let language = LanguageID(rawValue: try reader.bigEndian(UInt16.self))
    let problemCode = try reader.byte()
    let problem = FileProblem(rawValue: problemCode)
    if problem == nil && problemCode != 0 { throw MalformedBytes(detail: "a file's problem") }
    let flags = try reader.byte()
    let lines = try reader.bigEndian(UInt32.self)
    let errors = try reader.bigEndian(UInt32.self)
    let entities = try reader.bigEndian(UInt32.self)
    let edges = try reader.bigEndian(UInt32.self)
    let stamp = FileStamp(
      size: try reader.bigEndian(UInt64.self), modified: try reader.bigEndian(Int64.self),
      changed: try reader.bigEndian(Int64.self), inode: try reader.bigEndian(UInt64.self),
      device: try reader.bigEndian(UInt64.self))
    let hash = ContentHash(high: try reader.bigEndian(UInt64.self), low: try reader.bigEndian(UInt64.self))
    try reader.requireEnd()
    let record = FileRecord(
      stamp: stamp, hash: hash, language: language, lines: lines, errors: errors, entities: entities, edges: edges,
      problem: problem, racy: flags & racy != 0, linked: flags & linked != 0,
      unconfirmed: flags & unconfirmed != 0)
    return (file, record)
  }
}
