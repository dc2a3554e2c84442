internal import CParseArena
internal import CTreeSitter
internal import Synchronization

/// Memory for one parse at a time and the tree that comes of it, which is dropped whole instead of node by node. A
/// parser's structures lie in the order in which they are made, and in the caches from the file before.
///
/// Nothing that outlives the tree may be allocated in it; so it is entered for a parser's life only, which ends with the
/// parse.
// SAFETY: `isTaken` lets in one parse at a time, whose tree has one owner.
final class ParseArena: @unchecked Sendable {
  private let arena: OpaquePointer
  private let isTaken = Atomic(false)

  /// Nil if there are not so many addresses to be had.
  init?(size: Int) {
    guard let arena = parse_arena_new(size) else { return nil }
    self.arena = arena
  }

  deinit { parse_arena_delete(arena) }

  /// Gives the arena to one parse; false while the tree of another lies in it. `drop` gives it back.
  func take() -> Bool { !isTaken.exchange(true, ordering: .acquiring) }

  /// What `body` allocates by tree-sitter lies in the arena.
  func allocating<R>(_ body: () -> R) -> R {
    parse_arena_enter(arena)
    defer { parse_arena_enter(nil) }
    return body()
  }

  /// Drops what lies in the arena, of which `tree` is all that is still in use.
  func drop(_ tree: OpaquePointer?) {
    if let tree, !parse_arena_holds_all(arena) { allocating { ts_tree_delete(tree) } }
    parse_arena_empty(arena)
    isTaken.store(false, ordering: .releasing)
  }
}
