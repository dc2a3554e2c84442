import Graph

/// Writes a file's facts as the store holds them; the format is in `docs/STORE.md`. Keeps its buffers from one
/// file to the next, so one is made per thread.
struct FactsEncoder {
  /// New number of each name, in order of first use, so that the bytes do not depend on how the names came into their
  /// table.
  private var numbers: [UInt32] = []
  private var order: [UInt32] = []
  private var body: [UInt8] = []

  private static let unseen = UInt32.max
  /// No entity, and no edge, takes more bytes than this: at most eleven numbers of five bytes each, and eight bytes fixed.
  private static let longestItem = 64

  /// `renumbering` gives entities their place in the file as local id, as they have in a store that was bulk-loaded.
  mutating func encode(_ facts: FileFacts, renumbering: Bool = false) -> EncodedFacts {
    numbers.removeAll(keepingCapacity: true)
    numbers.append(contentsOf: repeatElement(Self.unseen, count: facts.names.count))
    order.removeAll(keepingCapacity: true)
    let bound = (facts.entities.count + facts.edges.count + 1) * Self.longestItem
    if body.count < bound { body = [UInt8](repeating: 0, count: bound) }
    let ends = writeBody(facts, renumbering)
    return assemble(facts, ends)
  }

  /// How many names are used up to the end of a part, and how many bytes the items take.
  private typealias PartEnd = (names: Int, items: Int)

  /// The parts are the pages of entities, then the edges.
  private mutating func writeBody(_ facts: FileFacts, _ renumbering: Bool) -> [PartEnd] {
    var naming = Naming(numbers: numbers, order: order)
    // Two owners of one array would copy it at the first write.
    numbers = []
    order = []
    let ends = body.withUnsafeMutableBufferPointer { buffer in
      var out = Output(buffer.baseAddress!)
      func end() -> PartEnd { (naming.order.count, out.next - buffer.baseAddress!) }
      out.varint(facts.lines)
      out.varint(facts.errors)
      out.varint(UInt32(facts.entities.count))
      var ends: [PartEnd] = []
      for page in 0..<EntityPage.count(entities: facts.entities.count) {
        Self.write(facts.entities, EntityPage.range(page, of: facts.entities.count), renumbering, &naming, &out)
        ends.append(end())
      }
      out.varint(UInt32(facts.edges.count))
      Self.write(facts.edges, &naming, &out)
      ends.append(end())
      return ends
    }
    numbers = naming.numbers
    order = naming.order
    return ends
  }

  private static func write(
    _ entities: [Entity], _ page: Range<Int>, _ renumbering: Bool, _ naming: inout Naming, _ out: inout Output
  ) {
    // Apart from the rest, which is much the same from one to the next, so that LZ4 finds it so.
    for index in page { out.fixed(entities[index].digest) }
    var row: UInt32 = 0
    var expected = LocalID(page.lowerBound)
    for index in page {
      let entity = entities[index]
      var head = entity.kind.rawValue
      if entity.type != .none { head |= EntityHead.type }
      if entity.parameters != .unknown { head |= EntityHead.parameters }
      out.byte(head)
      out.byte(entity.flags.rawValue)
      out.varint(entity.parent == Entity.noParent ? 0 : UInt32(index) &- entity.parent)
      let local = renumbering ? LocalID(index) : entity.local
      out.difference(local &- expected)
      expected = local &+ 1
      out.difference(entity.span.start.row &- row)
      row = entity.span.start.row
      out.varint(entity.span.start.column)
      out.difference(entity.span.end.row &- row)
      out.varint(entity.span.end.column)
      out.varint(naming.code(entity.name))
      out.varint(naming.code(entity.signature))
      if entity.type != .none { out.varint(naming.code(entity.type)) }
      if entity.parameters != .unknown {
        out.byte(entity.parameters.least)
        out.byte(entity.parameters.most)
      }
    }
  }

  private static func write(_ edges: [Edge], _ naming: inout Naming, _ out: inout Output) {
    var row: UInt32 = 0
    var from = Entity.noParent
    for edge in edges {
      var head = edge.kind.rawValue
      if edge.from != from { head |= EdgeHead.otherFrom }
      if edge.position.row != row { head |= EdgeHead.otherRow }
      if edge.qualifier != .none { head |= EdgeHead.qualifier }
      if edge.alias != .none { head |= EdgeHead.alias }
      let detail = EdgeDetail(edge)
      if !detail.isEmpty { head |= EdgeHead.detail }
      out.byte(head)
      if !detail.isEmpty { out.byte(detail.rawValue) }
      if edge.from != from { out.difference(edge.from &- from) }
      if edge.position.row != row { out.difference(edge.position.row &- row) }
      out.varint(edge.position.column)
      out.varint(naming.code(edge.name))
      if edge.qualifier != .none { out.varint(naming.code(edge.qualifier)) }
      if edge.alias != .none { out.varint(naming.code(edge.alias)) }
      if detail.contains(.receiver) { out.varint(naming.code(edge.receiver)) }
      if detail.contains(.arguments) { out.byte(edge.arguments) }
      from = edge.from
      row = edge.position.row
    }
  }

  /// Of each part the names come first, so that a reader has them all before it meets one.
  private func assemble(_ facts: FileFacts, _ ends: [PartEnd]) -> EncodedFacts {
    var nameBytes = 0
    for index in order { nameBytes += facts.names.range(NameID(rawValue: index)).count }
    let bound = (ends.count + order.count) * ByteReader.longestVarint + nameBytes + ends.last!.items
    var parts: [EncodedFacts.Part] = []
    parts.reserveCapacity(ends.count)
    let bytes = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      var out = Output(buffer.baseAddress!)
      var start: PartEnd = (0, 0)
      for end in ends {
        write(order[start.names..<end.names], of: facts.names, &out)
        write(body[start.items..<end.items], &out)
        parts.append(EncodedFacts.Part(names: end.names - start.names, end: out.next - buffer.baseAddress!))
        start = end
      }
      count = out.next - buffer.baseAddress!
    }
    return EncodedFacts(bytes: bytes, parts: parts)
  }

  private func write(_ order: ArraySlice<UInt32>, of names: NameTable, _ out: inout Output) {
    out.varint(UInt32(order.count))
    for index in order { out.varint(UInt32(names.range(NameID(rawValue: index)).count)) }
    names.bytes.withUnsafeBufferPointer { bytes in
      for index in order { out.bytes(UnsafeBufferPointer(rebasing: bytes[names.range(NameID(rawValue: index))])) }
    }
  }

  private func write(_ items: ArraySlice<UInt8>, _ out: inout Output) {
    items.withUnsafeBufferPointer { out.bytes($0) }
  }

  private struct Naming {
    var numbers: [UInt32]
    var order: [UInt32]

    /// How far back a name's number lies from the next free one; 0 for a name that has not been used yet.
    @inline(__always)
    mutating func code(_ id: NameID) -> UInt32 {
      let index = Int(id.rawValue)
      let number = numbers[index]
      if number != FactsEncoder.unseen { return UInt32(order.count) - number }
      numbers[index] = UInt32(order.count)
      order.append(id.rawValue)
      return 0
    }
  }
}

/// Facts as bytes: those of each page of entities, then those of edges.
struct EncodedFacts {
  struct Part {
    /// How many it is the first to use.
    let names: Int
    /// Where it ends.
    let end: Int
  }

  let bytes: [UInt8]
  /// Two at least.
  let parts: [Part]
}

/// So many entities of a file as are read together.
enum EntityPage {
  /// Most of a page. It is packed by itself, in about as many bytes as LZ4 looks back.
  static let size = 512

  /// One at least, so that few entities need no rule of their own.
  static func count(entities: Int) -> Int { max(1, (entities + size - 1) / size) }

  static func range(_ page: Int, of entities: Int) -> Range<Int> { page * size..<min(entities, (page + 1) * size) }
}

/// Bits of an entity's first byte; its kind stands below them.
enum EntityHead {
  static let kind: UInt8 = 0x3F
  static let type: UInt8 = 0x40
  static let parameters: UInt8 = 0x80
}

/// Bits of an edge's first byte; its kind stands below them.
enum EdgeHead {
  static let kind: UInt8 = 0x07
  static let detail: UInt8 = 0x08
  static let otherFrom: UInt8 = 0x10
  static let otherRow: UInt8 = 0x20
  static let qualifier: UInt8 = 0x40
  static let alias: UInt8 = 0x80
}

/// What few edges have; a byte after the first where any is there.
struct EdgeDetail: OptionSet {
  let rawValue: UInt8
  static let receiver = EdgeDetail(rawValue: 1)
  static let arguments = EdgeDetail(rawValue: 2)
  static let path = EdgeDetail(rawValue: 4)
  static let makes = EdgeDetail(rawValue: 8)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  @inline(__always)
  init(_ edge: Edge) {
    var bits: UInt8 = edge.receiver == .none ? 0 : 1
    if edge.arguments != Edge.unknownCount { bits |= 2 }
    if edge.isPath { bits |= 4 }
    if edge.makes { bits |= 8 }
    rawValue = bits
  }
}

/// Writes numbers one after another into memory that is known to be large enough.
private struct Output {
  var next: UnsafeMutablePointer<UInt8>

  init(_ start: UnsafeMutablePointer<UInt8>) { next = start }

  @inline(__always)
  mutating func byte(_ value: UInt8) {
    next.pointee = value
    next += 1
  }

  @inline(__always)
  mutating func varint(_ value: UInt32) {
    var value = value
    while value >= 0x80 {
      byte(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    byte(UInt8(truncatingIfNeeded: value))
  }

  @inline(__always)
  mutating func difference(_ value: UInt32) {
    varint(value << 1 ^ UInt32(bitPattern: Int32(bitPattern: value) >> 31))
  }

  @inline(__always)
  mutating func fixed(_ value: UInt32) {
    UnsafeMutableRawPointer(next).storeBytes(of: value.bigEndian, as: UInt32.self)
    next += 4
  }

  @inline(__always)
  mutating func bytes(_ source: UnsafeBufferPointer<UInt8>) {
    guard let base = source.baseAddress else { return }
    next.update(from: base, count: source.count)
    next += source.count
  }
}
