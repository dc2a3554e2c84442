internal import Graph

/// A pattern bound to a grammar: a flat list of node tests in source order, so that it can be matched without closures
/// or recursion over its own nesting.
struct CompiledPattern: Sendable {
  struct Step: Sendable {
    /// The step whose node is this one's parent; -1 for the root.
    var parent: Int
    /// The step that matched the sibling before; -1 if this is its parent's first.
    var previous: Int
    var test: NodeTest
    /// 0 for any.
    var field: UInt16
    var isAnchored: Bool
    /// True if no named node may follow under the same parent.
    var isLast: Bool
    /// Fields that the node must not have.
    var absentFields: [UInt16]
  }

  enum NodeTest: Sendable {
    case symbol(UInt16)
    case anyNamed
    case any
  }

  /// What a match says of the node of a step.
  enum Action: Hashable, Sendable {
    case definition(EntityKind)
    case reference(EdgeKind)
    case localScope
    case localDefinition
    case container
    case annotation
    case ignore
    /// The qualifier stands before all imports within the node.
    case prefix
    case flag(EntityFlags)
  }

  /// The number of the written pattern that this one is a variant of.
  var source: Int
  var line: Int
  var steps: [Step]
  var predicates: [CompiledPredicate]
  var actions: [(action: Action, step: Int)]
  var name: Int?
  var qualifier: Int?
  var alias: Int?
  var body: Int?
  /// Captured nodes that stand for the one found by following a field down.
  var descents: [(step: Int, field: UInt16)]
  /// Flags to set on what it defines.
  var flags: EntityFlags = []
}

extension CompiledPattern {
  /// Patterns at one node run in this order: what marks nodes, then definitions, then mentions.
  var rank: Int {
    actions.map { action, _ in
      switch action {
      case .flag, .container, .annotation, .prefix: 0
      case .definition: 1
      case .localScope: 2
      case .ignore, .localDefinition: 3
      case .reference: 4
      }
    }.min() ?? 5
  }
}

/// A condition on what a pattern matched.
struct CompiledPredicate: Sendable {
  enum Condition: Sendable {
    case equals(step: Int, text: [UInt8])
    case equalsOther(step: Int, other: Int)
    case isOne(step: Int, texts: [[UInt8]])
    case matches(step: Int, PosixPattern)
    /// The nearest enclosing entity is of one of these kinds.
    case within([EntityKind])
    /// The node directly around the captured one is of one of these types.
    case hasParent(step: Int, symbols: [UInt16])
  }

  var condition: Condition
  var isNegated: Bool
}
