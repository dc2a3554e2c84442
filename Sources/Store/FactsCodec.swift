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
    let count = try count(&reader, leastSize: leastEntity)
    facts.entities.reserveCapacity(count)
    for page in 0..<EntityPage.count(entities: count) {
      if page > 0 { try naming.decode(&reader) }
      try decode(EntityPage.range(page, of: count), &reader, &naming, &facts.entities)
    }
    if part.holdsEdges {
      try naming.decode(&reader)
      facts.edges = try decodeEdges(facts.entities.count, &reader, &naming, part)
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

  /// Of a page alone, of which `bytes` hold that and nothing else: its entities and the names that it is the first to use, numbered
  /// from `firstName` on. `count` is of all pages.
  static func decode(
    page: Int, of count: Int, _ bytes: UnsafeRawBufferPointer, firstName: Int
  ) throws(MalformedBytes) -> (entities: [Entity], names: NameTable) {
    var reader = ByteReader(bytes)
    var naming = Naming(first: UInt32(firstName))
    try naming.decode(&reader)
    if page == 0 {
      for _ in 0..<2 { _ = try reader.varint() }
      guard try reader.varint() == count else { throw MalformedBytes(detail: "the number of entities") }
    }
    var entities: [Entity] = []
    try decode(EntityPage.range(page, of: count), &reader, &naming, &entities)
    try reader.requireEnd()
    return (entities, try naming.table())
  }

  /// The edges alone, in bytes that hold these and nothing else, of a file with so many entities, which use so many names.
  static func decodeEdges(
    _ bytes: UnsafeRawBufferPointer, entities: Int, names: Int
  ) throws(MalformedBytes) -> [Edge] {
    var reader = ByteReader(bytes)
    var naming = Naming(first: UInt32(names))
    try naming.decode(&reader)
    let edges = try decodeEdges(entities, &reader, &naming, .whole)
    try reader.requireEnd()
    return edges
  }

  /// No entity takes less.
  private static let leastEntity = 14

  private static func decode(
    _ page: Range<Int>, _ bytes: inout ByteReader, _ names: inout Naming, _ entities: inout [Entity]
  ) throws(MalformedBytes) {
    // In registers while the loop lasts.
    var (reader, naming) = (bytes, names.uses)
    defer { (bytes, names.uses) = (reader, naming) }
    guard page.count * leastEntity <= reader.remaining else { throw MalformedBytes(detail: "a page is cut off") }
    var digests = ByteReader(try reader.take(page.count * MemoryLayout<UInt32>.size))
    var row: UInt32 = 0
    var expected = LocalID(page.lowerBound)
    for index in page {
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
  }

  private static func decodeEdges(
    _ entityCount: Int, _ bytes: inout ByteReader, _ names: inout Naming, _ part: FactsValue.Part
  ) throws(MalformedBytes) -> [Edge] {
    let count = try count(&bytes, leastSize: 3)
    var edges: [Edge] = []
    var only: NameID?
    if case .mentions(let name) = part {
      only = names.number(of: name) ?? NameID.none
    } else {
      edges.reserveCapacity(count)
    }
    // In registers while the loop lasts.
    var (reader, naming) = (bytes, names.uses)
    defer { (bytes, names.uses) = (reader, naming) }
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
      if let only, name != only, kind != .imports, alias == .none { continue }
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
    /// Number of the first of them.
    private let first: UInt32
    var uses: NameUses

    init(first: UInt32 = 0) {
      self.first = first
      uses = NameUses(first: first)
    }

    /// Takes in the names of a part: their number, their lengths, their bytes.
    mutating func decode(_ reader: inout ByteReader) throws(MalformedBytes) {
      guard uses.isUsedUp else { throw Self.unused }
      let count = try FactsCodec.count(&reader, leastSize: 1)
      // Of further parts they grow as they come: to make room for each by itself would move all of them every time.
      if ends.isEmpty { ends.reserveCapacity(count) }
      let start = bytes.count
      var size = 0
      for _ in 0..<count {
        size += Int(try reader.varint())
        guard size <= reader.remaining else { throw MalformedBytes(detail: "a name is cut off") }
        ends.append(UInt32(start + size))
      }
      bytes.append(contentsOf: try reader.take(size))
      uses.end = first + UInt32(ends.count)
    }

    /// Of a name among those read so far.
    func number(of name: [UInt8]) -> NameID? {
      var start = 0
      for (index, end) in ends.enumerated() {
        if Int(end) - start == name.count, bytes[start..<Int(end)].elementsEqual(name) {
          return NameID(rawValue: first + UInt32(index))
        }
        start = Int(end)
      }
      return nil
    }

    func table() throws(MalformedBytes) -> NameTable {
      guard uses.isUsedUp else { throw Self.unused }
      return NameTable(bytes: bytes, ends: ends)
    }

    private static var unused: MalformedBytes { MalformedBytes(detail: "names that nothing uses") }
  }

  /// How far names are used: each is for the first time in the order of their numbers.
  private struct NameUses {
    private var next: UInt32
    /// One past the last that was read.
    var end: UInt32

    init(first: UInt32) {
      next = first
      end = first
    }

    var isUsedUp: Bool { next == end }

    @inline(__always)
    mutating func name(_ reader: inout ByteReader) throws(MalformedBytes) -> NameID {
      let back = try reader.varint()
      guard back <= next, back > 0 || !isUsedUp else { throw MalformedBytes(detail: "a name's number") }
      defer { if back == 0 { next += 1 } }
      return NameID(rawValue: next - back)
    }
  }
}
