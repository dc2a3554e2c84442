import Graph

/// A row of `paths`: the file's language, and its path, which a seal covers. What asks where many files are, and of what
/// language, has to read no records.
enum PathCodec {
  static func encode(_ path: [UInt8], _ language: LanguageID) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(MemoryLayout<LanguageID>.size + path.count + Seal.size)
    bytes.append(bigEndian: language.rawValue)
    bytes.append(contentsOf: path)
    Seal.close(&bytes)
    return bytes
  }

  static func decode(
    _ bytes: UnsafeRawBufferPointer
  ) throws(MalformedBytes) -> (language: LanguageID, path: UnsafeRawBufferPointer) {
    var reader = ByteReader(try Seal.opened(bytes))
    let language = LanguageID(rawValue: try reader.bigEndian(UInt16.self))
    return (language, try reader.take(reader.remaining))
  }
}
