internal import CTreeSitter

/// Finds all ways in which a pattern fits at a node.
struct Matcher: ~Copyable {
  /// The matches of the last search: the nodes of all steps of the first, then those of the second ...
  private(set) var matches: [ListedNode] = []
  /// The node that each step matches now.
  private var current: [ListedNode] = []
  /// Place of each step's node among its parent's children; -1 before the first.
  private var places: [Int] = []
  /// Children of each step's node in `scratch`.
  private var children: [Range<Int>] = []
  private var scratch: [ListedNode] = []

  /// Fills `matches`; returns how many there are.
  mutating func search(
    _ pattern: CompiledPattern, at root: ListedNode, children rootChildren: Range<Int>, of listed: [ListedNode],
    lister: inout ChildLister
  ) -> Int {
    matches.removeAll(keepingCapacity: true)
    scratch.removeAll(keepingCapacity: true)
    current.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    children.removeAll(keepingCapacity: true)
    for _ in pattern.steps {
      current.append(root)
      places.append(-1)
      children.append(rootChildren)
    }
    guard Self.lacks(pattern.steps[0].absentFields, listed[rootChildren]) else { return 0 }
    return search(pattern, listed, lister: &lister)
  }

  /// Depth-first over the steps; a step that finds no further node hands back to the one before.
  private mutating func search(
    _ pattern: CompiledPattern, _ listed: [ListedNode], lister: inout ChildLister
  ) -> Int {
    let last = pattern.steps.count - 1
    var found = 0
    var step = 1
    while step > 0 {
      guard advance(step, pattern.steps, listed) else {
        places[step] = -1
        step -= 1
        continue
      }
      if needsChildren(step, pattern) {
        let start = scratch.count
        lister.append(childrenOf: current[step].node, to: &scratch)
        children[step] = start..<scratch.count
        guard Self.lacks(pattern.steps[step].absentFields, scratch[children[step]]) else { continue }
      }
      if step == last {
        matches.append(contentsOf: current)
        found += 1
      } else {
        step += 1
      }
    }
    return found
  }

  private func needsChildren(_ step: Int, _ pattern: CompiledPattern) -> Bool {
    let next = step + 1
    return next < pattern.steps.count && pattern.steps[next].parent == step
      || !pattern.steps[step].absentFields.isEmpty
  }

  /// Moves a step on to the next node that fits it. The root's children are in `listed`, those of others in `scratch`.
  private mutating func advance(_ index: Int, _ steps: [CompiledPattern.Step], _ listed: [ListedNode]) -> Bool {
    steps[index].parent == 0
      ? advance(index, steps[index], among: listed) : advance(index, steps[index], among: scratch)
  }

  @inline(__always)
  private mutating func advance(_ index: Int, _ step: CompiledPattern.Step, among nodes: [ListedNode]) -> Bool {
    let siblings = children[step.parent]
    let first = step.previous < 0 ? siblings.lowerBound : places[step.previous] + 1
    var place = places[index] < 0 ? first : places[index] + 1
    while place < siblings.upperBound {
      // An anchored step is the first named node after the one before it, so a named node passed over ends the search.
      if step.isAnchored, Self.hasNamed(nodes[first..<place]) { return false }
      if fits(nodes[place], step), !step.isLast || !Self.hasNamed(nodes[(place + 1)..<siblings.upperBound]) {
        places[index] = place
        current[index] = nodes[place]
        return true
      }
      place += 1
    }
    return false
  }

  private static func hasNamed(_ nodes: ArraySlice<ListedNode>) -> Bool {
    nodes.contains { ts_node_is_named($0.node) }
  }

  @inline(__always)
  private func fits(_ node: ListedNode, _ step: CompiledPattern.Step) -> Bool {
    if step.field != 0, node.field != step.field { return false }
    switch step.test {
    case .symbol(let symbol): return node.symbol == symbol
    case .anyNamed: return ts_node_is_named(node.node)
    case .any: return true
    }
  }

  private static func lacks(_ fields: [UInt16], _ children: ArraySlice<ListedNode>) -> Bool {
    fields.isEmpty || !children.contains { fields.contains($0.field) }
  }
}
