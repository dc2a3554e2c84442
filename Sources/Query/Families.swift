import Graph

/// Numbers of the families of languages, each the number of its first language.
struct Families {
  /// By ``LanguageID``.
  private let numbers: [Int]

  init(_ languages: [LanguageTraits]) {
    numbers = languages.map { language in languages.firstIndex { $0.family == language.family }! }
  }

  subscript(_ language: LanguageID) -> Int {
    Int(language.rawValue) < numbers.count ? numbers[Int(language.rawValue)] : -1
  }
}
