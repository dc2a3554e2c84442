public import Graph

/// Facts of a file as bytes. Two equal facts give equal bytes, whatever the history of their names' table.
public enum FactsCodec {
  /// O(size). Local ids are kept, or are those of a file that was never changed.
  public static func encode(_ facts: FileFacts, renumbering: Bool = false) -> [UInt8] {
    var encoder = FactsEncoder()
    return encoder.encode(facts, renumbering: renumbering).bytes
  }

  /// O(size). Throws ``StoreError/damaged(path:detail:)`` if the bytes are not facts; whatever it returns is sound:
  /// every name, parent and `from` is in range.
  public static func decode(_ bytes: UnsafeRawBufferPointer) throws(StoreError) -> FileFacts {
    do throws(MalformedBytes) {
      return try decode(bytes, .whole)
    } catch {
      throw StoreError.damaged(path: "facts", detail: error.detail)
    }
  }

  /// `bytes` hold the part and nothing else.
  static func decode(_ bytes: UnsafeRawBufferPointer, _ part: FactsValue.Part) throws(MalformedBytes) -> FileFacts {
    var reader = ByteReader(bytes)
    var naming = Naming()
    try naming.decode(&reader)
    var facts = FileFacts(lines: try reader.varint(), errors: try reader.varint())
    facts.entities = try decodeEntities(&reader, &naming)
    if part == .whole {
      try naming.decode(&reader)
      facts.edges = try decodeEdges(facts.entities.count, &reader, &naming)
    }
    try reader.requireEnd()
    facts.names = try naming.table()
    return facts
  }

  /// A count of things still to come, checked before memory is set aside for them.
  private static func count(_ reader: inout ByteReader, leastSize: Int) throws(MalformedBytes) -> Int {
    let count = Int(try reader.varint())
    guard count * leastSize <= reader.remaining else { throw MalformedBytes(detail: "a count is too large") }
    return count
  }

  private static func decodeEntities(
    _ reader: inout ByteReader, _ naming: inout Naming
  ) throws(MalformedBytes) -> [Entity] {
    let count = try count(&reader, leastSize: 14)
    var entities: [Entity] = []
    entities.reserveCapacity(count)
    var digests = ByteReader(try reader.take(count * MemoryLayout<UInt32>.size))
    var row: UInt32 = 0
    var expected: LocalID = 0
    for index in 0..<count {
      let head = try reader.byte()
      guard let kind = EntityKind(rawValue: head & EntityHead.kind) else {
        throw MalformedBytes(detail: "an entity's kind")
      }
      let flags = EntityFlags(rawValue: try reader.byte())
      let up = try reader.varint()
      guard up <= UInt32(index) else { throw MalformedBytes(detail: "an entity's parent") }
      let local = expected &+ (try reader.difference())
      expected = local &+ 1
      row = row &+ (try reader.difference())
      let start = Position(row: row, column: try reader.varint())
      let end = Position(row: row &+ (try reader.difference()), column: try reader.varint())
      let digest = try digests.bigEndian(UInt32.self)
      let name = try naming.name(&reader)
      let signature = try naming.name(&reader)
      let type = head & EntityHead.type != 0 ? try naming.name(&reader) : .none
      var parameters = ParameterCount.unknown
      if head & EntityHead.parameters != 0 {
        parameters = ParameterCount(least: try reader.byte(), most: try reader.byte())
      }
      entities.append(
        Entity(
          kind: kind, flags: flags, parameters: parameters, name: name,
          signature: signature, type: type,
          parent: up == 0 ? Entity.noParent : EntityIndex(index) - up, local: local,
          span: Span(start: start, end: end), digest: digest))
    }
    return entities
  }

  private static func decodeEdges(
    _ entityCount: Int, _ reader: inout ByteReader, _ naming: inout Naming
  ) throws(MalformedBytes) -> [Edge] {
    let count = try count(&reader, leastSize: 3)
    var edges: [Edge] = []
    edges.reserveCapacity(count)
    var row: UInt32 = 0
    var from = Entity.noParent
    for _ in 0..<count {
      let head = try reader.byte()
      guard let kind = EdgeKind(rawValue: head & EdgeHead.kind) else { throw MalformedBytes(detail: "an edge's kind") }
      let detail = EdgeDetail(rawValue: head & EdgeHead.detail != 0 ? try reader.byte() : 0)
      if head & EdgeHead.otherFrom != 0 { from = from &+ (try reader.difference()) }
      guard from == Entity.noParent || from < UInt32(entityCount) else {
        throw MalformedBytes(detail: "an edge's source")
      }
      if head & EdgeHead.otherRow != 0 { row = row &+ (try reader.difference()) }
      let column = try reader.varint()
      let name = try naming.name(&reader)
      let qualifier = head & EdgeHead.qualifier != 0 ? try naming.name(&reader) : .none
      let alias = head & EdgeHead.alias != 0 ? try naming.name(&reader) : .none
      let receiver = detail.contains(.receiver) ? try naming.name(&reader) : .none
      let arguments = detail.contains(.arguments) ? try reader.byte() : Edge.unknownCount
      edges.append(
        Edge(
          kind: kind, from: from, name: name, qualifier: qualifier, isPath: detail.contains(.path),
          makes: detail.contains(.makes), receiver: receiver, alias: alias, arguments: arguments,
          position: Position(row: row, column: column)))
    }
    return edges
  }

  /// The names read so far, and how many of them have been used.
  private struct Naming {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []
    private var next: UInt32 = 0

    /// Takes in the names of a part: their number, their lengths, their bytes.
    mutating func decode(_ reader: inout ByteReader) throws(MalformedBytes) {
      guard next == ends.count else { throw Self.unused }
      let count = try FactsCodec.count(&reader, leastSize: 1)
      ends.reserveCapacity(ends.count + count)
      let start = bytes.count
      var size = 0
      for _ in 0..<count {
        size += Int(try reader.varint())
        guard size <= reader.remaining else { throw MalformedBytes(detail: "a name is cut off") }
        ends.append(UInt32(start + size))
      }
      bytes.append(contentsOf: try reader.take(size))
    }

    @inline(__always)
    mutating func name(_ reader: inout ByteReader) throws(MalformedBytes) -> NameID {
      let back = try reader.varint()
      guard back <= next, back > 0 || next < ends.count else { throw MalformedBytes(detail: "a name's number") }
      defer { if back == 0 { next += 1 } }
      return NameID(rawValue: next - back)
    }

    func table() throws(MalformedBytes) -> NameTable {
      guard next == ends.count else { throw Self.unused }
      return NameTable(bytes: bytes, ends: ends)
    }

    private static var unused: MalformedBytes { MalformedBytes(detail: "names that nothing uses") }
  }
}
