import Graph

/// Languages whose names can mean each other's entities: those with the same rule for imports, unless it is the one that
/// says nothing. So a header counts as of both languages that include it.
struct Families {
  /// By ``LanguageID``.
  private let numbers: [Int]

  init(_ languages: [LanguageTraits]) {
    numbers = languages.indices.map { index in
      let rule = languages[index].imports
      if rule == ImportRule() { return index }
      return languages.firstIndex { $0.imports == rule } ?? index
    }
  }

  subscript(_ language: LanguageID) -> Int {
    Int(language.rawValue) < numbers.count ? numbers[Int(language.rawValue)] : -1
  }
}
