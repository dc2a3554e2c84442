import Graph

/// An expression that leads from name to name: what stands before a member, or what a value is set to. Read from its text.
struct ValueExpression: Equatable {
  struct Part: Equatable {
    var name: [UInt8]
    /// True if what the name means is called, or made with a list of values.
    var isCalled = false
  }

  var parts: [Part]

  /// The names, if none of them is called.
  var path: [[UInt8]]? { parts.contains(where: \.isCalled) ? nil : parts.map(\.name) }

  /// Nil for anything else than names, calls and what joins them.
  init?(_ text: ArraySlice<UInt8>, separator: String) {
    var reader = TextReader(text)
    reader.skipWords()
    reader.skip { "*&!(".utf8.contains($0) }
    reader.skipWords()
    parts = []
    repeat {
      guard let name = reader.name() else { return nil }
      var part = Part(name: name)
      reader.skipTypeArguments()
      while let open = reader.next, open == UInt8(ascii: "(") || open == UInt8(ascii: "{") {
        guard reader.skipBrackets() else { return nil }
        part.isCalled = true
      }
      parts.append(part)
      // A value that may be missing has the members of one that is not; so has what stood in brackets.
      reader.skip { "?!)".utf8.contains($0) }
    } while reader.skipJoint(separator)
    guard reader.next == nil else { return nil }
  }

  /// A path of names, without what may be called.
  init(path: [[UInt8]]) { parts = path.map { Part(name: $0) } }
}

/// A type as written, as far as members can be looked for in it.
struct TypeName: Equatable {
  /// Its name last.
  var path: [[UInt8]]
  /// Its first type argument's text.
  var argument: ArraySlice<UInt8>?

  /// Nil for a type without a name, such as a tuple, a function or an array.
  init?(_ text: ArraySlice<UInt8>, separator: String) {
    var reader = TextReader(text)
    reader.skip { "*&?:\"'^".utf8.contains($0) }
    reader.skipWords()
    reader.skip { "*&".utf8.contains($0) }
    path = []
    repeat {
      guard let name = reader.name() else { return nil }
      path.append(name)
      if let inside = reader.skipTypeArguments() { argument = inside }
      if argument == nil, reader.next == UInt8(ascii: "[") {
        guard let inside = reader.brackets(), !inside.isEmpty else { return nil }
        argument = inside
      }
    } while reader.skipJoint(separator)
    reader.skip { "?!*&\"' ".utf8.contains($0) }
    reader.skipNothing()
    guard reader.next == nil else { return nil }
  }
}

/// Reads a text from its start.
private struct TextReader {
  private let text: ArraySlice<UInt8>
  private var place: Int

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    place = text.startIndex
  }

  var next: UInt8? { place < text.endIndex ? text[place] : nil }

  mutating func skip(_ isSkipped: (UInt8) -> Bool) {
    while let next, isSkipped(next) { place += 1 }
  }

  /// Words of the language that stand before a name: `new`, `await`, `const`.
  mutating func skipWords() {
    var start = place
    var index = place
    while index < text.endIndex, text[index] != UInt8(ascii: " ") {
      guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(text[index]) else { break }
      index += 1
      if index < text.endIndex, text[index] == UInt8(ascii: " ") {
        index += 1
        start = index
      }
    }
    place = start
  }

  mutating func name() -> [UInt8]? {
    let start = place
    skip(Self.isInName)
    guard place > start, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[start]) else { return nil }
    return Array(text[start..<place])
  }

  /// What joins two names.
  mutating func skipJoint(_ separator: String) -> Bool {
    for joint in [separator, "->", "?.", "&.", "::", ".", "?->", ":", "\\"] where starts(with: joint) {
      place += joint.utf8.count
      return true
    }
    return false
  }

  private func starts(with word: String) -> Bool { text[place...].starts(with: word.utf8) }

  /// `| None` and what else says that a value may be missing.
  mutating func skipNothing() {
    for word in ["|None", "|null", "|undefined", "|nil"] {
      while starts(with: word) { place += word.utf8.count }
    }
  }

  /// `<...>`, or `::<...>`. Returns what stands in it.
  @discardableResult
  mutating func skipTypeArguments() -> ArraySlice<UInt8>? {
    let start = place
    if starts(with: "::<") { place += 2 }
    guard next == UInt8(ascii: "<"), let end = end(of: UInt8(ascii: "<"), UInt8(ascii: ">")) else {
      place = start
      return nil
    }
    let inside = text[(place + 1)..<end]
    // What is compared is no type.
    guard end + 1 == text.endIndex || "({.:?!*&->[ |\"',".utf8.contains(text[end + 1]) else {
      place = start
      return nil
    }
    place = end + 1
    return Self.first(of: inside)
  }

  /// What stands in the square brackets that come, up to the first comma. Nil if they do not end.
  mutating func brackets() -> ArraySlice<UInt8>? {
    guard let end = end(of: UInt8(ascii: "["), UInt8(ascii: "]")) else { return nil }
    let inside = text[(place + 1)..<end]
    place = end + 1
    return Self.first(of: inside)
  }

  mutating func skipBrackets() -> Bool {
    let isRound = next == UInt8(ascii: "(")
    guard
      let end = end(
        of: isRound ? UInt8(ascii: "(") : UInt8(ascii: "{"), isRound ? UInt8(ascii: ")") : UInt8(ascii: "}"))
    else { return false }
    place = end + 1
    return true
  }

  /// Where the bracket that comes is closed, texts in quotes left out.
  private func end(of open: UInt8, _ close: UInt8) -> Int? {
    var depth = 0
    var quote: UInt8?
    for index in place..<text.endIndex {
      let byte = text[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") && open == UInt8(ascii: "(") {
        quote = byte
      } else if byte == open {
        depth += 1
      } else if byte == close,
        index == text.startIndex || text[index - 1] != UInt8(ascii: "-") || close != UInt8(ascii: ">")
      {
        depth -= 1
        if depth == 0 { return index }
      }
    }
    return nil
  }

  private static func first(of arguments: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var depth = 0
    for index in arguments.indices {
      if "<[(".utf8.contains(arguments[index]) { depth += 1 }
      if ">])".utf8.contains(arguments[index]) { depth -= 1 }
      if depth == 0, arguments[index] == UInt8(ascii: ",") { return arguments[..<index] }
    }
    return arguments
  }

  private static func isInName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "@"), 0x80...:
      true
    default: false
    }
  }
}

extension [UInt8] {
  /// True for a name in capitals and small letters that begins with a capital: a type's, by the custom of most languages.
  var looksLikeType: Bool {
    guard let first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else { return false }
    return contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
  }
}
