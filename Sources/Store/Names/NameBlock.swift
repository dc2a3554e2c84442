import Glibc

/// A row of the table `names`: keys of `definitions` that follow one another, the first of them also its key. Its value is a
/// signature and a list of the keys, each with a seal of its own, since most rows are passed over for their signature. In the list
/// each key is how many bytes it begins with are those of the one before, how many more there are, and these.
struct NameBlock {
  /// Of key and value, so that LMDB puts two on a page.
  static let room = 2030
  private static let fixedSize = NameSignature.size + 2 * Seal.size

  private(set) var first: [UInt8] = []
  private var last: [UInt8] = []
  private var list: [UInt8] = []
  private var signature = NameSignature()

  var isEmpty: Bool { first.isEmpty }

  /// False, and nothing is done, if there is no room for it. Names come in order, none of them empty.
  mutating func append(_ name: UnsafeRawBufferPointer) -> Bool {
    var shared = 0
    while shared < min(last.count, name.count), last[shared] == name[shared] { shared += 1 }
    let rest = UnsafeRawBufferPointer(rebasing: name[shared...])
    let size = list.count + 2 * ByteReader.longestVarint + rest.count
    if !isEmpty, size + first.count + Self.fixedSize > Self.room { return false }
    if isEmpty { first = Array(name) }
    last.removeSubrange(shared...)
    last.append(contentsOf: rest)
    list.append(varint: UInt32(shared))
    list.append(varint: UInt32(rest.count))
    list.append(contentsOf: rest)
    // Of a long name the key has the beginning only.
    if Key.isLong(name.count) { signature.insertAnything() } else { signature.insert(name) }
    return true
  }

  var value: [UInt8] {
    var value: [UInt8] = []
    value.reserveCapacity(Self.fixedSize + list.count)
    signature.append(to: &value)
    Seal.close(&value)
    return value + Seal.closed(list)
  }

  /// The fewest blocks, as full as each other, that hold some names in order.
  static func blocks(of names: ArraySlice<[UInt8]>) -> [NameBlock] {
    if names.isEmpty { return [] }
    var block = NameBlock()
    if names.allSatisfy({ name in name.withUnsafeBytes { block.append($0) } }) { return [block] }
    let middle = (names.startIndex + names.endIndex) / 2
    return blocks(of: names[..<middle]) + blocks(of: names[middle...])
  }

  // MARK: Reading

  static func signature(of value: UnsafeRawBufferPointer) throws(MalformedBytes) -> NameSignature {
    NameSignature(try Seal.opened(try part(of: value, 0..<NameSignature.size + Seal.size)))
  }

  fileprivate static func part(
    of value: UnsafeRawBufferPointer, _ range: Range<Int>
  ) throws(MalformedBytes) -> UnsafeRawBufferPointer {
    guard value.count >= fixedSize else { throw MalformedBytes(detail: "it is cut off") }
    return UnsafeRawBufferPointer(rebasing: value[range])
  }
}

/// Goes through the names of a block.
struct NameReader: ~Copyable {
  private var list: ByteReader
  private let buffer: UnsafeMutableRawBufferPointer
  private var count = 0

  init(_ value: UnsafeRawBufferPointer) throws(MalformedBytes) {
    list = ByteReader(try Seal.opened(try NameBlock.part(of: value, NameSignature.size + Seal.size..<value.count)))
    buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Key.longest, alignment: 1)
  }

  deinit { buffer.deallocate() }

  /// Until the next one is gone to.
  var name: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[..<count]) }

  /// False at the end.
  mutating func next() throws(MalformedBytes) -> Bool {
    if list.isAtEnd { return false }
    let shared = Int(try list.varint())
    let rest = try list.take(Int(try list.varint()))
    guard shared <= count, !rest.isEmpty, shared + rest.count <= buffer.count else {
      throw MalformedBytes(detail: "a name that follows no other")
    }
    memcpy(buffer.baseAddress! + shared, rest.baseAddress!, rest.count)
    count = shared + rest.count
    return true
  }
}
