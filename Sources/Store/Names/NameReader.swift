import Glibc

/// Goes through a list of names: all of them, or those that hold a text and those too long to tell.
struct NameReader: ~Copyable {
  private var list: ByteReader
  private let part: NamePart?
  private let buffer: UnsafeMutableRawPointer
  private var count = 0
  /// How many rows of `definitions` the name at hand has.
  private(set) var rows = 0
  /// Where the text ends in the name at hand.
  private var end: Int?

  /// `value` is one of the table `names`.
  init(_ value: UnsafeRawBufferPointer, holding part: NamePart? = nil) throws(MalformedBytes) {
    list = ByteReader(try Seal.opened(value))
    self.part = part
    buffer = UnsafeMutableRawPointer.allocate(byteCount: Key.longest + NamePart.slack, alignment: 1)
    buffer.initializeMemory(as: UInt8.self, repeating: 0, count: Key.longest + NamePart.slack)
  }

  deinit { buffer.deallocate() }

  /// Until the next one is gone to.
  var name: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: buffer, count: count) }

  /// False at the end.
  mutating func next() throws(MalformedBytes) -> Bool {
    while !list.isAtEnd {
      let shared = Int(try list.varint())
      let rest = try list.take(Int(try list.varint()))
      guard shared <= count, !rest.isEmpty, shared + rest.count <= Key.longest else {
        throw MalformedBytes(detail: "a name that follows no other")
      }
      memcpy(buffer + shared, rest.baseAddress!, rest.count)
      rows = Int(try list.varint())
      count = shared + rest.count
      guard let part else { return true }
      // What begins like the name before holds the text where that does; if it does not there, then not in what they share.
      if end == nil || end! > shared { end = part.end(in: buffer, count, from: max(0, shared - part.count + 1)) }
      if end != nil || Key.isLong(count) { return true }
    }
    return false
  }
}
