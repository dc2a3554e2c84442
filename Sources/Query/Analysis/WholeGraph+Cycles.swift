import Graph

extension WholeGraph {
  /// What cycles are made of.
  public enum CycleKind: String, CaseIterable, Sendable {
    /// Entities that call each other.
    case calls
    /// Files that import each other, or something in each other.
    case imports
  }

  /// Sets of nodes of which each leads to each other (strongly connected components of two or more), the largest first. O(links).
  public func cycles(of kind: CycleKind) -> [[Node]] {
    let edges = kind == .calls ? self.edges { $0 == .calls } : fileEdges()
    return edges.components().filter { $0.count > 1 }.map { $0.sorted() }
      .sorted { $0.count != $1.count ? $0.count > $1.count : $0[0] < $1[0] }
  }

  /// Links of some kinds, as lists of successors in one array.
  func edges(_ isWanted: (EdgeKind) -> Bool) -> Adjacency {
    var edges = Adjacency()
    for node in 0..<count {
      var last = -1
      forEachLink(from: node) { target, kind in
        if isWanted(kind), target != last { edges.targets.append(UInt32(target)) }
        if isWanted(kind) { last = target }
      }
      edges.starts.append(edges.targets.count)
    }
    return edges
  }

  /// Imports, from file to file: other nodes have none.
  private func fileEdges() -> Adjacency {
    var edges = Adjacency()
    var ends = files.dropFirst().map(\.node)
    ends.append(count)
    for (file, end) in zip(files, ends) {
      var imported: Set<Node> = []
      for node in file.node..<end {
        forEachLink(from: node) { target, kind in if kind == .imports { imported.insert(self.file(of: target).node) } }
      }
      imported.remove(file.node)
      edges.targets += imported.sorted().map { UInt32($0) }
      edges.starts += repeatElement(edges.targets.count, count: end - file.node)
    }
    return edges
  }
}

/// A directed graph: each node's successors in one array.
struct Adjacency {
  /// One more than there are nodes.
  var starts: [Int] = [0]
  var targets: [UInt32] = []

  var count: Int { starts.count - 1 }

  /// Strongly connected components, by Tarjan's algorithm without recursion. O(nodes + edges).
  func components() -> [[Int]] {
    var search = ComponentSearch(self)
    for node in 0..<count where search.order[node] == 0 { search.visit(node) }
    return search.components
  }
}

private struct ComponentSearch {
  private let graph: Adjacency
  /// When a node was first met, from 1; 0 for never.
  private(set) var order: [UInt32]
  /// The earliest node on the stack that it leads to.
  private var low: [UInt32]
  private var isOpen: [Bool]
  private var open: [Int] = []
  private var met: UInt32 = 0
  private(set) var components: [[Int]] = []

  init(_ graph: Adjacency) {
    self.graph = graph
    order = [UInt32](repeating: 0, count: graph.count)
    low = order
    isOpen = [Bool](repeating: false, count: graph.count)
  }

  mutating func visit(_ root: Int) {
    var calls = [enter(root)]
    while let (node, next) = calls.last {
      if next < graph.starts[node + 1] {
        calls[calls.count - 1].next += 1
        let target = Int(graph.targets[next])
        if order[target] == 0 {
          calls.append(enter(target))
        } else if isOpen[target] {
          low[node] = min(low[node], order[target])
        }
      } else {
        calls.removeLast()
        if let caller = calls.last?.node { low[caller] = min(low[caller], low[node]) }
        if low[node] == order[node] { close(node) }
      }
    }
  }

  private mutating func enter(_ node: Int) -> (node: Int, next: Int) {
    met += 1
    order[node] = met
    low[node] = met
    open.append(node)
    isOpen[node] = true
    return (node, graph.starts[node])
  }

  private mutating func close(_ node: Int) {
    let first = open.lastIndex(of: node)!
    for member in open[first...] { isOpen[member] = false }
    components.append(Array(open[first...]))
    open.removeSubrange(first...)
  }
}
