import CLZ4
import Graph

/// A value of the table `facts`: how many bytes the encoded facts have, those of entities and all, these as one LZ4 block, and
/// a seal. Most come to a third of their size so, and the pages saved cost more to write and to read than the block.
enum FactsValue {
  /// What of facts is read.
  enum Part {
    /// All but edges, and names that only these use.
    case entities
    case whole
  }

  /// No byte of a block stands for more, so a size beyond that is not believed.
  private static let greatestRatio = 255

  static func closed(_ facts: EncodedFacts) -> [UInt8] {
    let bound = LZ4_compressBound(Int32(facts.bytes.count))
    precondition(bound > 0, "facts are at most about twice the text, and that is at most 1 GiB")
    return withUnsafeTemporaryAllocation(byteCount: Int(bound), alignment: 1) { block in
      let size = facts.bytes.withUnsafeBytes { facts in
        LZ4_compress_default(facts.baseAddress, block.baseAddress, Int32(facts.count), bound)
      }
      var value: [UInt8] = []
      value.reserveCapacity(2 * ByteReader.longestVarint + Int(size) + Seal.size)
      value.append(varint: UInt32(facts.entitiesSize))
      value.append(varint: UInt32(facts.bytes.count))
      value.append(contentsOf: block[..<Int(size)])
      Seal.close(&value)
      return value
    }
  }

  /// Facts, or those of entities, for which no more than these is unpacked.
  static func opened(_ value: UnsafeRawBufferPointer, _ part: Part) throws(MalformedBytes) -> FileFacts {
    var reader = ByteReader(try Seal.opened(value))
    let entitiesSize = Int(try reader.varint())
    let size = Int(try reader.varint())
    let block = try reader.take(reader.remaining)
    guard entitiesSize <= size, size <= block.count * greatestRatio else { throw broken }
    let wanted = part == .whole ? size : entitiesSize
    let facts = UnsafeMutableRawBufferPointer.allocate(byteCount: wanted, alignment: 1)
    defer { facts.deallocate() }
    let read = unpack(block, into: facts, part)
    guard read == wanted else { throw broken }
    return try FactsCodec.decode(UnsafeRawBufferPointer(facts), part)
  }

  /// Returns how many bytes there are.
  private static func unpack(
    _ block: UnsafeRawBufferPointer, into facts: UnsafeMutableRawBufferPointer, _ part: Part
  ) -> Int {
    let (size, room) = (Int32(block.count), Int32(facts.count))
    return switch part {
    case .entities: Int(LZ4_decompress_safe_partial(block.baseAddress, facts.baseAddress, size, room, room))
    case .whole: Int(LZ4_decompress_safe(block.baseAddress, facts.baseAddress, size, room))
    }
  }

  private static var broken: MalformedBytes { MalformedBytes(detail: "its block cannot be read") }
}
