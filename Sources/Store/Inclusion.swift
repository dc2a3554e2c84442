import Graph

/// An import by which a file takes in another's text. Bytes that the store gives are its own.
public struct Inclusion {
  /// Nil where nothing stands before the name.
  public let qualifier: UnsafeRawBufferPointer?
  public let name: UnsafeRawBufferPointer
}

// Values of the table `inclusions`. Who asks what a name means goes from file to file along these; to read all facts of each would take
// ten times as long.
extension Inclusion {
  /// Nil where there is nothing to keep.
  static func value(_ facts: FileFacts, _ language: LanguageTraits) -> [UInt8]? {
    guard language.imports.bringsAll else { return nil }
    var bytes: [UInt8] = []
    for edge in facts.edges where edge.kind == .imports {
      let qualifier = edge.qualifier == .none ? nil : facts.names[edge.qualifier]
      let name = facts.names[edge.name]
      bytes.append(varint: qualifier.map { UInt32($0.count) + 1 } ?? 0)
      bytes.append(varint: UInt32(name.count))
      bytes.append(contentsOf: qualifier ?? [])
      bytes.append(contentsOf: name)
    }
    return bytes.isEmpty ? nil : Seal.closed(bytes)
  }

  /// The next in a value.
  init(_ reader: inout ByteReader) throws(MalformedBytes) {
    let qualifier = Int(try reader.varint())
    let name = Int(try reader.varint())
    self.qualifier = qualifier == 0 ? nil : try reader.take(qualifier - 1)
    self.name = try reader.take(name)
  }
}
