public import Graph
public import Store

/// What the files and entities of a snapshot have to do with each other, all edges resolved, in memory: about 30 bytes an
/// entity, 5 an edge. An edge of which it is not told what it means (`ambiguous`) is no link, but its candidates are known
/// to be meant perhaps.
public struct WholeGraph: Sendable {
  /// Number of a file or an entity: a file's entities follow it, files come in byte order of their paths.
  public typealias Node = Int

  struct File {
    let id: FileID
    let path: TreePath
    let node: Node
  }

  private(set) var files: [File] = []
  /// By node; nil for files.
  private(set) var kinds: [EntityKind?] = []
  private(set) var flags: [EntityFlags] = []
  /// What it stands in: an entity or the file; a file stands in itself.
  private(set) var parents: [UInt32] = []
  /// Where a node's links begin in `targets`; one more than there are nodes.
  private(set) var starts: [Int] = [0]
  private(set) var targets: [UInt32] = []
  private(set) var linkKinds: [EdgeKind] = []
  /// By node: whether an ambiguous edge from elsewhere may mean it.
  private(set) var isMeantPerhaps: [Bool] = []
  /// By node: whether it is made from, or fulfils, something that is not in the tree.
  private(set) var hasOutsideBase: [Bool] = []
  /// Nodes by the number of the file.
  private var nodes: [UInt32: Node] = [:]

  public var count: Int { kinds.count }

  /// Resolves every edge of a snapshot. O(store): about a second for each million edges.
  init(_ query: GraphQuery) throws {
    try query.snapshot.forEachFile(below: .root) { path, file, _ in add(path, file, try query.snapshot.facts(file)) }
    isMeantPerhaps = [Bool](repeating: false, count: count)
    hasOutsideBase = isMeantPerhaps
    starts.reserveCapacity(count + 1)
    for file in files { try link(file, query) }
  }

  private mutating func add(_ path: TreePath, _ file: FileID, _ facts: FileFacts) {
    let node = count
    nodes[file.rawValue] = node
    files.append(File(id: file, path: path, node: node))
    kinds.append(nil)
    flags.append([])
    parents.append(UInt32(node))
    for entity in facts.entities {
      kinds.append(entity.kind)
      flags.append(entity.flags)
      parents.append(UInt32(entity.parent == Entity.noParent ? node : node + 1 + Int(entity.parent)))
    }
  }

  private mutating func link(_ file: File, _ query: GraphQuery) throws(StoreError) {
    guard let (path, record) = try query.snapshot.file(file.id) else { return }
    let facts = try query.snapshot.facts(file.id)
    let resolver = try query.resolver.resolver(of: file.id, path: path, record: record, facts: facts)
    var links: [(from: Node, to: Node, kind: EdgeKind)] = []
    for edge in facts.edges {
      let from = edge.from == Entity.noParent ? file.node : file.node + 1 + Int(edge.from)
      let meaning = try resolver.meaning(of: edge, .everywhere)
      switch meaning.resolution {
      case .ambiguous:
        for candidate in meaning.candidates {
          let to = node(candidate)
          if !isInside(from, to) { isMeantPerhaps[to] = true }
        }
      case .external: if edge.kind == .inherits || edge.kind == .implements { hasOutsideBase[from] = true }
      case .scope, .import, .unique:
        for candidate in meaning.candidates { links.append((from, node(candidate), edge.kind)) }
        if meaning.candidates.isEmpty {
          for other in try resolver.filesNamed(by: edge) { links.append((from, nodes[other.rawValue]!, edge.kind)) }
        }
      }
    }
    append(links, of: file, entities: facts.entities.count)
  }

  private mutating func append(_ links: [(from: Node, to: Node, kind: EdgeKind)], of file: File, entities: Int) {
    let sorted = links.sorted { ($0.from, $0.to, $0.kind.rawValue) < ($1.from, $1.to, $1.kind.rawValue) }
    var next = sorted[...]
    for node in file.node...(file.node + entities) {
      var last: (to: Node, kind: EdgeKind)?
      while let link = next.first, link.from == node {
        next.removeFirst()
        if let last, last == (link.to, link.kind) { continue }
        targets.append(UInt32(link.to))
        linkKinds.append(link.kind)
        last = (link.to, link.kind)
      }
      starts.append(targets.count)
    }
  }

  private func node(_ candidate: Candidate) -> Node {
    nodes[candidate.outline.file.rawValue]! + 1 + Int(candidate.index)
  }

  /// True if `inner` is `outer`, or stands in it.
  func isInside(_ inner: Node, _ outer: Node) -> Bool {
    var node = inner
    while node > outer, Int(parents[node]) != node { node = Int(parents[node]) }
    return node == outer
  }

  /// Nil for a file.
  public func kind(of node: Node) -> EntityKind? { kinds[node] }

  /// The file's.
  public func path(of node: Node) -> TreePath { file(of: node).path }

  /// Calls `body` with what a node is linked to, in order.
  func forEachLink(from node: Node, _ body: (Node, EdgeKind) -> Void) {
    for place in starts[node]..<starts[node + 1] { body(Int(targets[place]), linkKinds[place]) }
  }

  /// The file that a node is, or stands in. O(log files).
  func file(of node: Node) -> File {
    var (low, high) = (0, files.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if files[middle].node <= node { low = middle } else { high = middle }
    }
    return files[low]
  }
}

extension GraphQuery {
  public func wholeGraph() throws -> WholeGraph { try WholeGraph(self) }

  /// What is to be said of a node; nil for a file.
  public func info(_ node: WholeGraph.Node, in graph: WholeGraph) throws(StoreError) -> EntityInfo? {
    let file = graph.file(of: node)
    return node == file.node ? nil : try load(file.id).info(EntityIndex(node - file.node - 1))
  }
}

extension FileResolver {
  /// The files that an import names as a whole.
  func filesNamed(by edge: Edge) throws(StoreError) -> [FileID] {
    guard edge.kind == .imports else { return [] }
    var path = ImportPath(edge, facts.names, language.imports)
    if path.segments.last == [UInt8(ascii: "*")] { path = path.dropLast }
    return try resolver.files(path, from: outline).sorted { $0.rawValue < $1.rawValue }
  }
}
