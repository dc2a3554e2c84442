internal import CTreeSitter
internal import Graph

/// A node as its parent lists it.
struct ListedNode: Equatable {
  struct Marks: OptionSet {
    let rawValue: UInt8
    static let named = Marks(rawValue: 1)
    static let extra = Marks(rawValue: 2)
    /// Without children.
    static let leaf = Marks(rawValue: 4)
    static let missing = Marks(rawValue: 8)
    /// It, or something in it, is an error or missing.
    static let error = Marks(rawValue: 16)
  }

  /// Where its parent holds the subtree.
  var id: UnsafeRawPointer
  var startByte: UInt32
  var endByte: UInt32
  var row: UInt32
  var column: UInt32
  /// `.max` for an error.
  var symbol: UInt16
  /// 0 if it stands under no field.
  var field: UInt16
  var alias: UInt16
  var marks: Marks

  /// Identity of the node within its tree.
  var key: UInt { UInt(bitPattern: id) }

  /// Identity of what the parser built for the node, which a later tree shares if the parser took it over: a node's id is
  /// the place where its parent holds the 8 bytes, pointer or small leaf itself, that are the subtree. Only as long as a
  /// tree lives that holds it.
  var subtree: UInt { id.load(as: UInt.self) }

  var isNamed: Bool { marks.contains(.named) }
  var isLeaf: Bool { marks.contains(.leaf) }
  var start: Position { Position(row: row, column: column) }
  var byteRange: Range<Int> { Int(startByte)..<Int(endByte) }
}

extension ListedNode {
  /// A node as tree-sitter's interface describes it.
  init(_ node: TSNode, field: UInt16) {
    let start = ts_node_start_point(node)
    var marks: Marks = []
    if ts_node_is_named(node) { marks.insert(.named) }
    if ts_node_is_extra(node) { marks.insert(.extra) }
    if ts_node_child_count(node) == 0 { marks.insert(.leaf) }
    if ts_node_is_missing(node) { marks.insert(.missing) }
    if ts_node_has_error(node) { marks.insert(.error) }
    self.init(
      id: node.id, startByte: ts_node_start_byte(node), endByte: ts_node_end_byte(node), row: start.row,
      column: start.column, symbol: ts_node_symbol(node), field: field,
      alias: UInt16(truncatingIfNeeded: node.context.3), marks: marks)
  }

  init(rootOf tree: SyntaxTree) { self.init(ts_tree_root_node(tree.tree), field: 0) }

  /// The node for tree-sitter's interface.
  func node(in tree: OpaquePointer) -> TSNode {
    TSNode(context: (startByte, row, column, UInt32(alias)), id: id, tree: tree)
  }
}
