internal import Graph
internal import Platform

/// A pattern bound to a grammar: a flat list of node tests in source order, so that it can be matched without closures
/// or recursion over its own nesting.
final class CompiledPattern: Sendable {
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
    /// A call that no local can be meant by.
    case command
    case localScope
    case localDefinition
    case container
    case annotation
    case ignore
    /// The qualifier stands before all imports within the node.
    case prefix
    case flag(EntityFlags)
    /// How the node counts among the parameters or arguments that it stands with.
    case count(Count)
  }

  enum Count: Hashable, Sendable {
    case none
    case optional
    case rest
  }

  let place: PatternPlace
  let steps: [Step]
  let predicates: [CompiledPredicate]
  let actions: [(action: Action, step: Int)]
  /// All captures as written.
  let captures: [(name: String, step: Int)]
  let name: Int?
  let qualifier: Int?
  let alias: Int?
  let body: Int?
  let type: Int?
  let value: Int?
  let parameters: Int?
  let arguments: Int?
  /// Captured nodes that stand for the one found by following a field down.
  let descents: [(step: Int, field: UInt16)]
  /// Flags to set on what it defines.
  let flags: EntityFlags

  init(
    place: PatternPlace, steps: [Step], predicates: [CompiledPredicate], actions: [(action: Action, step: Int)],
    captures: [(name: String, step: Int)], descents: [(step: Int, field: UInt16)], flags: EntityFlags
  ) {
    let roles = Dictionary(captures.map { ($0.name, $0.step) }) { _, last in last }
    self.captures = captures
    self.place = place
    self.steps = steps
    self.predicates = predicates
    self.actions = actions
    name = roles["name"]
    qualifier = roles["qualifier"]
    alias = roles["alias"]
    body = roles["body"]
    type = roles["type"]
    value = roles["value"]
    parameters = roles["parameters"]
    arguments = roles["arguments"]
    self.descents = descents
    self.flags = flags
  }
}

extension CompiledPattern {
  /// Patterns at one node run in this order: what marks nodes, then definitions, then mentions.
  var rank: Int {
    actions.map { action, _ in
      switch action {
      case .flag, .container, .annotation, .prefix, .count: 0
      case .definition: 1
      case .localScope: 2
      case .ignore, .localDefinition: 3
      case .reference, .command: 4
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
