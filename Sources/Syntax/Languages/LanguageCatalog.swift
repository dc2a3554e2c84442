internal import Glibc
public import Graph
internal import Platform

/// All languages that a run knows, and which file is in which.
public final class LanguageCatalog: Sendable {
  /// In order of name; a ``LanguageID`` counts them.
  public let languages: [Language]
  /// Changes when anything changes that decides what is extracted.
  public let fingerprint: UInt64
  private let bySuffix: [Word: LanguageID]
  /// Whose they are by what they hold, in order of the languages' names.
  private let byContent: [Word: [(language: LanguageID, rule: ContentRule)]]
  private let byName: [Word: LanguageID]
  private let byInterpreter: [Word: LanguageID]

  /// A part of a name, to be looked up without a copy of it.
  private struct Word: Hashable {
    let bytes: ArraySlice<UInt8>

    func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
  }

  /// Version of the extraction itself: goes up when the same rules yield other facts.
  private static let extractionVersion: UInt64 = 4

  /// Loads each folder of `directories` that holds a `language.json`; a later directory's language takes the place of an
  /// earlier one's of the same name.
  public init(directories: [String], grammars: String) throws(LanguageError) {
    var byFolder: [String: Language] = [:]
    for directory in directories {
      for folder in try Self.folders(in: directory) {
        let language = try Language(folder: "\(directory)/\(folder)", grammars: grammars)
        byFolder[language.name] = language
      }
    }
    languages = byFolder.values.sorted { $0.name < $1.name }
    if languages.isEmpty {
      throw LanguageError(
        "no language found in \(directories.joined(separator: ", ")); set PTWATCH_LANGUAGES to a directory of language folders"
      )
    }
    var bySuffix: [Word: LanguageID] = [:]
    var byContent: [Word: [(language: LanguageID, rule: ContentRule)]] = [:]
    var byName: [Word: LanguageID] = [:]
    var byInterpreter: [Word: LanguageID] = [:]
    for (index, language) in languages.enumerated() {
      let id = LanguageID(rawValue: UInt16(index))
      for suffix in language.suffixes { bySuffix[Word(bytes: suffix[...])] = id }
      for (suffix, rule) in language.contents { byContent[Word(bytes: suffix[...]), default: []].append((id, rule)) }
      for name in language.filenames { byName[Word(bytes: name[...])] = id }
      for interpreter in language.shebangs { byInterpreter[Word(bytes: interpreter[...])] = id }
    }
    self.bySuffix = bySuffix
    self.byContent = byContent
    self.byName = byName
    self.byInterpreter = byInterpreter
    let parts = [Self.extractionVersion] + languages.map(\.fingerprint)
    fingerprint = parts.withUnsafeBytes { ContentHashing.hash128($0).low }
  }

  public subscript(id: LanguageID) -> Language { languages[Int(id.rawValue)] }

  /// False for a file that no language wants, as far as its name tells.
  public func wants(_ path: TreePath) -> Bool {
    let name = path.name
    return languageByName(name) != nil || !byInterpreter.isEmpty && !name.contains(UInt8(ascii: "."))
  }

  /// The language of a file by its name, else by its first line; nil if none.
  public func language(of path: TreePath, _ text: [UInt8]) -> LanguageID? {
    let name = path.name
    guard let language = languageByName(name) else {
      return interpreter(text).flatMap { byInterpreter[Word(bytes: $0)] }
    }
    if byContent.isEmpty { return language }
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), let claims = byContent[Word(bytes: name[dot...])] else {
      return language
    }
    return claims.first { $0.rule.holds(for: text) }?.language ?? language
  }

  /// The language of a file whose text is not to be had, as far as its name tells; nil if it does not.
  public func language(of path: TreePath) -> LanguageID? { languageByName(path.name) }

  private func languageByName(_ name: ArraySlice<UInt8>) -> LanguageID? {
    if let id = byName[Word(bytes: name)] { return id }
    // The longest suffix that fits: `.d.ts` before `.ts`.
    var start = name.startIndex
    while let dot = name[start...].firstIndex(of: UInt8(ascii: ".")) {
      if let id = bySuffix[Word(bytes: name[dot...])] { return id }
      start = dot + 1
    }
    return nil
  }

  /// How a file begins whose language its name does not tell.
  public static let shebang = Array("#!".utf8)

  /// `python3` of `#!/usr/bin/env python3.11`, its version's last part dropped.
  private func interpreter(_ text: [UInt8]) -> ArraySlice<UInt8>? {
    guard text.starts(with: Self.shebang) else { return nil }
    let line = text[2..<(text.prefix(256).firstIndex(of: 0x0A) ?? min(256, text.count))]
    let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    guard var program = words.first?.split(separator: UInt8(ascii: "/")).last else { return nil }
    if program.elementsEqual("env".utf8) {
      guard let word = words.dropFirst().first(where: { $0.first != UInt8(ascii: "-") }) else { return nil }
      program = word
    }
    if let dot = program.firstIndex(of: UInt8(ascii: ".")) { program = program[..<dot] }
    return program
  }

  private static func folders(in directory: String) throws(LanguageError) -> [String] {
    guard let stream = opendir(directory) else {
      throw LanguageError("\(SystemError("open the languages' directory", directory))")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      if access("\(directory)/\(name)/language.json", R_OK) == 0 { names.append(name) }
    }
    return names.sorted()
  }
}
