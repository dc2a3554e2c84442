/// Where a language's macros stand that its grammar is not to see: a manifest's `macros`, compiled.
// SAFETY: immutable; the sets of words point into `memory`, which lives as long.
final class MacroRules: @unchecked Sendable {
  struct Rule {
    let behind: Neighbours
    let ahead: Neighbours
  }

  /// What may stand on one side of a macro.
  struct Neighbours {
    var signs = [Bool](repeating: false, count: 256)
    var words: WordSet
    /// Start or end of the file.
    var isEdge = false
    var forms: Set<Form> = []
  }

  /// What no sign or word tells.
  enum Form: String {
    /// Behind: the parameters of something declared, and words that may follow them.
    case parameters = "<parameters>"
    /// Behind: the name of a variable, behind its type.
    case variable = "<variable>"
    /// Behind: the bracket that opens the body of a type with fields.
    case fields = "<fields>"
    /// Ahead: a type and a name, or a word that only begins a declaration.
    case declaration = "<declaration>"
    /// Ahead: a name, then a body, with bases before it or not.
    case body = "<body>"
    /// Ahead: a name, then a semicolon.
    case name = "<name>"
  }

  let rules: [Rule]
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
    self.rules = rules
  }

  /// True if a word is one of the language's own, and so no name.
  func isKeyword(_ word: UnsafeRawBufferPointer) -> Bool {
    statements.contains(word) || specifiers.contains(word) || types.contains(word) || heads.contains(word)
  }

  private static func neighbours(
    _ written: [String], _ forms: Set<Form>, _ memory: RuleMemory, _ place: String
  ) throws(LanguageError) -> Neighbours {
    var words: [[UInt8]] = []
    var neighbours = Neighbours(words: WordSet([], in: memory))
    for text in written {
      let bytes = Array(text.utf8)
      if let form = Form(rawValue: text), forms.contains(form) {
        neighbours.forms.insert(form)
      } else if bytes.isEmpty {
        neighbours.isEdge = true
      } else if bytes.allSatisfy({ Extractor.isInWord($0) }) {
        words.append(bytes)
      } else if bytes.count == 1 {
        neighbours.signs[Int(bytes[0])] = true
      } else {
        throw LanguageError("\(place): \"\(text)\" is no word, no single sign, and no form that may stand there")
      }
    }
    neighbours.words = WordSet(words, in: memory)
    return neighbours
  }
}
