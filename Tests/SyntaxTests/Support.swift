import Foundation
import Graph
import Platform
import Syntax
import Testing

/// The checkout that the tests were built from.
let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

enum Environment {
  /// Where `scripts/test` put the compiled grammars.
  static var grammars: String {
    guard let path = ProcessInfo.processInfo.environment["PTWATCH_GRAMMARS"] else {
      preconditionFailure("PTWATCH_GRAMMARS is not set: run the tests by scripts/test")
    }
    return path
  }

  static let catalog = try! LanguageCatalog(
    directories: [checkout.appending(path: "Languages").path], grammars: grammars)
}

/// A source file under `Languages/<name>/fixtures`.
struct Fixture: CustomTestStringConvertible, Sendable {
  let file: URL

  var testDescription: String { file.pathComponents.suffix(3).joined(separator: "/") }
  var expected: URL {
    file.deletingLastPathComponent().appending(path: "expected/\(file.lastPathComponent).ndjson")
  }
  var path: TreePath { TreePath(file.lastPathComponent) }

  func text() throws -> [UInt8] { [UInt8](try Data(contentsOf: file)) }

  /// A fixture's part of that many steps, so that a test of all takes as long however many languages there are.
  static func share(of steps: Int) -> Int { max(8, steps / all.count) }

  static let all: [Fixture] = {
    let languages = checkout.appending(path: "Languages")
    let files = FileManager.default
    let names = try! files.contentsOfDirectory(atPath: languages.path).sorted()
    return names.flatMap { name -> [Fixture] in
      let folder = languages.appending(path: "\(name)/fixtures")
      let entries = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
      return entries.filter { $0 != "expected" && !$0.hasPrefix("resolution") }.sorted().map {
        Fixture(file: folder.appending(path: $0))
      }
    }
  }()
}

/// One file through parser and extractor, as a string that can be compared.
struct Extract: ~Copyable {
  let path: TreePath
  let language: Language
  let id: LanguageID
  private var parser: Parser
  private var extractor: Extractor

  init(_ path: TreePath, _ text: [UInt8], catalog: LanguageCatalog = Environment.catalog, arena: Int = 0) throws {
    parser = Parser(timeLimit: 0, stop: StopFlag(), arena: arena)
    let id = try #require(catalog.language(of: path, text))
    let extractor = try Extractor(catalog[id], stop: StopFlag())
    self.path = path
    self.id = id
    language = catalog[id]
    self.extractor = extractor
  }

  mutating func parse(_ text: [UInt8]) throws -> SyntaxTree {
    let shown = language.blanks(in: text).applied(to: text)
    guard case .parsed(let tree, _) = parser.parse(shown, try language.grammar) else { throw ParseFailed() }
    return tree
  }

  mutating func reparse(_ text: [UInt8], old: SyntaxTree, _ edits: [TextEdit]) throws -> (SyntaxTree, bytesParsed: Int)
  {
    let shown = language.blanks(in: text).applied(to: text)
    guard case .parsed(let tree, let bytes) = parser.reparse(shown, try language.grammar, old: old, edits: edits) else {
      throw ParseFailed()
    }
    return (tree, bytes)
  }

  mutating func extraction(_ tree: SyntaxTree, _ text: [UInt8], previous: Extraction? = nil) -> Extraction {
    extractor.extract(tree, text, language.blanks(in: text), previous: previous)!
  }

  /// The edits that make one text, as the parser sees it, another.
  func edits(from old: [UInt8], to new: [UInt8]) -> [TextEdit] {
    TextDifference(from: old, language.blanks(in: old), to: new, language.blanks(in: new)).edits
  }

  func facts(_ extraction: Extraction, _ text: [UInt8]) -> FileFacts {
    language.facts(extraction, path: path, text: text)
  }

  func dump(_ facts: FileFacts, _ text: [UInt8]) -> String {
    var writer = DumpWriter()
    let stamp = FileStamp(size: UInt64(text.count), modified: 0, changed: 0, inode: 0, device: 0)
    let record = FileRecord(stamp: stamp, hash: .zero, language: id, lines: facts.lines, errors: facts.errors)
    writer.write(path: path, record: record, facts: facts, language: language.traits)
    return String(decoding: writer.take(), as: UTF8.self)
  }

  struct ParseFailed: Error {}
}
