/// Reads a file of patterns. Errors name the line and what was expected.
struct PatternReader {
  private let text: [UInt8]
  private let file: String
  private var offset = 0
  private var line = 1

  init(_ file: PatternFile) {
    text = file.text
    self.file = file.path
  }

  mutating func patterns() throws(LanguageError) -> [PatternSource] {
    var patterns: [PatternSource] = []
    skipSpace()
    while offset < text.count {
      patterns.append(try pattern())
      skipSpace()
    }
    return patterns
  }

  /// Where each pattern stands in the text.
  mutating func extents() throws(LanguageError) -> [(place: PatternPlace, range: Range<Int>)] {
    var extents: [(place: PatternPlace, range: Range<Int>)] = []
    skipSpace()
    while offset < text.count {
      let start = offset
      let place = try pattern().place
      extents.append((place, start..<offset))
      skipSpace()
    }
    return extents
  }

  private mutating func pattern() throws(LanguageError) -> PatternSource {
    let place = PatternPlace(file: file, line: line)
    var predicates: [PatternSource.Predicate] = []
    // `((node) (#predicate))` groups a node with its predicates.
    if peek() == "(", isGroup() {
      take("(")
      skipSpace()
      var root = try node(&predicates)
      try rest(of: &root, &predicates)
      return PatternSource(root: root, predicates: predicates, place: place)
    }
    let root = try node(&predicates)
    return PatternSource(root: root, predicates: predicates, place: place)
  }

  private mutating func rest(
    of root: inout PatternSource.Node, _ predicates: inout [PatternSource.Predicate]
  ) throws(LanguageError) {
    skipSpace()
    while take("(") {
      guard take("#") else { throw error("only predicates may follow the node of a group") }
      predicates.append(try predicate())
      skipSpace()
    }
    guard take(")") else { throw error("expected ) at the end of a group") }
    try captures(of: &root)
  }

  /// True at `(` followed by another `(` or `[`.
  private func isGroup() -> Bool {
    var next = offset + 1
    while next < text.count, Self.isSpace(text[next]) { next += 1 }
    return next < text.count && (text[next] == UInt8(ascii: "(") || text[next] == UInt8(ascii: "["))
  }

  private mutating func node(_ predicates: inout [PatternSource.Predicate]) throws(LanguageError) -> PatternSource.Node
  {
    skipSpace()
    var node: PatternSource.Node
    if take("[") {
      node = PatternSource.Node(kind: .oneOf(try alternatives(&predicates)))
    } else if peek() == "\"" {
      node = PatternSource.Node(kind: .anonymous(try string()))
    } else if peek() == "_" {
      offset += 1
      node = PatternSource.Node(kind: .any)
    } else if take("(") {
      skipSpace()
      let name = word()
      guard !name.isEmpty else { throw error("expected the name of a node type after (") }
      node = PatternSource.Node(kind: name == "_" ? .anyNamed : .named(name))
      try children(of: &node, &predicates)
    } else {
      throw error("expected a node: (name), \"text\", _ or [...]")
    }
    try captures(of: &node)
    return node
  }

  private mutating func alternatives(
    _ predicates: inout [PatternSource.Predicate]
  ) throws(LanguageError) -> [PatternSource.Node] {
    var nodes: [PatternSource.Node] = []
    skipSpace()
    while !take("]") {
      nodes.append(try node(&predicates))
      skipSpace()
    }
    return nodes
  }

  private mutating func children(
    of node: inout PatternSource.Node, _ predicates: inout [PatternSource.Predicate]
  ) throws(LanguageError) {
    var isAnchored = false
    while true {
      skipSpace()
      if take(")") {
        node.endsWithAnchor = isAnchored
        return
      }
      if take(".") {
        isAnchored = true
      } else if take("!") {
        node.absentFields.append(word())
      } else if peek() == "(", offset + 1 < text.count, text[offset + 1] == UInt8(ascii: "#") {
        offset += 2
        predicates.append(try predicate())
      } else {
        let field = fieldName()
        let child = try self.node(&predicates)
        let isOptional = take("?")
        if peek() == "*" || peek() == "+" { throw error("the quantifiers * and + are not supported") }
        var optional = PatternSource.Child(field: field, isAnchored: isAnchored, isOptional: isOptional, node: child)
        if isOptional { try captures(of: &optional.node) }
        node.children.append(optional)
        isAnchored = false
      }
    }
  }

  /// `name:` if it stands here.
  private mutating func fieldName() -> String? {
    let start = offset
    let name = word()
    if !name.isEmpty, take(":") { return name }
    offset = start
    return nil
  }

  private mutating func captures(of node: inout PatternSource.Node) throws(LanguageError) {
    skipSpace()
    while take("@") {
      node.captures.append(word())
      skipSpace()
    }
  }

  private mutating func predicate() throws(LanguageError) -> PatternSource.Predicate {
    var predicate = PatternSource.Predicate(name: word(), arguments: [])
    skipSpace()
    while !take(")") {
      if take("@") {
        predicate.arguments.append(.capture(word()))
      } else if peek() == "\"" {
        predicate.arguments.append(.text(try string()))
      } else {
        let text = word()
        guard !text.isEmpty else { throw error("expected an argument of #\(predicate.name)") }
        predicate.arguments.append(.text(text))
      }
      skipSpace()
    }
    return predicate
  }

  private mutating func string() throws(LanguageError) -> String {
    take("\"")
    var bytes: [UInt8] = []
    while offset < text.count, text[offset] != UInt8(ascii: "\"") {
      if text[offset] == UInt8(ascii: "\\"), offset + 1 < text.count { offset += 1 }
      bytes.append(text[offset])
      offset += 1
    }
    guard take("\"") else { throw error("a string has no end") }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func word() -> String {
    let start = offset
    while offset < text.count, Self.isWord(text[offset]) { offset += 1 }
    return String(decoding: text[start..<offset], as: UTF8.self)
  }

  private mutating func skipSpace() {
    while offset < text.count {
      if text[offset] == UInt8(ascii: ";") {
        while offset < text.count, text[offset] != UInt8(ascii: "\n") { offset += 1 }
      } else if Self.isSpace(text[offset]) {
        if text[offset] == UInt8(ascii: "\n") { line += 1 }
        offset += 1
      } else {
        return
      }
    }
  }

  private func peek() -> Character? { offset < text.count ? Character(Unicode.Scalar(text[offset])) : nil }

  @discardableResult
  private mutating func take(_ character: Character) -> Bool {
    guard peek() == character else { return false }
    offset += 1
    return true
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "?"), UInt8(ascii: "!"):
      true
    default: false
    }
  }

  private func error(_ what: String) -> LanguageError {
    LanguageError("\(PatternPlace(file: file, line: line)): \(what)")
  }
}
