internal import CTreeSitter

/// A structural match: what a pattern's captures stand for, conditions left aside.
struct PatternMatch: Hashable, CustomStringConvertible {
  struct Capture: Hashable {
    var name: String
    var symbol: UInt16
    var range: Range<Int>
  }

  var place: PatternPlace
  var captures: Set<Capture>

  var description: String {
    let captures = captures.map { "@\($0.name) \($0.range)" }.sorted()
    return "\(place): \(captures.joined(separator: ", "))"
  }
}

/// tree-sitter's own engine on the patterns of one language: too slow to extract with, and the reference for what a pattern
/// means. Belongs to one thread.
///
/// libtree-sitter 0.20.7 departs from its own description in three ways, which whoever compares has to know. Of two states
/// that have captured the same nodes it drops one, though their uncaptured nodes differ. Where the separators of a list
/// bear its field too, it loses the nodes under that field behind one. So `matches` may lack some, which `matches(of:)`,
/// where every node is captured and fields are looked at afterwards, has. And a `.` at the end holds though a named node
/// follows, where hidden nodes lie between.
struct QueryReference: ~Copyable {
  private let grammar: Grammar
  private var queries: [(place: PatternPlace, query: OpaquePointer)] = []
  private let cursor: OpaquePointer?
  /// How many matches the engine may have begun at a time. A pattern that needs more costs too much to compare.
  private static let mostStates: UInt32 = 10_000
  /// Where patterns are that the engine refuses because the grammar, as it understands it, never builds such nodes; it
  /// does not count on errors.
  private(set) var refused: Set<PatternPlace> = []

  init(_ files: [PatternFile], grammar: Grammar) throws(LanguageError) {
    self.grammar = grammar
    cursor = ts_query_cursor_new()
    ts_query_cursor_set_match_limit(cursor, Self.mostStates)
    for file in files {
      var reader = PatternReader(file)
      // A query for each pattern, so that one that is refused does not take the others with it.
      for (place, range) in try reader.extents() {
        if let query = try Self.compile(Array(file.text[range]), place, grammar) {
          queries.append((place, query))
        } else {
          refused.insert(place)
        }
      }
    }
  }

  deinit {
    for (_, query) in queries { ts_query_delete(query) }
    ts_query_cursor_delete(cursor)
  }

  /// Nil if the engine takes the pattern for impossible.
  private static func compile(
    _ text: [UInt8], _ place: PatternPlace, _ grammar: Grammar
  ) throws(LanguageError) -> OpaquePointer? {
    var offset: UInt32 = 0
    var error = TSQueryErrorNone
    let query = text.withUnsafeBytes { bytes in
      let text = bytes.bindMemory(to: CChar.self)
      return ts_query_new(grammar.language, text.baseAddress, UInt32(text.count), &offset, &error)
    }
    if query == nil, error != TSQueryErrorStructure {
      throw LanguageError("\(place): tree-sitter refuses the pattern at its byte \(offset)")
    }
    return query
  }

  /// What the patterns match, as written.
  mutating func matches(_ tree: SyntaxTree) throws(LanguageError) -> Set<PatternMatch> {
    var matches: Set<PatternMatch> = []
    for (place, query) in queries { matches.formUnion(try run(query, place, tree)) }
    return matches
  }

  /// What one variant of a pattern matches.
  mutating func matches(of pattern: CompiledPattern, _ tree: SyntaxTree) throws(LanguageError) -> Set<PatternMatch> {
    let text = Array(pattern.text(0, grammar).utf8)
    guard let query = try Self.compile(text, pattern.place, grammar) else { return [] }
    defer { ts_query_delete(query) }
    return try run(query, pattern.place, tree) { Self.hasFields($0, of: pattern, query) }
  }

  private mutating func run(
    _ query: OpaquePointer, _ place: PatternPlace, _ tree: SyntaxTree,
    where isWanted: (UnsafeBufferPointer<TSQueryCapture>) -> Bool = { _ in true }
  ) throws(LanguageError) -> Set<PatternMatch> {
    var matches: Set<PatternMatch> = []
    var match = TSQueryMatch()
    ts_query_cursor_exec(cursor, query, ts_tree_root_node(tree.tree))
    while ts_query_cursor_next_match(cursor, &match) {
      let captures = UnsafeBufferPointer(start: match.captures, count: Int(match.capture_count))
      if !isWanted(captures) { continue }
      let named = captures.compactMap { Self.capture($0, query) }
      matches.insert(PatternMatch(place: place, captures: Set(named)))
    }
    if ts_query_cursor_did_exceed_match_limit(cursor) {
      throw LanguageError("\(place): the pattern can match in too many ways at once")
    }
    return matches
  }

  /// True if the nodes of a match in which every step is captured stand under the fields that the pattern asks for.
  private static func hasFields(
    _ captures: UnsafeBufferPointer<TSQueryCapture>, of pattern: CompiledPattern, _ query: OpaquePointer
  ) -> Bool {
    let nodes = Dictionary(
      captures.map { (name(of: $0, query), $0.node) }, uniquingKeysWith: { first, _ in first })
    return pattern.steps.indices.allSatisfy { index in
      let step = pattern.steps[index]
      if step.field == 0 { return true }
      guard let node = nodes[CompiledPattern.added + "\(index)"],
        let parent = nodes[CompiledPattern.added + "\(step.parent)"]
      else { return false }
      var cursor = ts_tree_cursor_new(parent)
      defer { ts_tree_cursor_delete(&cursor) }
      var isChild = ts_tree_cursor_goto_first_child(&cursor)
      while isChild, !ts_node_eq(ts_tree_cursor_current_node(&cursor), node) {
        isChild = ts_tree_cursor_goto_next_sibling(&cursor)
      }
      return isChild && ts_tree_cursor_current_field_id(&cursor) == step.field
    }
  }

  /// Nil for those that `CompiledPattern.text` adds.
  private static func capture(_ capture: TSQueryCapture, _ query: OpaquePointer) -> PatternMatch.Capture? {
    let name = name(of: capture, query)
    if name.hasPrefix(CompiledPattern.added) { return nil }
    let node = ListedNode(capture.node, field: 0)
    return PatternMatch.Capture(name: name, symbol: node.symbol, range: node.byteRange)
  }

  private static func name(of capture: TSQueryCapture, _ query: OpaquePointer) -> String {
    var length: UInt32 = 0
    let name = ts_query_capture_name_for_id(query, capture.index, &length)
    return String(
      decoding: UnsafeBufferPointer(start: name, count: Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension CompiledPattern {
  fileprivate static let added = "__step"

  /// The pattern from one step down in tree-sitter's language, without conditions and fields, every node captured.
  fileprivate func text(_ step: Int, _ grammar: Grammar) -> String {
    var inner = ""
    switch steps[step].test {
    case .any: inner = "_"
    case .anyNamed: inner = "(_"
    case .symbol(let symbol):
      let name = String(cString: ts_language_symbol_name(grammar.language, symbol))
      let isNamed = symbol == .max || ts_language_symbol_type(grammar.language, symbol) == TSSymbolTypeRegular
      let escaped = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      inner = isNamed ? "(\(name)" : "\"\(escaped)\""
    }
    if inner.hasPrefix("(") {
      for field in steps[step].absentFields {
        inner += " !" + String(cString: ts_language_field_name_for_id(grammar.language, field))
      }
      for child in steps.indices where steps[child].parent == step {
        if steps[child].isAnchored { inner += " ." }
        inner += " " + text(child, grammar)
        if steps[child].isLast { inner += " ." }
      }
      inner += ")"
    }
    for capture in captures where capture.step == step { inner += " @" + capture.name }
    return inner + " @\(Self.added)\(step)"
  }
}

extension Extractor {
  /// What the patterns match in a tree, conditions left aside. For tests.
  mutating func structuralMatches(_ tree: SyntaxTree, _ text: [UInt8]) -> Set<PatternMatch> {
    recorded = []
    defer { recorded = nil }
    _ = extract(tree, text)
    return recorded ?? []
  }

  /// Writes a match down instead of acting on it.
  mutating func record(_ pattern: UnsafePointer<FlatPattern>, _ frame: borrowing Frame) {
    let number = pattern - tables.group(of: frame.symbol).patterns.baseAddress!
    let compiled = rules.patterns[Int(frame.symbol)][number]
    let captures = compiled.captures.map { name, step in
      let node = listed[Int(match.places[step])]
      return PatternMatch.Capture(name: name, symbol: node.symbol, range: node.byteRange)
    }
    recorded?.insert(PatternMatch(place: compiled.place, captures: Set(captures)))
  }
}
