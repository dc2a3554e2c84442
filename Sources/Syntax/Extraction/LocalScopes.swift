internal import Graph

/// The names of locals and parameters that are open at a point of the walk, and the mentions that may turn out to mean
/// one that is declared later in its scope.
struct LocalScopes {
  private struct Scope {
    var edges: Int
    var locals: Int
  }

  private struct Local {
    var name: NameID
    /// In the form of `Entity.type`.
    var type: NameID
    /// The one of that name that it hides + 1; 0 for none.
    var hidden: UInt32
  }

  /// False if calls mean a local of the name never.
  private let hidesCalls: Bool
  private var scopes: [Scope] = []
  /// Of the open scopes, innermost last.
  private var locals: [Local] = []
  /// The innermost local of a name + 1, 0 for none; by name id.
  private var innermost: [UInt32] = []

  /// Marks a receiver that is the name of what may turn out to be a local.
  private static let pending = UInt32(1) << 31

  init(hidesCalls: Bool) { self.hidesCalls = hidesCalls }

  mutating func removeAll() {
    scopes.removeAll(keepingCapacity: true)
    locals.removeAll(keepingCapacity: true)
    innermost.removeAll(keepingCapacity: true)
  }

  var isOpen: Bool { !scopes.isEmpty }

  mutating func open(edges: Int) { scopes.append(Scope(edges: edges, locals: locals.count)) }

  mutating func declare(_ name: NameID, type: NameID) {
    if scopes.isEmpty { return }
    let index = Int(name.rawValue)
    if index >= innermost.count {
      innermost.append(contentsOf: repeatElement(0, count: index + 1 - innermost.count))
    }
    locals.append(Local(name: name, type: type, hidden: innermost[index]))
    innermost[index] = UInt32(locals.count)
  }

  /// Marks the receiver of an edge that means no local of its name, whatever is declared.
  var notLocal: NameID { isOpen ? Self.never : .none }
  private static let never = NameID(rawValue: .max - 1)

  /// True if an edge that has no qualifier means a local.
  func hides(_ edge: Edge) -> Bool {
    edge.receiver != Self.never && edge.qualifier == .none && edge.kind != .imports
      && (hidesCalls || edge.kind != .calls) && local(edge.name) != nil
  }

  private func local(_ name: NameID) -> Local? {
    let index = Int(name.rawValue)
    return index < innermost.count && innermost[index] > 0 ? locals[Int(innermost[index]) - 1] : nil
  }

  /// What is said of the local that a name means now; `NameID.none` if nothing is, nil if it means none.
  func type(of name: NameID) -> NameID? { local(name)?.type }

  /// What `Edge.receiver` is to be where a qualifier begins with `name`. While its scopes are open, that may be a mark that
  /// nothing is known yet.
  func receiver(_ name: NameID, empty: NameID) -> NameID {
    guard let local = local(name) else { return NameID(rawValue: name.rawValue | Self.pending) }
    return local.type == .none ? empty : local.type
  }

  /// Ends the innermost scope: drops the mentions in it that mean one of its names, and says what the receivers are that
  /// are its locals. A mention after the declaration was seen to when met; one before it is found here.
  mutating func close(_ edges: inout [Edge], _ names: inout NameTable) {
    let scope = scopes.removeLast()
    if locals.count > scope.locals {
      var kept = scope.edges
      for index in scope.edges..<edges.count {
        var edge = edges[index]
        if hides(edge) { continue }
        if edge.receiver != Self.never, let name = edge.pendingReceiver, let local = local(name) {
          edge.receiver = local.type == .none ? names.intern([]) : local.type
        }
        edges[kept] = edge
        kept += 1
      }
      edges.removeSubrange(kept...)
      while locals.count > scope.locals {
        let local = locals.removeLast()
        innermost[Int(local.name.rawValue)] = local.hidden
      }
    }
    if scopes.isEmpty {
      for index in scope.edges..<edges.count where edges[index].pendingReceiver != nil { edges[index].receiver = .none }
    }
  }
}

extension Edge {
  /// The name that its qualifier begins with, until it is known whether that is a local's.
  fileprivate var pendingReceiver: NameID? {
    receiver != .none && receiver.rawValue >> 31 != 0 ? NameID(rawValue: receiver.rawValue & ~(1 << 31)) : nil
  }
}
