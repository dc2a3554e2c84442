import Graph

/// Numbers of the families of languages, each the number of its first language.
struct Families {
  /// By family: members that types outside of the tree have.
  let commonMembers: [Int: Set<[UInt8]>]
  /// By ``LanguageID``.
  private let numbers: [Int]

  init(_ languages: [LanguageTraits]) {
    numbers = languages.map { language in languages.firstIndex { $0.family == language.family }! }
    var commonMembers: [Int: Set<[UInt8]>] = [:]
    for (number, language) in zip(numbers, languages) {
      commonMembers[number, default: []].formUnion(language.commonMembers.lazy.map { Array($0.utf8) })
    }
    self.commonMembers = commonMembers
  }

  subscript(_ language: LanguageID) -> Int {
    Int(language.rawValue) < numbers.count ? numbers[Int(language.rawValue)] : -1
  }
}
