import Graph

extension WholeGraph {
  /// Entities that nothing in the tree uses but what stands in them, in order of nodes: neither surely nor perhaps. Left out are tests, what
  /// a language or a type outside of the tree may use (methods of types that are made from one; operators, constructors, accessors), and
  /// methods by which a type fulfils what another in the tree asks for. O(links).
  public func unused() -> [Node] {
    var isUsed = isMeantPerhaps
    for node in 0..<count {
      if isMeantPerhaps[node] { isUsed[Int(parents[node])] = true }
      // Who uses a member uses what it stands in, up to what both stand in.
      forEachLink(from: node) { target, _ in
        var used = target
        while kinds[used] != nil, !isUsed[used] || used == target, !isInside(node, used) {
          isUsed[used] = true
          used = Int(parents[used])
        }
      }
    }
    return (0..<count).filter { node in
      guard let kind = kinds[node], !isUsed[node], !flags[node].contains(.test) else { return false }
      return kind.canBeUnused && !isFulfilling(node)
    }
  }

  /// True for a member of something that is made from, or fulfils, something else: that may be what calls it.
  private func isFulfilling(_ node: Node) -> Bool {
    guard kinds[node]!.isAlwaysMember || kinds[node]!.isCallable else { return false }
    let holder = Int(parents[node])
    guard kinds[holder] != nil else { return false }
    if hasOutsideBase[holder] { return true }
    var hasBase = false
    forEachLink(from: holder) { _, kind in if kind == .inherits || kind == .implements { hasBase = true } }
    return hasBase
  }
}

extension EntityKind {
  /// True for what is there to be used by its name.
  fileprivate var canBeUnused: Bool {
    switch self {
    case .function, .method, .macro, .class, .struct, .enum, .union, .interface, .trait, .protocol, .typeAlias,
      .constant,
      .variable, .object, .mixin, .delegate, .type:
      true
    default: false
    }
  }
}
