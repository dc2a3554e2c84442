internal import CTreeSitter
internal import Graph

/// Walks syntax trees of one language and writes down what the language's rules find. One walk with a cursor, no
/// recursion. Belongs to one thread; its buffers are used again from file to file.
public struct Extractor: ~Copyable {
  let language: Language
  let rules: ExtractionRules
  var lister: ChildLister
  var matcher = Matcher()
  var match = Match()
  var text = UnsafeRawBufferPointer(start: nil, count: 0)

  var output = Extraction()
  /// The extraction of the file's version before, and where its units are by node.
  var previous: Extraction?
  var previousUnits: [UInt: Int] = [:]

  var frames: [Frame] = []
  /// The children of all open frames, innermost last.
  var listed: [ListedNode] = []
  /// Nodes that a pattern has taken, and that no other may take. 0 where it was met.
  var claims: [UInt] = []
  var openClaims = 0
  /// Nodes in which nothing is to be found.
  var skips: [UInt] = []
  /// Nodes at which an entity begins that was found from further up.
  var openings: [(node: UInt, entity: EntityIndex)] = []
  /// What stands before the names of an import, outermost first.
  var prefixes: [[UInt8]] = []
  var locals = LocalScopes()
  var buffer: [UInt8] = []

  /// A node whose children are being visited.
  struct Frame {
    var node: ListedNode
    var children: Range<Int>
    var next: Int
    /// The enclosing entity of the children.
    var entity: EntityIndex
    var isContainer = false
    /// True if a pattern from further up has taken the node.
    var isClaimed = false
    /// True if nothing in the node is to be found.
    var isIgnored = false
    var isLocal: Bool
    var opensScope = false
    var prefixes = 0
    var claims: Int
    var skips: Int
    var openings: Int
    /// Flags for what is defined at this node.
    var flags: EntityFlags = []
    var unit = -1
    /// Of the annotations before the next child.
    var annotations: UInt64 = 0
    var annotationFlags: EntityFlags = []
  }

  public init(_ language: Language) {
    self.language = language
    rules = language.rules
    lister = ChildLister(TSNode())
  }

  /// Extracts the whole of a tree, or, with the extraction of the version from which the tree was reparsed, what the
  /// parser did not take over. `previous` is used up.
  public mutating func extract(_ tree: SyntaxTree, _ text: [UInt8], previous: consuming Extraction? = nil) -> Extraction
  {
    let reusable = previous.flatMap { $0.hasOutgrownNames ? nil : $0 }
    begin(reusable)
    text.withUnsafeBytes { bytes in
      self.text = bytes
      let root = ts_tree_root_node(tree.tree)
      enter(ListedNode(node: root, symbol: ts_node_symbol(root), field: 0), entity: Entity.noParent, isLocal: false)
      while let last = frames.indices.last {
        if frames[last].next < frames[last].children.upperBound {
          let child = listed[frames[last].next]
          frames[last].next += 1
          visit(child, parent: last)
        } else {
          leave()
        }
      }
    }
    self.text = UnsafeRawBufferPointer(start: nil, count: 0)
    return finish()
  }

  private mutating func begin(_ reusable: Extraction?) {
    frames.removeAll(keepingCapacity: true)
    listed.removeAll(keepingCapacity: true)
    claims.removeAll(keepingCapacity: true)
    openings.removeAll(keepingCapacity: true)
    skips.removeAll(keepingCapacity: true)
    prefixes.removeAll(keepingCapacity: true)
    openClaims = 0
    locals.removeAll()
    previousUnits.removeAll(keepingCapacity: true)
    previous = reusable
    guard let reusable else {
      output = Extraction()
      return
    }
    output = Extraction(names: reusable.names, namesAtFirst: reusable.namesAtFirst ?? reusable.names.bytes.count)
    reusable.names = NameTable()
    for (index, unit) in reusable.units.enumerated() { previousUnits[unit.subtree] = index }
  }

  private mutating func finish() -> Extraction {
    defer {
      output = Extraction()
      previous = nil
    }
    return output
  }

  /// Goes into a child, or takes over what is known of it.
  private mutating func visit(_ child: ListedNode, parent: Int) {
    let traits = child.symbol < rules.traits.count ? rules.traits[Int(child.symbol)] : []
    let isLeaf = child.node.isLeaf
    if !skips.isEmpty, let skip = skips.lastIndex(of: child.key) {
      skips.remove(at: skip)
      return
    }
    if isLeaf && !traits.contains(.root) && openClaims == 0 { return }
    let isAnnotation = traits.contains(.annotation)
    let isUnit = frames[parent].isContainer && !isLeaf && !isAnnotation
    if !(isUnit && takeOver(child, parent: parent)) {
      let unit = isUnit ? openUnit(child, parent: parent) : -1
      enter(child, entity: frames[parent].entity, isLocal: frames[parent].isLocal, parent: parent, unit: unit)
    }
    // Comments, and what the parser skipped, may stand between an annotation and what it speaks of.
    if isAnnotation {
      frames[parent].annotations = Self.combine(frames[parent].annotations, UInt64(child.subtree))
    } else if ts_node_is_named(child.node), !ts_node_is_extra(child.node) {
      frames[parent].annotations = 0
      frames[parent].annotationFlags = []
    }
  }

  private mutating func enter(
    _ node: ListedNode, entity: EntityIndex, isLocal: Bool, parent: Int? = nil, unit: Int = -1
  ) {
    let traits = node.symbol < rules.traits.count ? rules.traits[Int(node.symbol)] : []
    let start = listed.count
    lister.append(childrenOf: node.node, to: &listed)
    if ts_node_has_error(node.node) { countErrors(listed[start...], isRoot: parent == nil, node) }
    var frame = Frame(
      node: node, children: start..<listed.count, next: start, entity: entity, isLocal: isLocal, claims: claims.count,
      skips: skips.count, openings: openings.count)
    frame.unit = unit
    if let parent, !traits.contains(.annotation) { frame.flags = frames[parent].annotationFlags }
    meet(node, &frame)
    if traits.contains(.localScope) { openScope(&frame) }
    if traits.contains(.root) { runPatterns(at: node, &frame, parent: parent) }
    if start == listed.count || frame.isIgnored {
      listed.removeSubrange(start...)
      close(frame)
      return
    }
    // What is found inside a function depends on the names that are open around it.
    frame.isContainer = (frame.isContainer || traits.contains(.container)) && !locals.isOpen
    frames.append(frame)
  }

  /// A node that a pattern has spoken of before it was reached.
  private mutating func meet(_ node: ListedNode, _ frame: inout Frame) {
    if openClaims > 0, let claim = claims.lastIndex(of: node.key) {
      claims[claim] = 0
      openClaims -= 1
      frame.isClaimed = true
    }
    if !openings.isEmpty, let opening = openings.lastIndex(where: { $0.node == node.key }) {
      begin(entity: openings[opening].entity, in: &frame)
      openings.remove(at: opening)
    }
  }

  func begin(entity: EntityIndex, in frame: inout Frame) {
    frame.entity = entity
    if output.entities[Int(entity)].kind.isScopeOfMembers { frame.isLocal = false }
  }

  mutating func openScope(_ frame: inout Frame) {
    if frame.opensScope { return }
    frame.opensScope = true
    frame.isLocal = true
    locals.open(edges: output.edges.count)
  }

  private mutating func leave() {
    let frame = frames.removeLast()
    listed.removeSubrange(frame.children.lowerBound...)
    close(frame)
  }

  private mutating func close(_ frame: Frame) {
    if frame.opensScope { locals.close(&output.edges) }
    if frame.prefixes > 0 { prefixes.removeLast(frame.prefixes) }
    while claims.count > frame.claims {
      if claims.removeLast() != 0 { openClaims -= 1 }
    }
    // What was not met below the node will not be met.
    if skips.count > frame.skips { skips.removeSubrange(frame.skips...) }
    if openings.count > frame.openings { openings.removeSubrange(frame.openings...) }
    if frame.unit >= 0 { closeUnit(frame.unit) }
  }

  private mutating func countErrors(_ children: ArraySlice<ListedNode>, isRoot: Bool, _ node: ListedNode) {
    if isRoot, node.symbol == .max { output.errors += 1 }
    for child in children where child.symbol == .max || ts_node_is_missing(child.node) { output.errors += 1 }
  }

  static func combine(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    (hash ^ value).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15).high ^ (value &* 0xD6E8_FEB8_6659_FD93) &+ hash &* 31
  }
}

extension EntityKind {
  /// True where variables inside are members, though a function may stand around.
  var isScopeOfMembers: Bool {
    switch self {
    case .class, .struct, .enum, .union, .interface, .trait, .protocol, .module, .namespace, .extension, .impl, .object,
      .mixin:
      true
    default: false
    }
  }
}
