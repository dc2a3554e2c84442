internal import Graph

/// The names of locals and parameters that are open at a point of the walk, and the mentions that may turn out to mean
/// one that is declared later in its scope.
struct LocalScopes {
  private struct Scope {
    var edges: Int
    var names: Int
  }

  private var scopes: [Scope] = []
  /// Names declared in the open scopes, innermost last.
  private var names: [NameID] = []
  /// How often each name is declared in open scopes; by name id.
  private var declared: [UInt32] = []

  mutating func removeAll() {
    scopes.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
    declared.removeAll(keepingCapacity: true)
  }

  var isOpen: Bool { !scopes.isEmpty }

  mutating func open(edges: Int) { scopes.append(Scope(edges: edges, names: names.count)) }

  mutating func declare(_ name: NameID) {
    if scopes.isEmpty { return }
    let index = Int(name.rawValue)
    if index >= declared.count {
      declared.append(contentsOf: repeatElement(0, count: index + 1 - declared.count))
    }
    declared[index] += 1
    names.append(name)
  }

  func contains(_ name: NameID) -> Bool {
    let index = Int(name.rawValue)
    return index < declared.count && declared[index] > 0
  }

  /// Ends the innermost scope and drops the mentions in it that mean one of its names.
  mutating func close(_ edges: inout [Edge]) {
    let scope = scopes.removeLast()
    guard names.count > scope.names else { return }
    // A mention after the declaration was dropped when met; one before it is found here.
    var kept = scope.edges
    for index in scope.edges..<edges.count {
      let edge = edges[index]
      if edge.qualifier == .none, edge.kind != .imports, contains(edge.name) { continue }
      edges[kept] = edge
      kept += 1
    }
    edges.removeSubrange(kept...)
    for name in names[scope.names...] { declared[Int(name.rawValue)] -= 1 }
    names.removeSubrange(scope.names...)
  }
}
