internal import CTreeSitter
internal import Graph

// What a match does.
extension Extractor {
  mutating func apply(_ pattern: UnsafePointer<FlatPattern>, _ frame: inout Frame, _ parent: Int) {
    if recorded != nil { return record(pattern, frame) }
    guard holds(pattern) else { return }
    for (action, step) in pattern.pointee.actions.lazy.map({ ($0.action, $0.step) }) {
      switch action {
      case .definition(let kind): define(kind, pattern, step, &frame)
      case .reference(let kind): mention(kind, pattern, step, frame)
      case .command: mention(.calls, pattern, step, frame, isLocal: false)
      case .making: mention(.calls, pattern, step, frame, makes: true)
      case .localScope: openScope(&frame)
      case .localDefinition:
        if claim(meant(step), frame) { declareLocal(meant(step), pattern) }
      case .ignore: ignore(meant(step), &frame)
      case .flag(let flags):
        frame.flags.formUnion(flags)
        if parent >= 0, tables.traits(of: frame.symbol).contains(.annotation) {
          frames[parent].annotationFlags.formUnion(flags)
        }
      case .prefix:
        if pattern.pointee.qualifier >= 0 {
          prefixes.append(pathText(listed[meant(pattern.pointee.qualifier)]))
          frame.prefixes += 1
        }
      case .container: frame.isContainer = true
      case .annotation, .count: break
      }
    }
  }

  /// Takes a node for one pattern. False if another has it.
  @inline(__always)
  private mutating func claim(_ node: Int, _ frame: borrowing Frame) -> Bool {
    let key = listed[node].key
    if key == frame.key { return !frame.isClaimed }
    if claims.contains(key) { return false }
    claims.append(key, ())
    return true
  }

  private mutating func ignore(_ node: Int, _ frame: inout Frame) {
    let key = listed[node].key
    if key == frame.key {
      frame.isIgnored = true
    } else if !skips.contains(key) {
      skips.append(key, ())
    }
  }

  private mutating func declareLocal(_ node: Int, _ pattern: UnsafePointer<FlatPattern>) {
    locals.declare(output.names.intern(bytes(listed[node])), type: typeName(pattern))
  }

  private mutating func define(
    _ kind: EntityKind, _ pattern: UnsafePointer<FlatPattern>, _ step: Int32, _ frame: inout Frame
  ) {
    let nameNode = meant(pattern.pointee.name >= 0 ? pattern.pointee.name : step)
    // What the parser put in for something missing has no text.
    guard !bytes(listed[nameNode]).isEmpty, claim(nameNode, frame) else { return }
    if kind == .variable, frame.isLocal { return declareLocal(nameNode, pattern) }
    let signature = signature(pattern, step, frame)
    let extent = listed[Int(match.places[Int(step)])]
    let entity = Entity(
      kind: kind, flags: pattern.pointee.flags.union(frame.flags), parameters: parameterCount(pattern, frame),
      name: output.names.intern(nameText(listed[nameNode])), signature: signature, type: typeName(pattern),
      parent: frame.entity,
      span: span(extent), digest: language.digest(bytes(extent)))
    output.entities.append(entity)
    let index = EntityIndex(output.entities.count - 1)
    if extent.key == frame.key {
      begin(entity: index, in: &frame)
    } else {
      openings.append(extent.key, index)
    }
  }

  /// A node's extent without white space at its end, which some grammars count in.
  private func span(_ node: ListedNode) -> Span {
    let start = node.start
    let end = Position(ts_node_end_point(node.node(in: tree!)))
    let range = node.byteRange
    guard let final = text[range].last, Self.isSpace(final),
      let last = text[range].lastIndex(where: { !Self.isSpace($0) })
    else { return Span(start: start, end: end) }
    let row = end.row - UInt32(text[last..<range.upperBound].count { $0 == 0x0A })
    let isOnFirstRow = row == start.row
    let lineBreak = isOnFirstRow ? nil : text[range.lowerBound...last].lastIndex(of: 0x0A)
    let column = lineBreak.map { last - $0 } ?? Int(start.column) + last + 1 - range.lowerBound
    return Span(start: start, end: Position(row: row, column: UInt32(column)))
  }

  private mutating func mention(
    _ kind: EdgeKind, _ pattern: UnsafePointer<FlatPattern>, _ step: Int32, _ frame: borrowing Frame,
    isLocal: Bool = true, makes: Bool = false
  ) {
    let node = meant(pattern.pointee.name >= 0 ? pattern.pointee.name : step)
    let text = nameText(listed[node])
    guard !text.isEmpty, claim(node, frame) else { return }
    if kind == .imports { return importName(listed[node], pattern, frame) }
    let name = output.names.intern(text)
    var edge = Edge(kind: kind, from: frame.entity, name: name, makes: makes, position: listed[node].start)
    if pattern.pointee.qualifier >= 0 {
      let qualifier = listed[meant(pattern.pointee.qualifier)]
      edge.isPath = isPath(from: qualifier, to: listed[node])
      if let name = qualifierName(qualifier, before: listed[node]) {
        edge.qualifier = name
        // Locals have members, and nothing lies below them.
        if !edge.isPath { edge.receiver = receiverInBuffer() }
      } else {
        edge.qualifier = output.names.intern(Self.tooLong)
      }
    } else if !isLocal {
      edge.receiver = locals.notLocal
    } else if locals.hides(edge) {
      return
    }
    if kind == .calls { edge.arguments = argumentCount(pattern, frame) }
    if pattern.pointee.flags.contains(.defaultExport) { edge.alias = output.names.intern(Edge.defaultName) }
    output.edges.append(edge)
  }

  private mutating func importName(
    _ node: ListedNode, _ pattern: UnsafePointer<FlatPattern>, _ frame: borrowing Frame
  ) {
    var own: [UInt8]?
    if pattern.pointee.qualifier >= 0 { own = pathText(listed[meant(pattern.pointee.qualifier)]) }
    let path = language.importPath(prefixes: prefixes, qualifier: own, name: pathText(node))
    var alias = NameID.none
    if pattern.pointee.alias >= 0 {
      alias = output.names.intern(nameText(listed[meant(pattern.pointee.alias)]))
    } else if pattern.pointee.flags.contains(.defaultExport) {
      alias = output.names.intern(Edge.defaultName)
    }
    output.edges.append(
      Edge(
        kind: .imports, from: frame.entity, name: output.names.intern(path.name),
        qualifier: path.qualifier.map { output.names.intern($0) } ?? .none, alias: alias, position: node.start))
  }
}
