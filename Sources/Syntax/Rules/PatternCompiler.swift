internal import Graph
internal import Platform

/// Binds the patterns of one language to its grammar.
struct PatternCompiler {
  let grammar: Grammar

  /// The variants of a written pattern: one for each way to take its alternatives and optional nodes.
  func compile(_ source: PatternSource) throws(LanguageError) -> [CompiledPattern] {
    var compiled: [CompiledPattern] = []
    for root in try variants(of: source.root, source.place) {
      var builder = PatternBuilder(compiler: self, place: source.place)
      try builder.add(root, parent: -1, previous: -1, field: nil, isAnchored: false, isLast: false)
      compiled.append(try builder.finish(source.predicates))
    }
    return compiled
  }

  /// A node in which no choice is left.
  struct Choice {
    var test: CompiledPattern.NodeTest
    var captures: [String]
    var absentFields: [UInt16]
    var children: [(child: PatternSource.Child, choice: Choice)]
    var endsWithAnchor: Bool
  }

  private func variants(of node: PatternSource.Node, _ place: PatternPlace) throws(LanguageError) -> [Choice] {
    if case .oneOf(let nodes) = node.kind {
      var all: [Choice] = []
      for alternative in nodes {
        for var choice in try variants(of: alternative, place) {
          choice.captures += node.captures
          all.append(choice)
        }
      }
      return all
    }
    let base = Choice(
      test: try test(node.kind, place), captures: node.captures, absentFields: try fields(node.absentFields, place),
      children: [], endsWithAnchor: node.endsWithAnchor)
    var partial = [base]
    for child in node.children {
      let choices = try variants(of: child.node, place)
      var next: [Choice] = []
      for choice in partial {
        for chosen in choices {
          var extended = choice
          extended.children.append((child, chosen))
          next.append(extended)
        }
        if child.isOptional { next.append(choice) }
      }
      partial = next
    }
    return partial
  }

  private func test(_ kind: PatternSource.Node.Kind, _ place: PatternPlace) throws(LanguageError)
    -> CompiledPattern.NodeTest
  {
    switch kind {
    case .any: return .any
    case .anyNamed: return .anyNamed
    case .named(let name): return .symbol(try symbol(name, named: true, place))
    case .anonymous(let text): return .symbol(try symbol(text, named: false, place))
    case .oneOf: throw error(place, "an alternative has no node")
    }
  }

  func symbol(_ name: String, named: Bool, _ place: PatternPlace) throws(LanguageError) -> UInt16 {
    guard let symbol = grammar.symbol(name, named: named) else {
      throw error(place, "the grammar \(grammar.name) has no node type \(named ? name : "\"\(name)\"")")
    }
    return symbol
  }

  func field(_ name: String, _ place: PatternPlace) throws(LanguageError) -> UInt16 {
    guard let field = grammar.field(name) else {
      throw error(place, "the grammar \(grammar.name) has no field \(name)")
    }
    return field
  }

  private func fields(_ names: [String], _ place: PatternPlace) throws(LanguageError) -> [UInt16] {
    var fields: [UInt16] = []
    for name in names { fields.append(try field(name, place)) }
    return fields
  }

  func error(_ place: PatternPlace, _ what: String) -> LanguageError { LanguageError("\(place): \(what)") }
}

/// Lays one variant of a pattern out as steps.
private struct PatternBuilder {
  let compiler: PatternCompiler
  let place: PatternPlace
  private var steps: [CompiledPattern.Step] = []
  private var captured: [String: Int] = [:]
  private var captures: [(name: String, step: Int)] = []
  private var actions: [(action: CompiledPattern.Action, step: Int)] = []
  private var predicates: [CompiledPredicate] = []
  private var descents: [(step: Int, field: UInt16)] = []
  private var flags: EntityFlags = []

  init(compiler: PatternCompiler, place: PatternPlace) {
    self.compiler = compiler
    self.place = place
  }

  mutating func add(
    _ node: PatternCompiler.Choice, parent: Int, previous: Int, field: String?, isAnchored: Bool, isLast: Bool
  ) throws(LanguageError) {
    let step = steps.count
    var fieldID: UInt16 = 0
    if let field { fieldID = try compiler.field(field, place) }
    steps.append(
      CompiledPattern.Step(
        parent: parent, previous: previous, test: node.test, field: fieldID, isAnchored: isAnchored, isLast: isLast,
        absentFields: node.absentFields))
    for capture in node.captures {
      captured[capture] = step
      captures.append((capture, step))
      if let action = try action(capture) { actions.append((action, step)) }
    }
    var before = -1
    for (index, (child, choice)) in node.children.enumerated() {
      let next = steps.count
      let isLast = node.endsWithAnchor && index == node.children.count - 1
      try add(
        choice, parent: step, previous: before, field: child.field, isAnchored: child.isAnchored, isLast: isLast)
      before = next
    }
  }

  mutating func finish(_ predicates: [PatternSource.Predicate]) throws(LanguageError) -> CompiledPattern {
    for predicate in predicates { try add(predicate) }
    if actions.isEmpty { throw compiler.error(place, "the pattern captures nothing that has a meaning") }
    return CompiledPattern(
      place: place, steps: steps, predicates: self.predicates, actions: actions, captures: captures, descents: descents,
      flags: flags)
  }

  private func action(_ capture: String) throws(LanguageError) -> CompiledPattern.Action? {
    let parts = capture.split(separator: ".", maxSplits: 1)
    let detail = parts.count > 1 ? parts[1] : ""
    switch parts.first {
    case "definition":
      guard let kind = EntityKind(name: detail) else { throw compiler.error(place, "no entity kind \(detail)") }
      return .definition(kind)
    case "reference" where detail == "send": return .command
    case "reference":
      guard let kind = Self.references[String(detail)] else { throw compiler.error(place, "no reference \(detail)") }
      return .reference(kind)
    case "local" where detail == "scope": return .localScope
    case "local" where detail == "definition": return .localDefinition
    case "container": return .container
    case "annotation": return .annotation
    case "ignore": return .ignore
    case "prefix": return .prefix
    case "test": return .flag(.test)
    case "file_local": return .flag(.fileLocal)
    case "default_export": return .flag(.defaultExport)
    case "count":
      guard let count = Self.counts[detail] else { throw compiler.error(place, "no way to count \(detail)") }
      return .count(count)
    case "name", "qualifier", "alias", "body", "doc", "type", "value", "parameters", "arguments": return nil
    default:
      if capture.hasPrefix("_") { return nil }
      throw compiler.error(place, "unknown capture @\(capture)")
    }
  }

  /// The words that follow `@count.`.
  private static let counts: [Substring: CompiledPattern.Count] = ["none": .none, "optional": .optional, "rest": .rest]

  /// The words that follow `@reference.`, those that grammars ship included.
  private static let references: [String: EdgeKind] = [
    "call": .calls, "type": .references, "value": .references, "class": .references,
    "interface": .references, "module": .references, "constant": .references, "import": .imports,
    "inheritance": .inherits, "implementation": .implements,
  ]

  private mutating func add(_ predicate: PatternSource.Predicate) throws(LanguageError) {
    var name = predicate.name
    let isNegated = name.hasPrefix("not-")
    if isNegated { name.removeFirst(4) }
    let arguments = predicate.arguments
    let texts = arguments.compactMap { if case .text(let text) = $0 { text } else { nil } }
    func require(_ condition: CompiledPredicate.Condition) {
      predicates.append(CompiledPredicate(condition: condition, isNegated: isNegated))
    }
    switch name {
    case "eq?":
      guard let step = try step(arguments.first), arguments.count == 2 else { return }
      switch arguments[1] {
      case .text(let text): require(.equals(step: step, text: Array(text.utf8)))
      case .capture(let other):
        if let other = captured[other] { require(.equalsOther(step: step, other: other)) }
      }
    case "any-of?":
      if let step = try step(arguments.first) { require(.isOne(step: step, texts: texts.map { Array($0.utf8) })) }
    case "match?":
      guard let step = try step(arguments.first), let text = texts.first else { return }
      guard let regex = PosixPattern(text) else { throw compiler.error(place, "bad regular expression \"\(text)\"") }
      require(.matches(step: step, regex))
    case "within?":
      var kinds: [EntityKind] = []
      for text in texts {
        guard let kind = EntityKind(name: text) else { throw compiler.error(place, "no entity kind \(text)") }
        kinds.append(kind)
      }
      require(.within(kinds))
    case "has-parent?":
      guard let step = try step(arguments.first) else { return }
      var symbols: [UInt16] = []
      for text in texts { symbols.append(try compiler.symbol(text, named: true, place)) }
      require(.hasParent(step: step, symbols: symbols))
    case "descend!":
      guard let step = try step(arguments.first), let field = texts.first else { return }
      descents.append((step, try compiler.field(field, place)))
    case "set!":
      switch texts.first {
      case "test": flags.insert(.test)
      case "file_local": flags.insert(.fileLocal)
      case "default_export": flags.insert(.defaultExport)
      default: throw compiler.error(place, "#set! knows test, file_local and default_export")
      }
    default: throw compiler.error(place, "unknown predicate #\(predicate.name)")
    }
  }

  /// The step that bears a capture; nil if this variant of the pattern has none of that name.
  private func step(_ argument: PatternSource.Predicate.Argument?) throws(LanguageError) -> Int? {
    guard case .capture(let name)? = argument else { throw compiler.error(place, "a predicate lacks its capture") }
    return captured[name]
  }
}
