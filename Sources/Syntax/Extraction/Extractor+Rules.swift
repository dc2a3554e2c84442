internal import CTreeSitter
internal import Glibc
internal import Graph

extension Extractor {
  /// Tries all patterns that start at a node, in their order.
  mutating func runPatterns(at node: ListedNode, _ frame: inout Frame, parent: Int?) {
    let patterns = rules.patterns[Int(node.symbol)]
    let above = parent.map { frames[$0].node.symbol } ?? .max
    var present = SymbolMask()
    for child in listed[frame.children] { present.insert(child.symbol) }
    for pattern in patterns where present.mayContain(pattern.required) {
      if pattern.steps.count == 1 {
        guard pattern.steps[0].absentFields.isEmpty else { continue }
        match.load(CollectionOfOne(node), of: pattern, above: above)
        apply(pattern, &frame, parent)
        continue
      }
      let steps = pattern.steps.count
      let count = matcher.search(pattern, at: node, children: frame.children, of: listed, lister: &lister)
      for number in 0..<count {
        match.load(matcher.matches[(number * steps)..<((number + 1) * steps)], of: pattern, above: above)
        apply(pattern, &frame, parent)
      }
    }
  }

  /// The nodes of a pattern's steps. Used again from match to match.
  struct Match {
    /// As matched: the extents of definitions.
    private(set) var extents: [ListedNode] = []
    /// As meant: where a pattern says so, the node found by going down from the one that matched.
    private(set) var nodes: [ListedNode] = []
    /// Types of the nodes directly around `nodes`.
    private(set) var symbolsAbove: [UInt16] = []

    mutating func load(_ found: some Collection<ListedNode>, of pattern: CompiledPattern, above: UInt16) {
      extents.removeAll(keepingCapacity: true)
      nodes.removeAll(keepingCapacity: true)
      symbolsAbove.removeAll(keepingCapacity: true)
      extents.append(contentsOf: found)
      nodes.append(contentsOf: found)
      for step in pattern.steps { symbolsAbove.append(step.parent < 0 ? above : extents[step.parent].symbol) }
      for (step, field) in pattern.descents { descend(step, by: field) }
    }

    /// Puts in place of a step's node the one found by following a field down from it.
    private mutating func descend(_ step: Int, by field: UInt16) {
      while true {
        let child = ts_node_child_by_field_id(nodes[step].node, field)
        let inner = ts_node_is_null(child) ? Self.onlyChild(of: nodes[step].node) : child
        guard let inner, !ts_node_is_null(inner) else { return }
        symbolsAbove[step] = nodes[step].symbol
        nodes[step] = ListedNode(node: inner, symbol: ts_node_symbol(inner), field: field)
      }
    }

    /// Parentheses bear no field: their one named child.
    private static func onlyChild(of node: TSNode) -> TSNode? {
      ts_node_named_child_count(node) == 1 ? ts_node_named_child(node, 0) : nil
    }
  }

  private mutating func apply(_ pattern: CompiledPattern, _ frame: inout Frame, _ parent: Int?) {
    for predicate in pattern.predicates where !holds(predicate, frame) { return }
    for (action, step) in pattern.actions {
      switch action {
      case .definition(let kind): define(kind, pattern, step, &frame)
      case .reference(let kind): mention(kind, pattern, step, frame)
      case .localScope: openScope(&frame)
      case .localDefinition:
        if claim(match.nodes[step], frame) { declareLocal(match.nodes[step]) }
      case .ignore: ignore(match.nodes[step], &frame)
      case .flag(let flags):
        frame.flags.formUnion(flags)
        if let parent { frames[parent].annotationFlags.formUnion(isAnnotation(frame.node) ? flags : []) }
      case .prefix:
        if let qualifier = pattern.qualifier {
          prefixes.append(pathText(match.nodes[qualifier].node))
          frame.prefixes += 1
        }
      case .container: frame.isContainer = true
      case .annotation: break
      }
    }
  }

  private func isAnnotation(_ node: ListedNode) -> Bool {
    node.symbol < rules.traits.count && rules.traits[Int(node.symbol)].contains(.annotation)
  }

  /// Takes a node for one pattern. False if another has it.
  private mutating func claim(_ node: ListedNode, _ frame: Frame) -> Bool {
    if node.key == frame.node.key { return !frame.isClaimed }
    if openClaims > 0, claims.contains(node.key) { return false }
    claims.append(node.key)
    openClaims += 1
    return true
  }

  private mutating func ignore(_ node: ListedNode, _ frame: inout Frame) {
    if node.key == frame.node.key {
      frame.isIgnored = true
    } else if !skips.contains(node.key) {
      skips.append(node.key)
    }
  }

  private mutating func declareLocal(_ node: ListedNode) {
    locals.declare(output.names.intern(bytes(node.node)))
  }

  private mutating func define(
    _ kind: EntityKind, _ pattern: CompiledPattern, _ step: Int, _ frame: inout Frame
  ) {
    let nameNode = match.nodes[pattern.name ?? step]
    // What the parser put in for something missing has no text.
    guard !bytes(nameNode.node).isEmpty, claim(nameNode, frame) else { return }
    if kind == .variable, frame.isLocal { return declareLocal(nameNode) }
    let extent = match.extents[step]
    let signature = signature(pattern, step, frame)
    let entity = Entity(
      kind: kind, flags: pattern.flags.union(frame.flags), name: output.names.intern(bytes(nameNode.node)),
      signature: signature, parent: frame.entity,
      span: span(extent.node), digest: language.digest(bytes(extent.node)))
    output.entities.append(entity)
    let index = EntityIndex(output.entities.count - 1)
    if extent.key == frame.node.key {
      begin(entity: index, in: &frame)
    } else {
      openings.append((extent.key, index))
    }
  }

  /// A node's extent without white space at its end, which some grammars count in.
  private func span(_ node: TSNode) -> Span {
    let start = Position(ts_node_start_point(node))
    let end = Position(ts_node_end_point(node))
    guard end.column == 0, end.row > start.row else { return Span(start: start, end: end) }
    let range = node.byteRange
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
    guard let last = text[range].lastIndex(where: { !isSpace($0) }) else { return Span(start: start, end: end) }
    let row = end.row - UInt32(text[last..<range.upperBound].count { $0 == 0x0A })
    let lineStart = text[range.lowerBound...last].lastIndex(of: 0x0A).map { $0 + 1 }
    let column = lineStart.map { last + 1 - $0 } ?? Int(start.column) + last + 1 - range.lowerBound
    return Span(start: start, end: Position(row: row, column: UInt32(column)))
  }

  private mutating func mention(
    _ kind: EdgeKind, _ pattern: CompiledPattern, _ step: Int, _ frame: Frame
  ) {
    let node = match.nodes[pattern.name ?? step]
    guard !bytes(node.node).isEmpty, claim(node, frame) else { return }
    if kind == .imports { return importName(node, pattern, frame) }
    let name = output.names.intern(bytes(node.node))
    if pattern.qualifier == nil, locals.contains(name) { return }
    var qualifier = NameID.none
    if let step = pattern.qualifier { qualifier = output.names.intern(qualifierText(match.nodes[step].node)) }
    output.edges.append(
      Edge(
        kind: kind, from: frame.entity, name: name, qualifier: qualifier,
        position: Position(ts_node_start_point(node.node))))
  }

  private mutating func importName(_ node: ListedNode, _ pattern: CompiledPattern, _ frame: Frame) {
    var own: [UInt8]?
    if let step = pattern.qualifier { own = pathText(match.nodes[step].node) }
    let path = language.importPath(prefixes: prefixes, qualifier: own, name: pathText(node.node))
    var alias = NameID.none
    if let step = pattern.alias { alias = output.names.intern(bytes(match.nodes[step].node)) }
    output.edges.append(
      Edge(
        kind: .imports, from: frame.entity, name: output.names.intern(path.name),
        qualifier: path.qualifier.map { output.names.intern($0) } ?? .none, alias: alias,
        position: Position(ts_node_start_point(node.node))))
  }

  func bytes(_ node: TSNode) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: text[node.byteRange])
  }
}

extension Extractor {
  private func holds(_ predicate: CompiledPredicate, _ frame: Frame) -> Bool {
    let result =
      switch predicate.condition {
      case .equals(let step, let wanted): isText(step, wanted)
      case .equalsOther(let step, let other):
        bytes(match.nodes[step].node).elementsEqual(bytes(match.nodes[other].node))
      case .isOne(let step, let texts): texts.contains { isText(step, $0) }
      case .matches(let step, let regex): regex.matches(bytes(match.nodes[step].node))
      case .within(let kinds):
        frame.entity != Entity.noParent && kinds.contains(output.entities[Int(frame.entity)].kind)
      case .hasParent(let step, let symbols): symbols.contains(match.symbolsAbove[step])
      }
    return result != predicate.isNegated
  }

  private func isText(_ step: Int, _ wanted: [UInt8]) -> Bool {
    let found = bytes(match.nodes[step].node)
    return found.count == wanted.count && memcmp(found.baseAddress!, wanted, wanted.count) == 0
  }
}
