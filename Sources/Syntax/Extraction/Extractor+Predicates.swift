internal import Graph

extension Extractor {
  /// True if a pattern's conditions hold for its match. Finds the nodes that are meant where those are others.
  @inline(__always)
  mutating func holds(_ pattern: UnsafePointer<FlatPattern>) -> Bool {
    match.hasDescended = false
    for predicate in pattern.pointee.early where !holds(predicate, pattern) { return false }
    if pattern.pointee.descents.isEmpty { return true }
    descend(pattern)
    for predicate in pattern.pointee.late where !holds(predicate, pattern) { return false }
    return true
  }

  /// Puts in place of steps' nodes those found by following a field down from them.
  private mutating func descend(_ pattern: UnsafePointer<FlatPattern>) {
    match.hasDescended = true
    for step in 0..<pattern.pointee.steps.count {
      match.meant[step] = match.places[step]
      match.symbolsAbove[step] = -1
    }
    for descent in pattern.pointee.descents {
      let step = Int(descent.step)
      while true {
        let node = Int(match.meant[step])
        guard let inner = child(of: node, by: descent.field) ?? onlyNamedChild(of: node) else { break }
        match.symbolsAbove[step] = Int32(listed[node].symbol)
        match.meant[step] = Int32(inner)
      }
    }
  }

  /// Parentheses bear no field: their one named child.
  private mutating func onlyNamedChild(of node: Int) -> Int? {
    let list = children(of: node)
    var found: Int?
    for index in Int(list.start)..<Int(list.end) where listed[index].isNamed {
      if found != nil { return nil }
      found = index
    }
    return found
  }

  /// The node that a step means, by its place in `listed`.
  @inline(__always)
  func meant(_ step: Int32) -> Int { Int(match.hasDescended ? match.meant[Int(step)] : match.places[Int(step)]) }

  @inline(__always)
  func bytes(_ node: ListedNode) -> UnsafeRawBufferPointer {
    assert(Int(node.endByte) <= text.count && node.startByte <= node.endByte)
    // SAFETY: a tree's nodes lie within the text of which it was made.
    guard let start = text.baseAddress else { return text }
    return UnsafeRawBufferPointer(start: start + Int(node.startByte), count: Int(node.endByte - node.startByte))
  }

  @inline(__always)
  func bytes(of step: Int32) -> UnsafeRawBufferPointer { bytes(listed[meant(step)]) }

  /// Bytes of a node at which a regular expression looks: nodes that stand in each other have all of their text in common.
  private static var mostMatched: Int { 1024 }

  @inline(__always)
  private func holds(_ predicate: FlatPredicate, _ pattern: UnsafePointer<FlatPattern>) -> Bool {
    let result =
      switch predicate.condition {
      case .isOne(let step, let words): words.contains(bytes(of: step))
      case .equalsOther(let step, let other): bytes(of: step).elementsEqual(bytes(of: other))
      case .matches(let step, let regex):
        regex._withUnsafeGuaranteedRef {
          $0.matches(UnsafeRawBufferPointer(rebasing: bytes(of: step).prefix(Self.mostMatched)))
        }
      case .hasParent(let step, let symbols): symbols.contains(symbolAbove(step, pattern))
      }
    return result != predicate.isNegated
  }

  /// The type of the node directly around the one that a step means.
  @inline(__always)
  private func symbolAbove(_ step: Int32, _ pattern: UnsafePointer<FlatPattern>) -> UInt16 {
    if match.hasDescended, match.symbolsAbove[Int(step)] >= 0 { return UInt16(match.symbolsAbove[Int(step)]) }
    let parent = pattern.pointee.steps[Int(step)].parent
    return parent < 0 ? match.above : listed[Int(match.places[Int(parent)])].symbol
  }
}
