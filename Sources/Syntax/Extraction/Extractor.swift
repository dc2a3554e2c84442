internal import Graph
public import Platform

/// Walks syntax trees of one language and writes down what the language's rules find. One walk, no recursion. Belongs to
/// one thread; its buffers are used again from file to file.
public struct Extractor: ~Copyable {
  let language: Language
  private let stop: StopFlag
  let rules: ExtractionRules
  let tables: ExtractionRules.Tables
  var lister: ChildLister
  var match: Match
  var text = UnsafeRawBufferPointer(start: nil, count: 0)
  /// The tree being walked. Nil between walks.
  var tree: OpaquePointer?

  var output = Extraction.Found()
  /// The extraction of the file's version before, and where its units are by node.
  var previous: Extraction?
  var previousUnits: [UInt: Int] = [:]

  var frames = Stack<Frame>()
  /// The root, then the children of all open frames, innermost last; above them, while patterns run, what they list.
  var listed = Stack<ListedNode>(capacity: 1024)
  /// Nodes that a pattern has taken, and that no other may take.
  var claims = PendingNodes<Void>()
  /// Nodes in which nothing is to be found.
  var skips = PendingNodes<Void>()
  /// Nodes at which an entity begins that was found from further up.
  var openings = PendingNodes<EntityIndex>()
  /// What stands before the names of an import, outermost first.
  var prefixes: [[UInt8]] = []
  var locals: LocalScopes
  var buffer = Stack<UInt8>(capacity: 1024)
  /// Not nil while matches are only written down; see ``structuralMatches``.
  var recorded: Set<PatternMatch>?

  /// A walk ends early once `stop` is set. Throws what is wrong with the language's grammar or patterns.
  public init(_ language: Language, stop: StopFlag) throws(LanguageError) {
    let (grammar, rules) = (try language.grammar, try language.rules)
    self.init(language, grammar, rules, stop)
  }

  private init(_ language: Language, _ grammar: Grammar, _ rules: ExtractionRules, _ stop: StopFlag) {
    self.language = language
    self.stop = stop
    self.rules = rules
    tables = rules.tables
    locals = LocalScopes(hidesCalls: language.localsHideCalls)
    lister = ChildLister(grammar)
    match = Match(longest: tables.longest)
  }

  /// Extracts the whole of a tree, or, with the extraction of the version from which the tree was reparsed, what the
  /// parser did not take over. `previous` is used up. `text` is as written; of it the parser did not see `blanks`. Nil once the
  /// stop flag is set.
  public mutating func extract(
    _ tree: SyntaxTree, _ text: [UInt8], _ blanks: Blanks = Blanks(), previous: consuming Extraction? = nil
  ) -> Extraction? {
    let reusable = previous.flatMap { $0.hasOutgrownNames ? nil : $0 }
    let namesAtFirst = begin(reusable)
    self.tree = tree.tree
    text.withUnsafeBytes { bytes in
      self.text = bytes
      listed.append(ListedNode(rootOf: tree))
      enter(0, parent: -1, unit: -1)
      while !frames.isEmpty && !stop.isSet {
        let top = frames.count - 1
        let child = frames[top].next
        if child < frames[top].children.upperBound {
          frames[top].next = child + 1
          visit(child, parent: top)
        } else {
          leave()
        }
      }
      mention(blanks, in: tree)
    }
    output.isFragile = lister.mayHaveMetFragile
    self.tree = nil
    self.text = UnsafeRawBufferPointer(start: nil, count: 0)
    self.previous = nil
    var found = Extraction.Found()
    swap(&found, &output)
    if stop.isSet { return nil }
    return Extraction(found, namesAtFirst: namesAtFirst)
  }

  /// Empties all buffers. Returns the bytes of names that the file had at first.
  private mutating func begin(_ reusable: Extraction?) -> Int? {
    frames.cut(to: 0)
    listed.cut(to: 0)
    claims.cut(to: 0)
    openings.cut(to: 0)
    skips.cut(to: 0)
    prefixes.removeAll(keepingCapacity: true)
    locals.removeAll()
    previousUnits.removeAll(keepingCapacity: true)
    previous = reusable
    output = Extraction.Found()
    lister.mayHaveMetFragile = false
    guard let reusable else { return nil }
    swap(&output.names, &reusable.found.names)
    for (index, unit) in reusable.found.units.enumerated() { previousUnits[unit.subtree] = index }
    return reusable.namesAtFirst ?? output.names.bytes.count
  }

  /// Goes into a child, or takes over what is known of it.
  @inline(__always)
  private mutating func visit(_ index: Int, parent: Int) {
    let traits = tables.traits(of: listed[index].symbol)
    let isLeaf = listed[index].isLeaf
    if skips.meet(listed[index].key) != nil { return }
    if isLeaf && !traits.contains(.root) && claims.isEmpty { return }
    let isAnnotation = traits.contains(.annotation)
    let isUnit = frames[parent].isContainer && !isLeaf && !isAnnotation
    if !(isUnit && takeOver(index, parent: parent)) {
      enter(index, parent: parent, unit: isUnit ? openUnit(index, parent: parent) : -1)
    }
    // Comments, and what the parser skipped, may stand between an annotation and what it speaks of.
    if isAnnotation {
      frames[parent].annotations = Self.combine(frames[parent].annotations, UInt64(listed[index].subtree))
    } else if listed[index].marks.isDisjoint(with: .extra), listed[index].isNamed {
      frames[parent].annotations = 0
      frames[parent].annotationFlags = []
    }
  }

  /// `parent` is -1 for the root.
  private mutating func enter(_ index: Int, parent: Int, unit: Int) {
    let node = listed[index]
    let traits = tables.traits(of: node.symbol)
    let start = listed.count
    lister.append(childrenOf: node, in: tree!, to: &listed)
    if node.marks.contains(.error) { countErrors(start..<listed.count, isRoot: parent < 0, node) }
    var frame = Frame(
      node: index, key: node.key, symbol: node.symbol, children: start..<listed.count, next: start,
      entity: parent < 0 ? Entity.noParent : frames[parent].entity,
      isLocal: parent < 0 ? false : frames[parent].isLocal, claims: claims.count, skips: skips.count,
      openings: openings.count, unit: unit)
    if parent >= 0, !traits.contains(.annotation) { frame.flags = frames[parent].annotationFlags }
    meet(&frame)
    if traits.contains(.localScope) { openScope(&frame) }
    if traits.contains(.root) { runPatterns(&frame, parent: parent) }
    if start == listed.count || frame.isIgnored {
      listed.cut(to: start)
      close(frame)
      return
    }
    // What is found inside a function depends on the names that are open around it.
    frame.isContainer = (frame.isContainer || traits.contains(.container)) && !locals.isOpen
    frames.append(frame)
  }

  /// A node that a pattern has spoken of before it was reached.
  @inline(__always)
  private mutating func meet(_ frame: inout Frame) {
    if claims.meet(frame.key) != nil { frame.isClaimed = true }
    if let entity = openings.meet(frame.key) { begin(entity: entity, in: &frame) }
  }

  func begin(entity: EntityIndex, in frame: inout Frame) {
    frame.entity = entity
    if output.entities[Int(entity)].kind.isScopeOfMembers { frame.isLocal = false }
  }

  mutating func openScope(_ frame: inout Frame) {
    if frame.opensScope { return }
    frame.opensScope = true
    frame.isLocal = true
    locals.open(edges: output.edges.count)
  }

  private mutating func leave() {
    let frame = frames.removeLast()
    listed.cut(to: frame.children.lowerBound)
    close(frame)
  }

  @inline(__always)
  private mutating func close(_ frame: borrowing Frame) {
    if frame.opensScope { locals.close(&output.edges, &output.names) }
    if frame.prefixes > 0 { prefixes.removeLast(frame.prefixes) }
    // What was not met below the node will not be met.
    claims.cut(to: frame.claims)
    skips.cut(to: frame.skips)
    openings.cut(to: frame.openings)
    if frame.unit >= 0 { closeUnit(frame.unit) }
  }

  private mutating func countErrors(_ children: Range<Int>, isRoot: Bool, _ node: ListedNode) {
    if isRoot, node.symbol == .max { output.errors += 1 }
    for child in children where listed[child].symbol == .max || listed[child].marks.contains(.missing) {
      output.errors += 1
    }
  }

  static func combine(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    (hash ^ value).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15).high ^ (value &* 0xD6E8_FEB8_6659_FD93) &+ hash &* 31
  }
}

extension EntityKind {
  /// True where variables inside are members, though a function may stand around.
  var isScopeOfMembers: Bool {
    switch self {
    case .class, .struct, .enum, .union, .interface, .trait, .protocol, .module, .namespace, .extension, .impl, .object,
      .mixin:
      true
    default: false
    }
  }
}
