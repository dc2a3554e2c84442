internal import Graph

/// The patterns of a language, ready to run: by the type of node that they start at. Immutable, shared by all threads.
final class ExtractionRules: Sendable {
  /// What holds for all nodes of a type, from patterns that are nothing but that type.
  struct NodeTraits: OptionSet, Sendable {
    let rawValue: UInt8
    /// Its children are units: extracted, kept and extracted again one by one.
    static let container = NodeTraits(rawValue: 1)
    static let localScope = NodeTraits(rawValue: 2)
    /// Says something of the sibling that follows.
    static let annotation = NodeTraits(rawValue: 4)
    /// Has patterns.
    static let root = NodeTraits(rawValue: 8)
    /// A parameter that need not be given.
    static let optional = NodeTraits(rawValue: 16)
    /// Stands for any number of parameters or arguments.
    static let rest = NodeTraits(rawValue: 32)
    /// Stands among parameters or arguments and is none.
    static let uncounted = NodeTraits(rawValue: 64)
  }

  /// The patterns as compiled, by symbol, in the order in which they run.
  let patterns: [[CompiledPattern]]
  let tables: Tables
  private let memory = RuleMemory()

  /// What the walk reads, valid as long as the rules. Plain values: a copy of its own costs a walk nothing.
  // SAFETY: points into the rules' memory, which nobody writes.
  struct Tables: @unchecked Sendable {
    /// By symbol; errors, whose symbol is `.max`, share the last.
    fileprivate let traits: UnsafeBufferPointer<NodeTraits>
    /// By symbol, of those that have the trait `root`.
    fileprivate let groups: UnsafeBufferPointer<PatternGroup>
    /// The most steps that a pattern has.
    let longest: Int
    let bodyField: UInt16
    /// The type of `=`; 0 if the grammar has none.
    let equalsSign: UInt16
    /// The type of `...`, by which C says that any number of arguments may follow; 0 if the grammar has none.
    let ellipsis: UInt16

    @inline(__always)
    func traits(of symbol: UInt16) -> NodeTraits { traits[min(Int(symbol), traits.count - 1)] }

    @inline(__always)
    func group(of symbol: UInt16) -> PatternGroup { groups[Int(symbol)] }
  }

  /// Of patterns that run at one node, those of an earlier file come first.
  init(_ files: [PatternFile], grammar: Grammar) throws(LanguageError) {
    let compiler = PatternCompiler(grammar: grammar)
    var sources: [PatternSource] = []
    for file in files {
      var reader = PatternReader(file)
      sources += try reader.patterns()
    }
    var traits = [NodeTraits](repeating: [], count: grammar.symbolCount)
    var patterns = [[CompiledPattern]](repeating: [], count: grammar.symbolCount)
    for source in sources {
      for pattern in try compiler.compile(source) {
        guard case .symbol(let symbol) = pattern.steps[0].test, Int(symbol) < patterns.count else {
          throw compiler.error(source.place, "a pattern must start at a named type of node other than ERROR")
        }
        if let trait = Self.trait(pattern) {
          traits[Int(symbol)].insert(trait)
        } else if pattern.actions.contains(where: { if case .count = $0.action { true } else { false } }) {
          throw compiler.error(source.place, "@count speaks of all nodes of a type, and goes with nothing else")
        } else {
          patterns[Int(symbol)].append(pattern)
          traits[Int(symbol)].insert(.root)
        }
      }
    }
    for symbol in patterns.indices {
      patterns[symbol] = patterns[symbol].enumerated()
        .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
    }
    self.patterns = patterns
    let layout = PatternLayout(memory: memory, grammar: grammar)
    tables = Tables(
      traits: memory.keep(traits + [[]]), groups: memory.keep(patterns.map { layout.group($0) }),
      longest: patterns.joined().map(\.steps.count).max() ?? 1, bodyField: grammar.field("body") ?? 0,
      equalsSign: grammar.symbol("=", named: false) ?? 0,
      ellipsis: grammar.symbol("...", named: false) ?? 0)
  }

  private static func trait(_ pattern: CompiledPattern) -> NodeTraits? {
    guard pattern.steps.count == 1, pattern.predicates.isEmpty, pattern.actions.count == 1 else { return nil }
    switch pattern.actions[0].action {
    case .container: return .container
    case .localScope: return .localScope
    case .annotation: return .annotation
    case .count(.none): return .uncounted
    case .count(.optional): return .optional
    case .count(.rest): return .rest
    default: return nil
    }
  }
}
