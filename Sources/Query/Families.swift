import Graph

/// Numbers of the families of languages, each the number of its first language.
struct Families {
  /// By ``LanguageID``.
  private let numbers: [Int]

  init(_ languages: [LanguageTraits]) {
    numbers = languages.map { language in languages.firstIndex { $0.family == language.family }! }
  }

  /// Members that types outside of the tree have, by family.
  func commonMembers(_ languages: [LanguageTraits]) -> [Int: Set<[UInt8]>] {
    var members: [Int: Set<[UInt8]>] = [:]
    for (number, language) in zip(numbers, languages) {
      members[number, default: []].formUnion(language.commonMembers.lazy.map { Array($0.utf8) })
    }
    return members
  }

  subscript(_ language: LanguageID) -> Int {
    Int(language.rawValue) < numbers.count ? numbers[Int(language.rawValue)] : -1
  }
}
