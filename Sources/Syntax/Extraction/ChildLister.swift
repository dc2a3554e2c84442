internal import CTreeSitter

/// Lists the children of nodes: first with a cursor and read directly, both, and compared; once enough of them were equal,
/// directly; should any ever differ (another libtree-sitter, with another layout), with the cursor for good.
struct ChildLister: ~Copyable {
  private var cursor: TSTreeCursor
  private var reader: SubtreeReader
  private var compared = Stack<ListedNode>()
  /// How many nodes are still to be compared; nil once one differed.
  private var left: Int?

  /// Nodes compared by one lister before it trusts. They are of source as it comes, so they hold what a language has:
  /// hidden nodes, fields, aliases, extras.
  static let comparisons = 300

  /// Of one node: to ask the cursor for a child's field costs as much as hidden nodes lie around it, and where a parser recovered from
  /// errors these may be as many as the children.
  static let mostChildren = 100

  /// `isDirect` false lists with the cursor from the start.
  init(_ grammar: Grammar, isDirect: Bool = true) {
    cursor = ts_tree_cursor_new(TSNode())
    reader = SubtreeReader(grammar.tables)
    left = isDirect ? Self.comparisons : nil
  }

  deinit {
    withUnsafePointer(to: cursor) { ts_tree_cursor_delete(UnsafeMutablePointer(mutating: $0)) }
  }

  var isDirect: Bool { left != nil }

  /// False if nothing was listed, since this was last set to it, that was built while the parser followed several readings of the text. By
  /// the cursor that cannot be told.
  var mayHaveMetFragile: Bool {
    get { !isDirect || reader.hasMetFragile }
    set { reader.hasMetFragile = newValue }
  }

  /// Appends the children of `node`, anonymous ones included, to `list`.
  @inline(__always)
  mutating func append(childrenOf node: ListedNode, in tree: OpaquePointer, to list: inout Stack<ListedNode>) {
    if node.isLeaf { return }
    if left == 0 {
      reader.append(childrenOf: node, to: &list)
    } else {
      appendCompared(node, in: tree, to: &list)
    }
  }

  private mutating func appendCompared(
    _ node: ListedNode, in tree: OpaquePointer, to list: inout Stack<ListedNode>
  ) {
    let start = list.count
    ts_tree_cursor_reset(&cursor, node.node(in: tree))
    var hasMore = ts_tree_cursor_goto_first_child(&cursor)
    guard hasMore else { return }
    while hasMore, left == nil || list.count - start < Self.mostChildren { hasMore = appendNext(to: &list) }
    guard let left else { return }
    let listed = list.count - start
    let count = hasMore ? Int(ts_node_child_count(node.node(in: tree))) : listed
    if isSame(node, list, start, of: count) {
      self.left = left - 1
      for index in listed..<count { list.append(compared[index]) }
    } else {
      self.left = nil
      while hasMore { hasMore = appendNext(to: &list) }
    }
  }

  /// Appends the child at which the cursor stands; false if it is the last.
  private mutating func appendNext(to list: inout Stack<ListedNode>) -> Bool {
    list.append(ListedNode(ts_tree_cursor_current_node(&cursor), field: ts_tree_cursor_current_field_id(&cursor)))
    return ts_tree_cursor_goto_next_sibling(&cursor)
  }

  /// Compares those of the children, of which there are `count`, that were listed.
  private mutating func isSame(
    _ node: ListedNode, _ list: borrowing Stack<ListedNode>, _ start: Int, of count: Int
  ) -> Bool {
    guard reader.recognises(node, children: count) else { return false }
    compared.cut(to: 0)
    reader.append(childrenOf: node, to: &compared)
    guard compared.count == count else { return false }
    for index in 0..<(list.count - start) where compared[index] != list[start + index] { return false }
    return true
  }
}
