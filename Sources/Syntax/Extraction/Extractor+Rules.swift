internal import CTreeSitter
internal import Graph

extension Extractor {
  /// Tries all patterns that start at a node, in their order.
  mutating func runPatterns(at node: ListedNode, _ frame: inout Frame, parent: Int?) {
    let patterns = rules.patterns[Int(node.symbol)]
    for index in patterns.indices {
      if patterns[index].steps.count == 1 {
        if patterns[index].steps[0].absentFields.isEmpty {
          apply(patterns[index], Match(nodes: [node], symbolsAbove: [parentSymbol(parent)]), &frame, parent)
        }
        continue
      }
      let steps = patterns[index].steps.count
      let count = matcher.search(
        patterns[index], at: node, children: frame.children, of: listed, lister: &lister)
      for match in 0..<count {
        let nodes = Array(matcher.matches[(match * steps)..<((match + 1) * steps)])
        apply(patterns[index], Match(nodes, of: patterns[index], above: parentSymbol(parent)), &frame, parent)
      }
    }
  }

  private func parentSymbol(_ parent: Int?) -> UInt16 { parent.map { frames[$0].node.symbol } ?? .max }

  /// The nodes of a pattern's steps.
  struct Match {
    var nodes: [ListedNode]
    /// Types of the nodes directly around them.
    var symbolsAbove: [UInt16]

    init(nodes: [ListedNode], symbolsAbove: [UInt16]) {
      self.nodes = nodes
      self.symbolsAbove = symbolsAbove
    }

    init(_ nodes: [ListedNode], of pattern: CompiledPattern, above: UInt16) {
      self.nodes = nodes
      symbolsAbove = pattern.steps.map { $0.parent < 0 ? above : nodes[$0.parent].symbol }
    }

    /// Puts in place of a step's node the one found by following a field down from it.
    mutating func descend(_ step: Int, by field: UInt16) {
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

  private mutating func apply(
    _ pattern: CompiledPattern, _ found: consuming Match, _ frame: inout Frame, _ parent: Int?
  ) {
    var match = found
    for (step, field) in pattern.descents { match.descend(step, by: field) }
    for predicate in pattern.predicates where !holds(predicate, match, frame) { return }
    for (action, step) in pattern.actions {
      switch action {
      case .definition(let kind): define(kind, pattern, match, step, &frame)
      case .reference(let kind): mention(kind, pattern, match, step, frame)
      case .localScope: openScope(&frame)
      case .localDefinition:
        if claim(match.nodes[step], frame) { declareLocal(match.nodes[step]) }
      case .ignore: skips.append(match.nodes[step].key)
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

  private mutating func declareLocal(_ node: ListedNode) {
    locals.declare(output.names.intern(bytes(node.node)))
  }

  private mutating func define(
    _ kind: EntityKind, _ pattern: CompiledPattern, _ match: Match, _ step: Int, _ frame: inout Frame
  ) {
    let nameNode = match.nodes[pattern.name ?? step]
    guard claim(nameNode, frame) else { return }
    if kind == .variable, frame.isLocal { return declareLocal(nameNode) }
    let node = match.nodes[step].node
    let range = node.byteRange
    let signature = signature(pattern, match, step, frame)
    let entity = Entity(
      kind: kind, flags: pattern.flags.union(frame.flags), name: output.names.intern(bytes(nameNode.node)),
      signature: signature, parent: frame.entity,
      span: Span(start: Position(ts_node_start_point(node)), end: Position(ts_node_end_point(node))),
      digest: language.digest(UnsafeRawBufferPointer(rebasing: text[range])))
    output.entities.append(entity)
    let index = EntityIndex(output.entities.count - 1)
    if match.nodes[step].key == frame.node.key {
      begin(entity: index, in: &frame)
    } else {
      openings.append((match.nodes[step].key, index))
    }
  }

  private mutating func mention(
    _ kind: EdgeKind, _ pattern: CompiledPattern, _ match: Match, _ step: Int, _ frame: Frame
  ) {
    let node = match.nodes[pattern.name ?? step]
    guard claim(node, frame) else { return }
    if kind == .imports { return importName(node, pattern, match, frame) }
    let name = output.names.intern(bytes(node.node))
    if pattern.qualifier == nil, locals.contains(name) { return }
    var qualifier = NameID.none
    if let step = pattern.qualifier { qualifier = output.names.intern(qualifierText(match.nodes[step].node)) }
    output.edges.append(
      Edge(
        kind: kind, from: frame.entity, name: name, qualifier: qualifier,
        position: Position(ts_node_start_point(node.node))))
  }

  private mutating func importName(_ node: ListedNode, _ pattern: CompiledPattern, _ match: Match, _ frame: Frame) {
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
  private func holds(_ predicate: CompiledPredicate, _ match: Match, _ frame: Frame) -> Bool {
    let result =
      switch predicate.condition {
      case .equals(let step, let wanted): bytes(match.nodes[step].node).elementsEqual(wanted)
      case .equalsOther(let step, let other):
        bytes(match.nodes[step].node).elementsEqual(bytes(match.nodes[other].node))
      case .isOne(let step, let texts): texts.contains { bytes(match.nodes[step].node).elementsEqual($0) }
      case .matches(let step, let regex): regex.matches(bytes(match.nodes[step].node))
      case .within(let kinds):
        frame.entity != Entity.noParent && kinds.contains(output.entities[Int(frame.entity)].kind)
      case .hasParent(let step, let symbols): symbols.contains(match.symbolsAbove[step])
      }
    return result != predicate.isNegated
  }
}
