internal import Graph
internal import Syntax

/// The files that were parsed last, with their trees, up to a number of bytes. Belongs to one thread.
final class TreeCache {
  struct Entry {
    var file: ParsedFile
    /// As the store holds them, local ids included.
    var facts: FileFacts
    var hash: ContentHash
  }

  /// Memory of a tree for each byte of its text: an estimate, taken from the design's measurements.
  static let treeBytesPerSourceByte = 20

  private final class Node {
    let path: TreePath
    let bytes: Int
    var entry: Entry
    // Neighbours are held by `nodes`, so a long list is not torn down link by link.
    unowned(unsafe) var newer: Node?
    unowned(unsafe) var older: Node?

    init(path: TreePath, entry: Entry, bytes: Int) {
      self.path = path
      self.entry = entry
      self.bytes = bytes
    }
  }

  let limit: Int
  private(set) var bytes = 0
  private var nodes: [TreePath: Node] = [:]
  /// Ends of a list in order of use.
  private unowned(unsafe) var oldest: Node?
  private unowned(unsafe) var newest: Node?

  /// `limit` in bytes.
  init(limit: Int) { self.limit = limit }

  /// Takes a file's entry out of the cache.
  func take(_ path: TreePath) -> Entry? {
    guard let node = nodes.removeValue(forKey: path) else { return nil }
    unlink(node)
    return node.entry
  }

  func entry(_ path: TreePath) -> Entry? { nodes[path]?.entry }

  /// Puts a file in as the one used last, and drops those used longest ago until all fit.
  func put(_ path: TreePath, _ entry: Entry) {
    _ = take(path)
    let size =
      entry.file.text.count * (Self.treeBytesPerSourceByte + 1) + entry.file.extraction.memory
      + entry.facts.entities.capacity * MemoryLayout<Entity>.stride
      + entry.facts.edges.capacity * MemoryLayout<Edge>.stride
    if size > limit { return }
    let node = Node(path: path, entry: entry, bytes: size)
    nodes[path] = node
    node.older = newest
    newest?.newer = node
    newest = node
    if oldest == nil { oldest = node }
    bytes += size
    while bytes > limit, let victim = oldest { _ = take(victim.path) }
  }

  private func unlink(_ node: Node) {
    bytes -= node.bytes
    if let newer = node.newer { newer.older = node.older } else { newest = node.older }
    if let older = node.older { older.newer = node.newer } else { oldest = node.newer }
    node.newer = nil
    node.older = nil
  }
}
