/// A key of `definitions`, and how many rows it has there.
struct ListedName: Equatable {
  let key: [UInt8]
  let rows: Int
}

/// Keys of `definitions` that follow one another: a row of the table `names`, in which they are listed, and one of `signatures`,
/// which tells most searches that they can pass over them. The first of them is the key of both. In the list each key is how many
/// bytes it begins with are those of the one before, how many more there are, these, and how many rows it has.
struct NameBlock {
  /// Of key and list, so that LMDB puts two on a page.
  static let room = 2030

  private(set) var first: [UInt8] = []
  private var last: [UInt8] = []
  private var names: [UInt8] = []
  private var combined = NameSignature()

  var isEmpty: Bool { first.isEmpty }
  /// A value of `names`.
  var list: [UInt8] { Seal.closed(names) }
  /// A value of `signatures`.
  var signature: [UInt8] { Seal.closed(combined.bytes) }

  /// False, and nothing is done, if there is no room for it. Names come in order, none of them empty.
  mutating func append(_ name: UnsafeRawBufferPointer, rows: Int) -> Bool {
    var shared = 0
    while shared < min(last.count, name.count), last[shared] == name[shared] { shared += 1 }
    let rest = UnsafeRawBufferPointer(rebasing: name[shared...])
    let size = names.count + 3 * ByteReader.longestVarint + rest.count
    if !isEmpty, size + first.count + Seal.size > Self.room { return false }
    if isEmpty { first = Array(name) }
    last.removeSubrange(shared...)
    last.append(contentsOf: rest)
    names.append(varint: UInt32(shared))
    names.append(varint: UInt32(rest.count))
    names.append(contentsOf: rest)
    names.append(varint: UInt32(clamping: rows))
    // Of a long name the key has the beginning only.
    if Key.isLong(name.count) { combined.insertAnything() } else { combined.insert(name) }
    return true
  }

  /// Adds a name to the last of some blocks, or to a new one behind it.
  static func append(_ name: UnsafeRawBufferPointer, rows: Int, to blocks: inout [NameBlock]) {
    if let last = blocks.indices.last, blocks[last].append(name, rows: rows) { return }
    var block = NameBlock()
    _ = block.append(name, rows: rows)
    blocks.append(block)
  }

  /// The fewest blocks, as full as each other, that hold some names in order.
  static func blocks(of names: ArraySlice<ListedName>) -> [NameBlock] {
    if names.isEmpty { return [] }
    var block = NameBlock()
    if names.allSatisfy({ name in name.key.withUnsafeBytes { block.append($0, rows: name.rows) } }) { return [block] }
    let middle = (names.startIndex + names.endIndex) / 2
    return blocks(of: names[..<middle]) + blocks(of: names[middle...])
  }
}
