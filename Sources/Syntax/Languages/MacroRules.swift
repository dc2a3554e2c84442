/// Where a language's macros stand that its grammar is not to see: a manifest's `macros`, compiled.
// SAFETY: immutable; rules and sets of words point into `memory`, which lives as long.
final class MacroRules: @unchecked Sendable {
  struct Rule {
    let behind: Neighbours
    let ahead: Neighbours
  }

  /// What may stand on one side of a macro.
  struct Neighbours {
    /// By the sign.
    let signs: UnsafeBufferPointer<Bool>
    let words: WordSet
    /// Start or end of the file.
    let isEdge: Bool
    let forms: Forms
  }

  /// What no sign or word tells.
  struct Forms: OptionSet {
    let rawValue: UInt8
    /// Behind: the parameters of something declared, and words that may follow them.
    static let parameters = Forms(rawValue: 1)
    /// Behind: the name of a variable, behind its type.
    static let variable = Forms(rawValue: 2)
    /// Behind: the bracket that opens the body of a type with fields.
    static let fields = Forms(rawValue: 4)
    /// Ahead: a type and a name, or a word that only begins a declaration.
    static let declaration = Forms(rawValue: 8)
    /// Ahead: a name, then a body, with bases before it or not.
    static let body = Forms(rawValue: 16)
    /// Ahead: a name, then a semicolon.
    static let name = Forms(rawValue: 32)

    static let written: [String: Forms] = [
      "<parameters>": .parameters, "<variable>": .variable, "<fields>": .fields,
      "<declaration>": .declaration, "<body>": .body, "<name>": .name,
    ]
  }

  let rules: UnsafeBufferPointer<Rule>
  /// Words that begin no declaration, and are no names.
  let statements: WordSet
  /// Words beside a type that are none.
  let specifiers: WordSet
  /// Words that are types by themselves.
  let types: WordSet
  /// Other words with which a declaration begins, and which follow no type.
  let heads: WordSet
  /// Words before the name of a type with fields.
  let fields: WordSet
  /// Words that are never hidden.
  let kept: WordSet
  private let memory = RuleMemory()

  /// Throws what is wrong. `place` says where the rules stand.
  init(_ written: LanguageManifest.Macros, place: String) throws(LanguageError) {
    let memory = memory
    func set(_ words: [String]?) -> WordSet { WordSet((words ?? []).map { Array($0.utf8) }, in: memory) }
    statements = set(written.statements)
    specifiers = set(written.specifiers)
    types = set(written.types)
    heads = set(written.heads)
    fields = set(written.fields)
    kept = set(written.kept)
    var rules: [Rule] = []
    for rule in written.rules {
      rules.append(
        Rule(
          behind: try Self.neighbours(rule.behind, [.parameters, .variable, .fields], memory, place),
          ahead: try Self.neighbours(rule.ahead, [.declaration, .body, .name], memory, place)))
    }
    self.rules = memory.keep(rules)
  }

  /// True if a word is one of the language's own, and so no name.
  func isKeyword(_ word: UnsafeRawBufferPointer) -> Bool {
    statements.contains(word) || specifiers.contains(word) || types.contains(word) || heads.contains(word)
  }

  private static func neighbours(
    _ written: [String], _ allowed: Forms, _ memory: RuleMemory, _ place: String
  ) throws(LanguageError) -> Neighbours {
    var signs = [Bool](repeating: false, count: 256)
    var words: [[UInt8]] = []
    var isEdge = false
    var forms: Forms = []
    for text in written {
      let bytes = Array(text.utf8)
      if let form = Forms.written[text], allowed.contains(form) {
        forms.insert(form)
      } else if bytes.isEmpty {
        isEdge = true
      } else if bytes.allSatisfy({ Extractor.isInWord($0) }) {
        words.append(bytes)
      } else if bytes.count == 1 {
        signs[Int(bytes[0])] = true
      } else {
        throw LanguageError("\(place): \"\(text)\" is no word, no single sign, and no form that may stand there")
      }
    }
    return Neighbours(signs: memory.keep(signs), words: WordSet(words, in: memory), isEdge: isEdge, forms: forms)
  }
}
