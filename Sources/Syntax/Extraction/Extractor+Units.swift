internal import CTreeSitter
internal import Graph

// Units: what lets an edit cost what it touches. The parser takes over, node by node, what an edit left alone; a node
// that is the same object in the old and the new tree has the same text and the same structure, so what was extracted
// from it holds, moved to its new place, wherever it depends on nothing outside but the `context`.
extension Extractor {
  /// Copies the facts of a unit that is unchanged. False if it has to be extracted.
  mutating func takeOver(_ place: Int, parent: Int) -> Bool {
    guard let previous else { return false }
    let child = listed[place]
    guard let index = previousUnits[child.subtree], isFreeOfClaims else { return false }
    let unit = previous.found.units[index]
    guard unit.context == context(of: child, parent: parent) else { return false }
    let start = child.start
    let move = Move(from: unit.start, to: start)
    let enclosing = frames[parent].entity
    let (entityBase, edgeBase) = (output.entities.count, output.edges.count)

    func renumbered(_ entity: EntityIndex) -> EntityIndex {
      entity != Entity.noParent && unit.entities.contains(Int(entity))
        ? EntityIndex(Int(entity) - unit.entities.lowerBound + entityBase) : enclosing
    }
    for var entity in previous.found.entities[unit.entities] {
      entity.parent = renumbered(entity.parent)
      entity.span = Span(start: move(entity.span.start), end: move(entity.span.end))
      output.entities.append(entity)
    }
    for var edge in previous.found.edges[unit.edges] {
      edge.from = renumbered(edge.from)
      edge.position = move(edge.position)
      output.edges.append(edge)
    }
    for var nested in previous.found.units[index...(index + unit.nested)] {
      nested.start = move(nested.start)
      nested.entities = nested.entities.shifted(by: entityBase - unit.entities.lowerBound)
      nested.edges = nested.edges.shifted(by: edgeBase - unit.edges.lowerBound)
      output.units.append(nested)
    }
    output.errors += unit.errors
    output.unitsTakenOver += 1 + unit.nested
    return true
  }

  /// Begins the record of a unit, to be ended by `closeUnit`. -1 if what is found in it cannot be told from what was
  /// found from further up.
  mutating func openUnit(_ place: Int, parent: Int) -> Int {
    guard isFreeOfClaims else { return -1 }
    let child = listed[place]
    output.units.append(
      Extraction.Unit(
        subtree: child.subtree, context: context(of: child, parent: parent),
        start: child.start,
        entities: output.entities.count..<output.entities.count, edges: output.edges.count..<output.edges.count,
        nested: 0, errors: output.errors))
    return output.units.count - 1
  }

  mutating func closeUnit(_ index: Int) {
    let unit = output.units[index]
    output.units[index].entities = unit.entities.lowerBound..<output.entities.count
    output.units[index].edges = unit.edges.lowerBound..<output.edges.count
    output.units[index].nested = output.units.count - 1 - index
    output.units[index].errors = output.errors - unit.errors
  }

  private var isFreeOfClaims: Bool {
    claims.isEmpty && openings.isEmpty && skips.isEmpty && prefixes.isEmpty
  }

  /// All that the facts of a unit depend on beside its own nodes: its place in the grammar, the kind of the entity
  /// around it, the annotations before it.
  private func context(of child: ListedNode, parent: Int) -> UInt64 {
    let entity = frames[parent].entity
    let enclosing = entity == Entity.noParent ? 0 : output.entities[Int(entity)].kind.rawValue
    let place = UInt64(child.symbol) | UInt64(frames[parent].symbol) << 16 | UInt64(enclosing) << 32
    return Self.combine(frames[parent].annotations, place)
  }
}

/// From a unit's old place to its new one: what stands in its first row moves with its column.
private struct Move {
  let from: Position
  let to: Position

  func callAsFunction(_ position: Position) -> Position {
    Position(
      row: position.row &- from.row &+ to.row,
      column: position.row == from.row ? position.column &- from.column &+ to.column : position.column)
  }
}

extension Position {
  init(_ point: TSPoint) { self.init(row: point.row, column: point.column) }
}

extension Range<Int> {
  fileprivate func shifted(by distance: Int) -> Range<Int> { (lowerBound + distance)..<(upperBound + distance) }
}
