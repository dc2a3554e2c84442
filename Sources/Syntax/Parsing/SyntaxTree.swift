internal import CTreeSitter

/// The syntax tree of one version of a file.
// SAFETY: has one owner at a time; it moves between threads with that owner and is never used by two at once.
public final class SyntaxTree: @unchecked Sendable {
  let tree: OpaquePointer
  /// The most that a parse of the whole text takes, in bytes: what the last one took, and each reparse since.
  let memory: Int
  /// Where it lies, if it is dropped with all that lies there.
  private let arena: ParseArena?
  private var isAbandoned = false

  init(_ tree: OpaquePointer, memory: Int, in arena: ParseArena?) {
    self.tree = tree
    self.memory = memory
    self.arena = arena
  }

  deinit {
    if isAbandoned { return }
    if let arena { arena.drop(tree) } else { ts_tree_delete(tree) }
  }

  /// It is in a state in which it can be neither used nor freed.
  func abandon() {
    isAbandoned = true
    ParserMemory.lose(memory)
  }

  var isInArena: Bool { arena != nil }

  /// True if the parser met anything that it could not read. What such a tree looks like can depend on the edits that
  /// led to it.
  public var hasErrors: Bool { ts_node_has_error(ts_tree_root_node(tree)) }

  /// Tells the tree of a change of its text, so that it can serve as the old tree of the next parse.
  func apply(_ edit: TextEdit) {
    var input = TSInputEdit(
      start_byte: edit.start.byte, old_end_byte: edit.oldEnd.byte, new_end_byte: edit.newEnd.byte,
      start_point: edit.start.point, old_end_point: edit.oldEnd.point, new_end_point: edit.newEnd.point)
    ts_tree_edit(tree, &input)
  }
}

extension TextEdit.Place {
  fileprivate var point: TSPoint { TSPoint(row: position.row, column: position.column) }
}
