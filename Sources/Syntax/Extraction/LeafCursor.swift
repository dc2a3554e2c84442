internal import CTreeSitter

/// Tells of one stretch of a text after the other whether it lies within a single leaf of the tree. Goes through the tree once.
struct LeafCursor: ~Copyable {
  private var cursor: TSTreeCursor
  /// Where the nodes end in which the cursor is.
  private var ends: [UInt32] = []

  init(_ tree: SyntaxTree) { cursor = ts_tree_cursor_new(ts_tree_root_node(tree.tree)) }

  deinit {
    withUnsafePointer(to: cursor) { ts_tree_cursor_delete(UnsafeMutablePointer(mutating: $0)) }
  }

  /// `stretch` is not empty, and lies behind any that was asked for before.
  mutating func isInLeaf(_ stretch: Range<Int>) -> Bool {
    let (start, end) = (UInt32(stretch.lowerBound), UInt32(stretch.upperBound))
    while true {
      let node = ts_tree_cursor_current_node(&cursor)
      if ts_node_end_byte(node) < end {
        if ts_tree_cursor_goto_next_sibling(&cursor) { continue }
        // It stays where it is in a node that holds the stretch: what lies before it there need not be passed again.
        guard let around = ends.last, around < end else { return false }
        ends.removeLast()
        _ = ts_tree_cursor_goto_parent(&cursor)
      } else if ts_node_start_byte(node) > start {
        return false
      } else if ts_tree_cursor_goto_first_child(&cursor) {
        ends.append(ts_node_end_byte(node))
      } else {
        return true
      }
    }
  }
}
