import CLZ4
import Graph

/// A value of the table `facts`, whose layout is in `docs/STORE.md`: the pages of entities but the last, each by itself an LZ4 block
/// with a seal, then that one and the edges as another. Most facts come to a third of their size so, and the store's pages saved
/// cost more to write and to read than the blocks. The bytes are the store's own.
struct FactsValue {
  /// What of facts is read.
  enum Part {
    /// All but edges, and names that only these use.
    case entities
    /// All but those edges that are no imports, have no alias and do not bear this name.
    case mentions(of: [UInt8])
    case whole

    var holdsEdges: Bool { if case .entities = self { false } else { true } }
  }

  /// No byte of a block stands for more, so a size beyond that is not believed.
  private static let greatestRatio = 255

  /// A page before the last.
  struct Page {
    /// Number of the first name that it is the first to use.
    let firstName: Int
    /// Unpacked.
    let size: Int
    /// With its seal.
    let block: UnsafeRawBufferPointer
  }

  /// All but the last.
  let pages: [Page]
  /// Number of the first name that what is behind `pages` is the first to use.
  let lastName: Int
  /// The last page's bytes, unpacked.
  private let entitiesSize: Int
  /// The same with the edges.
  private let size: Int
  private let block: UnsafeRawBufferPointer

  static func closed(_ facts: EncodedFacts) -> [UInt8] {
    let leading = facts.parts.dropLast(2)
    var pages: [UInt8] = []
    var directory: [UInt8] = []
    var start = 0
    for page in leading {
      let before = pages.count
      pack(facts.bytes, start..<page.end, onto: &pages)
      Seal.close(&pages, from: before)
      directory.append(varint: UInt32(page.names))
      directory.append(varint: UInt32(page.end - start))
      directory.append(varint: UInt32(pages.count - before))
      start = page.end
    }
    var value: [UInt8] = []
    value.reserveCapacity(pages.count + directory.count + (facts.bytes.count - start) / 2 + 64)
    value.append(varint: UInt32(pages.count))
    value.append(contentsOf: pages)
    let tail = value.count
    value.append(varint: UInt32(leading.count))
    value.append(contentsOf: directory)
    value.append(varint: UInt32(facts.parts[leading.endIndex].end - start))
    value.append(varint: UInt32(facts.bytes.count - start))
    pack(facts.bytes, start..<facts.bytes.count, onto: &value)
    Seal.close(&value, from: tail)
    return value
  }

  private static func pack(_ bytes: [UInt8], _ range: Range<Int>, onto value: inout [UInt8]) {
    let bound = LZ4_compressBound(Int32(range.count))
    precondition(bound > 0, "facts are at most about twice the text, and that is at most 1 GiB")
    withUnsafeTemporaryAllocation(byteCount: Int(bound), alignment: 1) { block in
      let size = bytes.withUnsafeBytes { bytes in
        LZ4_compress_default(bytes.baseAddress! + range.lowerBound, block.baseAddress, Int32(range.count), bound)
      }
      value.append(contentsOf: UnsafeRawBufferPointer(rebasing: block[..<Int(size)]))
    }
  }

  /// Checks all but the pages.
  init(_ value: UnsafeRawBufferPointer) throws(MalformedBytes) {
    var reader = ByteReader(value)
    var blocks = ByteReader(try reader.take(Int(try reader.varint())))
    reader = ByteReader(try Seal.opened(try reader.take(reader.remaining)))
    var pages: [Page] = []
    var name = 0
    for _ in 0..<(try reader.varint()) {
      let names = Int(try reader.varint())
      let size = Int(try reader.varint())
      let block = try blocks.take(Int(try reader.varint()))
      guard size <= block.count * Self.greatestRatio else { throw Self.broken }
      pages.append(Page(firstName: name, size: size, block: block))
      name += names
    }
    try blocks.requireEnd()
    self.pages = pages
    lastName = name
    entitiesSize = Int(try reader.varint())
    size = Int(try reader.varint())
    block = try reader.take(reader.remaining)
    guard entitiesSize <= size, size <= block.count * Self.greatestRatio else { throw Self.broken }
  }

  /// Facts, or those of entities, for which no more than these is unpacked.
  static func opened(_ value: UnsafeRawBufferPointer, _ part: Part) throws(MalformedBytes) -> FileFacts {
    let value = try FactsValue(value)
    let leading = value.pages.reduce(0) { $0 + $1.size }
    let facts = UnsafeMutableRawBufferPointer.allocate(
      byteCount: leading + (part.holdsEdges ? value.size : value.entitiesSize), alignment: 1)
    defer { facts.deallocate() }
    var start = 0
    for page in value.pages {
      try page.unpack(into: UnsafeMutableRawBufferPointer(rebasing: facts[start..<start + page.size]))
      start += page.size
    }
    try value.unpackLast(into: UnsafeMutableRawBufferPointer(rebasing: facts[start...]), part)
    return try FactsCodec.decode(UnsafeRawBufferPointer(facts), part)
  }

  /// A page's entities, of which there are `count` in all, and the names that it is the first to use. O(page).
  func page(_ number: Int, of count: Int) throws(MalformedBytes) -> (entities: [Entity], names: NameTable) {
    guard EntityPage.count(entities: count) == pages.count + 1 else {
      throw MalformedBytes(detail: "the number of pages")
    }
    let isLast = number == pages.count
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: isLast ? entitiesSize : pages[number].size, alignment: 1)
    defer { bytes.deallocate() }
    if isLast { try unpackLast(into: bytes, .entities) } else { try pages[number].unpack(into: bytes) }
    return try FactsCodec.decode(
      page: number, of: count, UnsafeRawBufferPointer(bytes),
      firstName: isLast ? lastName : pages[number].firstName)
  }

  /// The edges, of whose names only the numbers are read. There are `count` entities. O(last page, edges).
  func edges(of count: Int) throws(MalformedBytes) -> [Edge] {
    let names = try page(pages.count, of: count).names.count
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
    defer { bytes.deallocate() }
    try unpackLast(into: bytes, .whole)
    return try FactsCodec.decodeEdges(
      UnsafeRawBufferPointer(rebasing: bytes[entitiesSize...]), entities: count, names: lastName + names)
  }

  private func unpackLast(into bytes: UnsafeMutableRawBufferPointer, _ part: Part) throws(MalformedBytes) {
    let (size, room) = (Int32(block.count), Int32(bytes.count))
    let read =
      part.holdsEdges
      ? LZ4_decompress_safe(block.baseAddress, bytes.baseAddress, size, room)
      : LZ4_decompress_safe_partial(block.baseAddress, bytes.baseAddress, size, room, room)
    guard read == room else { throw Self.broken }
  }

  fileprivate static var broken: MalformedBytes { MalformedBytes(detail: "its block cannot be read") }
}

extension FactsValue.Page {
  fileprivate func unpack(into bytes: UnsafeMutableRawBufferPointer) throws(MalformedBytes) {
    let block = try Seal.opened(block)
    let read = LZ4_decompress_safe(block.baseAddress, bytes.baseAddress, Int32(block.count), Int32(bytes.count))
    guard read == bytes.count else { throw FactsValue.broken }
  }
}
