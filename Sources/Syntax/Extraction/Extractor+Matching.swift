internal import Graph

extension Extractor {
  /// Tries all patterns that start at a frame's node, in their order.
  mutating func runPatterns(_ frame: inout Frame, parent: Int) {
    let group = tables.group(of: frame.symbol)
    match.above = parent < 0 ? .max : frames[parent].symbol
    match.forgetChildren()
    match.places[0] = Int32(frame.node)
    match.lists[0] = Match.List(start: Int32(frame.children.lowerBound), end: Int32(frame.children.upperBound))
    var present: UInt64 = 0
    if let tests = group.tests {
      for child in frame.children { present |= tests.pointee.passed(by: listed[child]) }
    }
    // SAFETY: the rules outlive the walk.
    var pattern = group.patterns.baseAddress!
    let end = pattern + group.patterns.count
    while pattern < end {
      // A pattern may have defined the entity that encloses what the next one finds.
      if pattern.pointee.required & ~present == 0, isEnclosed(frame, by: pattern.pointee.enclosing),
        lacks(pattern.pointee.steps[0].absentFields, match.lists[0])
      {
        if pattern.pointee.steps.count == 1 {
          apply(pattern, &frame, parent)
        } else if !frame.children.isEmpty {
          search(pattern, &frame, parent)
        }
      }
      pattern += 1
    }
    listed.cut(to: frame.children.upperBound)
  }

  @inline(__always)
  func isEnclosed(_ frame: borrowing Frame, by kinds: UInt64) -> Bool {
    if kinds == .max || recorded != nil { return true }
    if frame.entity == Entity.noParent { return kinds & 1 != 0 }
    return kinds & PatternLayout.bit(of: output.entities[Int(frame.entity)].kind) != 0
  }

  /// Finds all ways in which a pattern of several steps fits that differ in what is captured. Depth-first over the steps; a step that
  /// finds no further node hands back to the one before.
  private mutating func search(_ pattern: UnsafePointer<FlatPattern>, _ frame: inout Frame, _ parent: Int) {
    // SAFETY: a pattern has a step, and its numbers of steps are of its own.
    let steps = pattern.pointee.steps.baseAddress!
    let last = pattern.pointee.steps.count - 1
    var step = 1
    match.places[1] = -1
    while step > 0 {
      if steps[step].isFoundOnce, match.places[step] >= 0 {
        step -= 1
        continue
      }
      guard advance(steps, step) else {
        step -= 1
        continue
      }
      if steps[step].hasChildren || !steps[step].absentFields.isEmpty {
        let list = children(of: Int(match.places[step]))
        if steps[step].hasChildren, list.start == list.end { continue }
        guard lacks(steps[step].absentFields, list) else { continue }
        match.lists[step] = list
      }
      if step == last {
        if isEnclosed(frame, by: pattern.pointee.enclosing) { apply(pattern, &frame, parent) }
      } else {
        step += 1
        match.places[step] = -1
      }
    }
  }

  /// Moves a step on to the next node that fits it.
  @inline(__always)
  private func advance(_ steps: UnsafePointer<FlatPattern.Step>, _ index: Int) -> Bool {
    let step = steps + index
    let siblings = match.lists[Int(step.pointee.parent)]
    let first = step.pointee.previous < 0 ? siblings.start : match.places[Int(step.pointee.previous)] + 1
    var place = match.places[index] < 0 ? first : match.places[index] + 1
    while place < siblings.end {
      // An anchored step is the first named node after the one before it, so a named node passed over ends the search.
      // What lies further back was passed one by one.
      if step.pointee.isAnchored, place > first, listed[Int(place) - 1].isNamed { return false }
      if fits(listed.base + Int(place), step), !step.pointee.isLast || !hasNamed(after: place, siblings.end) {
        match.places[index] = place
        return true
      }
      place += 1
    }
    return false
  }

  @inline(__always)
  private func fits(_ node: UnsafePointer<ListedNode>, _ step: UnsafePointer<FlatPattern.Step>) -> Bool {
    if step.pointee.field != 0, node.pointee.field != step.pointee.field { return false }
    switch step.pointee.test {
    case .symbol: return node.pointee.symbol == step.pointee.symbol
    case .anyNamed: return node.pointee.isNamed
    case .any: return true
    }
  }

  private func hasNamed(after place: Int32, _ end: Int32) -> Bool {
    for index in Int(place + 1)..<Int(end) where listed[index].isNamed { return true }
    return false
  }

  @inline(__always)
  private func lacks(_ fields: UnsafeBufferPointer<UInt16>, _ list: Match.List) -> Bool {
    if fields.isEmpty { return true }
    for index in Int(list.start)..<Int(list.end) where fields.contains(listed[index].field) { return false }
    return true
  }

  /// The children of a listed node other than the frame's, while patterns run.
  mutating func children(of node: Int) -> Match.List {
    if listed[node].isLeaf { return Match.List(start: 0, end: 0) }
    if let known = match.children(of: node) { return known }
    let start = listed.count
    lister.append(childrenOf: listed[node], in: tree!, to: &listed)
    let list = Match.List(start: Int32(start), end: Int32(listed.count))
    match.setChildren(of: node, list)
    return list
  }

  /// The first child under a field; nil if there is none. Not for the frame's node.
  mutating func child(of node: Int, by field: UInt16) -> Int? { first(field, in: children(of: node)) }

  func first(_ field: UInt16, in list: Match.List) -> Int? {
    if field == 0 { return nil }
    for index in Int(list.start)..<Int(list.end) where listed[index].field == field { return index }
    return nil
  }
}
