import CLZ4

/// A value of the table `facts`: how many bytes the encoded facts have, these as one LZ4 block, and a seal. Most come to a
/// third of their size so, and the pages saved cost more to write and to read than the block.
enum FactsValue {
  /// No byte of a block stands for more, so a size beyond that is not believed.
  private static let greatestRatio = 255

  static func closed(_ facts: [UInt8]) -> [UInt8] {
    let bound = LZ4_compressBound(Int32(facts.count))
    precondition(bound > 0, "facts are at most about twice the text, and that is at most 1 GiB")
    return withUnsafeTemporaryAllocation(byteCount: Int(bound), alignment: 1) { block in
      let size = facts.withUnsafeBytes { facts in
        LZ4_compress_default(facts.baseAddress, block.baseAddress, Int32(facts.count), bound)
      }
      var value: [UInt8] = []
      value.reserveCapacity(ByteReader.longestVarint + Int(size) + Seal.size)
      value.append(varint: UInt32(facts.count))
      value.append(contentsOf: block[..<Int(size)])
      Seal.close(&value)
      return value
    }
  }

  /// Calls `body` with the encoded facts.
  static func withOpened<R>(
    _ value: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(MalformedBytes) -> R
  ) throws(MalformedBytes) -> R {
    var reader = ByteReader(try Seal.opened(value))
    let size = Int(try reader.varint())
    let block = try reader.take(reader.remaining)
    guard size <= block.count * greatestRatio else { throw broken }
    let facts = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
    defer { facts.deallocate() }
    let read = LZ4_decompress_safe(block.baseAddress, facts.baseAddress, Int32(block.count), Int32(size))
    guard read == size else { throw broken }
    return try body(UnsafeRawBufferPointer(facts))
  }

  private static var broken: MalformedBytes { MalformedBytes(detail: "its block cannot be read") }
}
