internal import Graph
internal import Platform

/// A pattern as the walk runs it: plain values in one stretch of memory, so that trying it neither counts references nor
/// checks bounds. Belongs to the ``RuleMemory`` in which it was laid out.
struct FlatPattern {
  struct Step {
    enum Test: UInt8 {
      case symbol
      case anyNamed
      case any
    }
    /// The step whose node is this one's parent; -1 for the root.
    var parent: Int32
    /// The step that matched the sibling before; -1 if this is its parent's first.
    var previous: Int32
    var symbol: UInt16
    /// 0 for any.
    var field: UInt16
    var test: Test
    var isAnchored: Bool
    /// True if no named node may follow under the same parent.
    var isLast: Bool
    /// True if a later step is about a child of its node.
    var hasChildren: Bool
    /// True if what is captured is the same wherever else it stands: the first place that fits leaves the most to what follows.
    var isFoundOnce: Bool
    /// Fields that the node must not have.
    var absentFields: UnsafeBufferPointer<UInt16>
  }

  struct Action {
    var action: CompiledPattern.Action
    var step: Int32
  }

  struct Descent {
    var step: Int32
    var field: UInt16
  }

  var steps: UnsafeBufferPointer<Step>
  /// The conditions on nodes that are looked at where they matched; the cheapest first.
  var early: UnsafeBufferPointer<FlatPredicate>
  var descents: UnsafeBufferPointer<Descent>
  /// The conditions on nodes found by going down.
  var late: UnsafeBufferPointer<FlatPredicate>
  var actions: UnsafeBufferPointer<Action>
  /// The tests among ``PatternGroup/tests`` that some child must pass.
  var required: UInt64
  /// Kinds of enclosing entities in which it holds; bit 0 for none.
  var enclosing: UInt64
  // Steps; -1 for none.
  var name: Int32
  var qualifier: Int32
  var alias: Int32
  var body: Int32
  var type: Int32
  var value: Int32
  var parameters: Int32
  var arguments: Int32
  var flags: EntityFlags
}

/// A condition on what a pattern matched, as the walk evaluates it.
struct FlatPredicate {
  enum Condition {
    case isOne(step: Int32, WordSet)
    case equalsOther(step: Int32, other: Int32)
    case matches(step: Int32, Unmanaged<PosixPattern>)
    case hasParent(step: Int32, SymbolSet)
  }

  var condition: Condition
  var isNegated: Bool
}

/// The patterns that start at one type of node.
struct PatternGroup {
  var patterns: UnsafeBufferPointer<FlatPattern>
  /// Nil if no pattern looks at children by type or field.
  var tests: UnsafePointer<ChildTests>?
}

/// The tests that the patterns of a group make on children of the root, each a bit, so that one look at the children tells
/// for all patterns which lack one.
struct ChildTests {
  struct Slot {
    /// Passed by a child under any field.
    var plain: UInt64
    var byField: UnsafeBufferPointer<(field: UInt16, tests: UInt64)>
  }

  var slots: UnsafeBufferPointer<Slot>
  /// By symbol, an error's last.
  var slotOfSymbol: UnsafeBufferPointer<UInt8>
  /// By field: passed by any node under it.
  var ofField: UnsafeBufferPointer<UInt64>

  /// The tests that a child passes. May say yes for one that it does not.
  @inline(__always)
  func passed(by child: ListedNode) -> UInt64 {
    let slot = slots[Int(slotOfSymbol[min(Int(child.symbol), slotOfSymbol.count - 1)])]
    var passed = slot.plain
    if child.field == 0 { return passed }
    passed |= ofField[Int(child.field)]
    for (field, tests) in slot.byField where field == child.field { passed |= tests }
    return passed
  }
}

/// A set of node types.
struct SymbolSet {
  var words: UnsafeBufferPointer<UInt64>
  var hasError: Bool

  @inline(__always)
  func contains(_ symbol: UInt16) -> Bool {
    if symbol == .max { return hasError }
    let word = Int(symbol >> 6)
    return word < words.count && words[word] >> UInt64(symbol & 63) & 1 != 0
  }
}
