import Graph

/// Numbers of the families of languages, each the number of its first language.
struct Families {
  /// By ``LanguageID``.
  private let numbers: [Int]
  /// By family; nil where its languages do not agree.
  private let addressRules: [ImportRule?]

  init(_ languages: [LanguageTraits]) {
    numbers = languages.map { language in languages.firstIndex { $0.family == language.family }! }
    addressRules = languages.map { first in
      let agree = languages.allSatisfy { $0.family != first.family || $0.imports.cutsPaths(as: first.imports) }
      return agree ? first.imports : nil
    }
  }

  /// By which the addresses of a family's files are made; nil where its languages do not agree on one.
  func addressRule(_ family: Int) -> ImportRule? { addressRules.indices.contains(family) ? addressRules[family] : nil }

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
