internal import Graph

/// Lays compiled patterns out flat.
struct PatternLayout {
  let memory: RuleMemory
  let grammar: Grammar

  /// `patterns` all start at one type of node and stand in the order in which they run.
  func group(_ patterns: [CompiledPattern]) -> PatternGroup {
    var tests = TestNumbers()
    let flat = patterns.map { flatten($0, &tests) }
    return PatternGroup(
      patterns: memory.keep(flat),
      tests: tests.isEmpty ? nil : memory.keep([childTests(tests)]).baseAddress)
  }

  private func flatten(_ pattern: CompiledPattern, _ tests: inout TestNumbers) -> FlatPattern {
    var required: UInt64 = 0
    let captured = Set(pattern.captures.map(\.step))
    let steps = pattern.steps.enumerated().map { index, step in
      let hasChildren = pattern.steps.contains { $0.parent == index }
      let isFollowed = pattern.steps.contains { $0.previous == index && $0.isAnchored }
      var flat = FlatPattern.Step(
        parent: Int32(step.parent), previous: Int32(step.previous), symbol: 0, field: step.field, test: .any,
        isAnchored: step.isAnchored, isLast: step.isLast, hasChildren: hasChildren,
        isFoundOnce: !captured.contains(index) && !hasChildren && !isFollowed && step.absentFields.isEmpty,
        absentFields: memory.keep(step.absentFields))
      switch step.test {
      case .symbol(let symbol): (flat.test, flat.symbol) = (.symbol, symbol)
      case .anyNamed: flat.test = .anyNamed
      case .any: flat.test = .any
      }
      if step.parent == 0 { required |= tests.bit(of: flat) }
      return flat
    }
    let descended = Set(pattern.descents.map(\.step))
    var enclosing = UInt64.max
    var early: [(cost: Int, FlatPredicate)] = []
    var late: [(cost: Int, FlatPredicate)] = []
    for predicate in pattern.predicates {
      if case .within(let kinds) = predicate.condition {
        let bits = kinds.reduce(0 as UInt64) { $0 | Self.bit(of: $1) }
        enclosing &= predicate.isNegated ? ~bits : bits
      } else if let (cost, condition) = flatten(predicate.condition) {
        let flat = FlatPredicate(condition: condition, isNegated: predicate.isNegated)
        if descended.isDisjoint(with: predicate.condition.steps) {
          early.append((cost, flat))
        } else {
          late.append((cost, flat))
        }
      }
    }
    func sorted(_ predicates: [(cost: Int, FlatPredicate)]) -> UnsafeBufferPointer<FlatPredicate> {
      memory.keep(predicates.sorted { $0.cost < $1.cost }.map(\.1))
    }
    return FlatPattern(
      steps: memory.keep(steps), early: sorted(early),
      descents: memory.keep(pattern.descents.map { FlatPattern.Descent(step: Int32($0.step), field: $0.field) }),
      late: sorted(late),
      actions: memory.keep(pattern.actions.map { FlatPattern.Action(action: $0.action, step: Int32($0.step)) }),
      required: required, enclosing: enclosing, name: Int32(pattern.name ?? -1),
      qualifier: Int32(pattern.qualifier ?? -1), alias: Int32(pattern.alias ?? -1), body: Int32(pattern.body ?? -1),
      type: Int32(pattern.type ?? -1), value: Int32(pattern.value ?? -1), parameters: Int32(pattern.parameters ?? -1),
      arguments: Int32(pattern.arguments ?? -1), flags: pattern.flags)
  }

  /// Nil for a condition that is not about nodes. A regular expression costs more than all else.
  private func flatten(_ condition: CompiledPredicate.Condition) -> (cost: Int, FlatPredicate.Condition)? {
    switch condition {
    case .hasParent(let step, let symbols): (0, .hasParent(step: Int32(step), symbolSet(symbols)))
    case .equals(let step, let text): (1, .isOne(step: Int32(step), WordSet([text], in: memory)))
    case .isOne(let step, let texts): (1, .isOne(step: Int32(step), WordSet(texts, in: memory)))
    case .equalsOther(let step, let other): (2, .equalsOther(step: Int32(step), other: Int32(other)))
    case .matches(let step, let regex): (3, .matches(step: Int32(step), memory.keep(regex)))
    case .within: nil
    }
  }

  /// The bit of ``FlatPattern/enclosing`` for a kind of entity.
  @inline(__always)
  static func bit(of kind: EntityKind) -> UInt64 {
    assert(kind.rawValue < 64)
    return 1 << UInt64(kind.rawValue)
  }

  private func symbolSet(_ symbols: [UInt16]) -> SymbolSet {
    var words = [UInt64](repeating: 0, count: grammar.symbolCount / 64 + 1)
    for symbol in symbols where symbol != .max { words[Int(symbol >> 6)] |= 1 << UInt64(symbol & 63) }
    return SymbolSet(words: memory.keep(words), hasError: symbols.contains(.max))
  }

  private func childTests(_ tests: TestNumbers) -> ChildTests {
    var slots = [ChildTests.Slot(plain: 0, byField: memory.keep([]))]
    var slotOfSymbol = [UInt8](repeating: 0, count: grammar.symbolCount + 1)
    for symbol in Set(tests.bits.keys.compactMap(\.symbol)) {
      let own = tests.bits.filter { $0.key.symbol == symbol }
      let plain = own.filter { $0.key.field == 0 }.values.reduce(0, |)
      let byField = own.filter { $0.key.field != 0 }.map { (field: $0.key.field, tests: $0.value) }
      slotOfSymbol[min(Int(symbol), grammar.symbolCount)] = UInt8(slots.count)
      slots.append(ChildTests.Slot(plain: plain, byField: memory.keep(byField)))
    }
    var ofField = [UInt64](repeating: 0, count: grammar.fieldCount + 1)
    for (test, bit) in tests.bits where test.symbol == nil { ofField[Int(test.field)] |= bit }
    return ChildTests(
      slots: memory.keep(slots), slotOfSymbol: memory.keep(slotOfSymbol), ofField: memory.keep(ofField))
  }
}

/// Numbers the tests of a group. Those past the 64th are not among them: patterns are then tried in vain, no more.
private struct TestNumbers {
  struct Test: Hashable {
    /// Nil for any node under the field.
    var symbol: UInt16?
    var field: UInt16
  }

  private(set) var bits: [Test: UInt64] = [:]

  var isEmpty: Bool { bits.isEmpty }

  /// 0 for a test that nearly every child passes.
  mutating func bit(of step: FlatPattern.Step) -> UInt64 {
    let test = Test(symbol: step.test == .symbol ? step.symbol : nil, field: step.field)
    if test.symbol == nil, test.field == 0 { return 0 }
    if let bit = bits[test] { return bit }
    guard bits.count < 64 else { return 0 }
    let bit: UInt64 = 1 << UInt64(bits.count)
    bits[test] = bit
    return bit
  }
}

extension CompiledPredicate.Condition {
  /// The steps whose nodes it looks at.
  fileprivate var steps: [Int] {
    switch self {
    case .equals(let step, _), .isOne(let step, _), .matches(let step, _), .hasParent(let step, _): [step]
    case .equalsOther(let step, let other): [step, other]
    case .within: []
    }
  }
}
