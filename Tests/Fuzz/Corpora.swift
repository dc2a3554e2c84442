import ArgumentParser
import Foundation
import Graph
import Syntax
import TestSupport

/// The texts that each language begins with: the fixtures, and what else there is.
struct Corpora {
  struct Corpus {
    let name: String
    let language: Language
    let id: LanguageID
    let path: TreePath
    let mutator: Mutator
  }

  let all: [Corpus]

  private static let mostTexts = 300
  private static let longestText = 256 << 10

  /// Languages and grammars are those that the environment names, as for the program.
  init(folders: [String], only: String?) throws {
    func variable(_ name: String) throws -> String {
      guard let value = ProcessInfo.processInfo.environment[name] else {
        throw ValidationError("\(name) is not set: run this by scripts/torture fuzz")
      }
      return value
    }
    let languages = try variable("PTWATCH_LANGUAGES")
    let catalog = try LanguageCatalog(directories: [languages], grammars: try variable("PTWATCH_GRAMMARS"))
    var texts: [LanguageID: [(path: TreePath, text: [UInt8])]] = [:]
    for folder in [languages] + folders {
      for file in Self.files(below: folder) {
        let path = TreePath(URL(fileURLWithPath: file).lastPathComponent)
        guard catalog.wants(path), let data = FileManager.default.contents(atPath: file), data.count <= Self.longestText
        else { continue }
        let text = [UInt8](data)
        guard let id = catalog.language(of: path, text), texts[id]?.count ?? 0 < Self.mostTexts else { continue }
        texts[id, default: []].append((path, text))
      }
    }
    all = catalog.languages.indices.compactMap { index in
      let id = LanguageID(rawValue: UInt16(index))
      let language = catalog[id]
      guard only == nil || only == language.name, let found = texts[id] else { return nil }
      return Corpus(
        name: language.name, language: language, id: id, path: found[0].path,
        mutator: Mutator(texts: found.map(\.text)))
    }
    if all.isEmpty { throw ValidationError("no texts to begin with") }
  }

  /// In a fixed order; fixtures, which are below the languages' folders, without what is expected of them.
  private static func files(below folder: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { !$0.hasSuffix(".ndjson") && !$0.hasSuffix(".json") && !$0.hasSuffix(".scm") }.sorted()
      .map { "\(folder)/\($0)" }
  }
}
