/// Lists the children of a node from where libtree-sitter holds them, which takes a fourth of what its cursor takes
/// (callgrind, the 250,000 nodes of kernel/sched: 50 M instructions instead of 195 M). The layout is that of libtree-sitter
/// 0.20.7 on 64-bit little-endian machines; it is no part of the library's interface, so ``ChildLister`` compares before it
/// trusts.
///
/// A subtree is 8 bytes: with the lowest bit set a small leaf itself, else a pointer to a header before which its children
/// stand.
struct SubtreeReader: ~Copyable {
  private let tables: NodeTables
  /// The hidden nodes whose children are being read, outermost first.
  private var levels = Stack<Level>(capacity: 16)
  /// True once a child was read that was built while the parser followed several readings of the text. Hidden nodes are not looked at: those
  /// of a repetition are fragile wherever they are built.
  var hasMetFragile = false

  struct Level {
    var next: UnsafeRawPointer
    var end: UnsafeRawPointer
    /// The role of the next child that the production counts: all but extras.
    var roles: UnsafePointer<NodeTables.Role>
    var rolesEnd: UnsafePointer<NodeTables.Role>
    /// The field of the hidden node, which its children bear too.
    var inherited: UInt16

    /// The role of the next child.
    @inline(__always)
    mutating func role(isExtra: Bool) -> NodeTables.Role {
      if isExtra { return NodeTables.Role(alias: 0, field: 0) }
      if roles == rolesEnd { return NodeTables.Role(alias: 0, field: inherited) }
      var role = roles.pointee
      roles += 1
      if role.field == 0 { role.field = inherited }
      return role
    }
  }

  init(_ tables: NodeTables) { self.tables = tables }

  /// False if what stands at `node` is not what it would be in the known layout. Reads nothing but the header.
  func recognises(_ node: ListedNode, children: Int) -> Bool {
    guard MemoryLayout<UInt>.size == 8, UInt64(1).littleEndian == 1 else { return false }
    let bits = node.subtree
    guard bits & 7 == 0, let header = UnsafeRawPointer(bitPattern: bits) else { return false }
    let (size, held) = (Header.sizeBytes(header), Header.childCount(header))
    return size == node.endByte - node.startByte && Header.visibleChildren(header) == children && held > 0
      && (node.alias != 0 || tables.shown(Header.symbol(header)) == node.symbol)
  }

  /// Appends the children of `node`, anonymous ones included, to `list`.
  // SAFETY: `node` is of a living tree, and the layout has been recognised. There are as many visible children as the
  // header says, for which room is made.
  mutating func append(childrenOf node: ListedNode, to list: inout Stack<ListedNode>) {
    guard !node.isLeaf, let header = UnsafeRawPointer(bitPattern: node.subtree) else { return }
    let count = Int(Header.visibleChildren(header))
    var target = list.room(for: count)
    var place = Place(byte: node.startByte, row: node.row, column: node.column)
    var level = level(header, inherited: 0)
    // A node starts where its first child does: what stands before that is before the node.
    var isFirst = true
    while true {
      while level.next < level.end {
        let id = level.next
        level.next += 8
        let bits = id.load(as: UInt.self)
        if bits & 1 != 0 {
          if !isFirst { place.advance(Place(paddingOf: bits)) }
          let role = level.role(isExtra: bits & 8 != 0)
          let size = UInt32(truncatingIfNeeded: bits >> 56)
          if bits & 2 != 0 || role.alias != 0 {
            let symbol = UInt16(truncatingIfNeeded: bits >> 8 & 0xFF)
            target.initialize(to: listed(id, place, size, symbol, role, ListedNode.Marks(inline: bits)))
            target += 1
          }
          place.byte &+= size
          place.column &+= size
        } else {
          // SAFETY: what is not inline is a pointer.
          let header = UnsafeRawPointer(bitPattern: bits).unsafelyUnwrapped
          if !isFirst { place.advance(Header.place(header, 4)) }
          let bits = Header.bits(header)
          let role = level.role(isExtra: bits & 4 != 0)
          let children = Header.childCount(header) > 0 ? Header.visibleChildren(header) : 0
          let size = Header.place(header, 16)
          if bits & 1 != 0 || role.alias != 0 {
            if bits & Header.fragile != 0 { hasMetFragile = true }
            let marks = ListedNode.Marks(bits, isLeaf: children == 0, hasError: Header.errorCost(header) > 0)
            target.initialize(to: listed(id, place, size.byte, Header.symbol(header), role, marks))
            target += 1
          } else if children > 0 {
            levels.append(level)
            level = self.level(header, inherited: role.field)
            isFirst = true
            continue
          }
          place.advance(size)
        }
        isFirst = false
      }
      if levels.isEmpty { break }
      level = levels.removeLast()
    }
    list.fill(count)
  }

  @inline(__always)
  private func level(_ header: UnsafeRawPointer, inherited: UInt16) -> Level {
    let roles = tables.roles(of: Header.production(header))
    return Level(
      next: header - 8 * Int(Header.childCount(header)), end: header, roles: roles.start, rolesEnd: roles.end,
      inherited: inherited)
  }

  @inline(__always)
  private func listed(
    _ id: UnsafeRawPointer, _ place: Place, _ size: UInt32, _ symbol: UInt16, _ role: NodeTables.Role,
    _ marks: ListedNode.Marks
  ) -> ListedNode {
    var node = ListedNode(
      id: id, startByte: place.byte, endByte: place.byte &+ size, row: place.row, column: place.column,
      symbol: tables.shown(role.alias == 0 ? symbol : role.alias), field: role.field, alias: role.alias, marks: marks)
    if role.alias != 0 {
      node.marks.remove(.named)
      if tables.isNamed(role.alias) { node.marks.insert(.named) }
    }
    return node
  }
}

/// A place in a text, or a distance between two.
private struct Place {
  var byte: UInt32
  var row: UInt32
  var column: UInt32

  @inline(__always)
  mutating func advance(_ distance: Place) {
    byte &+= distance.byte
    row &+= distance.row
    column = distance.row > 0 ? distance.column : column &+ distance.column
  }
}

/// The fields of a subtree's header.
// SAFETY: each load lies within the 72 bytes of a header.
private enum Header {
  @inline(__always)
  private static func load(_ header: UnsafeRawPointer, _ offset: Int) -> UInt32 {
    header.load(fromByteOffset: offset, as: UInt32.self)
  }

  @inline(__always)
  private static func short(_ header: UnsafeRawPointer, _ offset: Int) -> UInt16 {
    header.load(fromByteOffset: offset, as: UInt16.self)
  }

  @inline(__always)
  static func place(_ header: UnsafeRawPointer, _ offset: Int) -> Place {
    Place(byte: load(header, offset), row: load(header, offset + 4), column: load(header, offset + 8))
  }

  @inline(__always) static func sizeBytes(_ header: UnsafeRawPointer) -> UInt32 { load(header, 16) }
  @inline(__always) static func errorCost(_ header: UnsafeRawPointer) -> UInt32 { load(header, 32) }
  @inline(__always) static func childCount(_ header: UnsafeRawPointer) -> UInt16 { short(header, 36) }
  @inline(__always) static func symbol(_ header: UnsafeRawPointer) -> UInt16 { short(header, 38) }
  /// Of the bits: the parser takes the node over from no tree.
  static let fragile: UInt16 = 1 << 3 | 1 << 4
  @inline(__always) static func bits(_ header: UnsafeRawPointer) -> UInt16 { short(header, 42) }
  /// Only of a node with children.
  @inline(__always) static func visibleChildren(_ header: UnsafeRawPointer) -> UInt32 { load(header, 48) }
  @inline(__always) static func production(_ header: UnsafeRawPointer) -> UInt16 { short(header, 66) }
}

extension ListedNode.Marks {
  /// Of a small leaf. Bits 2 and 3 are `named` and `extra`, bit 5 is `missing`.
  @inline(__always)
  fileprivate init(inline bits: UInt) {
    self.init(rawValue: UInt8(truncatingIfNeeded: bits >> 2) & 3 | Self.leaf.rawValue)
    if bits & 32 != 0 { formUnion([.missing, .error]) }
  }

  /// Of a header's bits: 1 and 2 are `named` and `extra`, 9 is `missing`.
  @inline(__always)
  fileprivate init(_ bits: UInt16, isLeaf: Bool, hasError: Bool) {
    self.init(rawValue: UInt8(truncatingIfNeeded: bits >> 1) & 3)
    if isLeaf { insert(.leaf) }
    if hasError { insert(.error) }
    if bits & 1 << 9 != 0 { formUnion([.missing, .error]) }
  }
}

extension Place {
  @inline(__always)
  fileprivate init(paddingOf bits: UInt) {
    self.init(
      byte: UInt32(truncatingIfNeeded: bits >> 48 & 0xFF), row: UInt32(truncatingIfNeeded: bits >> 40 & 0xF),
      column: UInt32(truncatingIfNeeded: bits >> 32 & 0xFF))
  }
}
