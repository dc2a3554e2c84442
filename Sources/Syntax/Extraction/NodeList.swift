internal import CTreeSitter

/// A node as its parent lists it.
struct ListedNode {
  var node: TSNode
  var symbol: UInt16
  /// 0 if it stands under no field.
  var field: UInt16

  /// Identity of the node within its tree.
  var key: UInt { UInt(bitPattern: node.id) }

  /// Identity of what the parser built for the node, which a later tree shares if the parser took it over: a node's id is
  /// the place where its parent holds the 8 bytes, pointer or small leaf itself, that are the subtree. Only as long as a
  /// tree lives that holds it.
  var subtree: UInt { UnsafeRawPointer(node.id).load(as: UInt.self) }
}

/// Lists the children of nodes with one cursor that is used again and again.
struct ChildLister: ~Copyable {
  private var cursor: TSTreeCursor

  init(_ node: TSNode) { cursor = ts_tree_cursor_new(node) }

  deinit {
    withUnsafePointer(to: cursor) { ts_tree_cursor_delete(UnsafeMutablePointer(mutating: $0)) }
  }

  /// Appends the children of `node`, anonymous ones included, to `list`.
  mutating func append(childrenOf node: TSNode, to list: inout [ListedNode]) {
    ts_tree_cursor_reset(&cursor, node)
    guard ts_tree_cursor_goto_first_child(&cursor) else { return }
    repeat {
      let child = ts_tree_cursor_current_node(&cursor)
      list.append(
        ListedNode(
          node: child, symbol: ts_node_symbol(child), field: ts_tree_cursor_current_field_id(&cursor)))
    } while ts_tree_cursor_goto_next_sibling(&cursor)
  }
}

extension TSNode {
  var byteRange: Range<Int> { Int(ts_node_start_byte(self))..<Int(ts_node_end_byte(self)) }
  var isLeaf: Bool { ts_node_child_count(self) == 0 }
}
