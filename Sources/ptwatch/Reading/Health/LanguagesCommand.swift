import ArgumentParser
import Graph
import Query
import Store
import Syntax

struct LanguagesCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "languages", abstract: "List the known languages, their grammars, and how many files are in each.",
    discussion: """
      Files are counted if there is a graph of the tree. Reads the records of all files: about 50 ms for 100,000.

        ptwatch languages
        ptwatch languages ~/src/project --json
      """)

  @Argument(help: "The tree.", completion: .directory)
  var directory = "."

  @OptionGroup var options: ReadingOptions

  func run() throws {
    try Complaint.reporting {
      let languages = try Installation.catalog().languages
      let files = try self.files()
      var output = options.output()
      let names = width(languages.lazy.map(\.name), most: 16)
      for language in languages {
        let count = files.map { $0[language.name] ?? 0 }
        if options.json { try output.json(language, count) } else { try output.text(language, count, names) }
      }
      try output.flush()
    }
  }

  /// By language; nil if there is no graph.
  private func files() throws -> [String: Int]? {
    let store = options.store(of: directory)
    if options.sync { try synchronize(directory: directory, store: store) }
    let snapshot: Snapshot
    do throws(StoreError) {
      snapshot = try GraphReader(store).snapshot()
    } catch {
      if case .noStore = error { return nil }
      throw error
    }
    let coverage = try GraphQuery(snapshot).coverage()
    return Dictionary(uniqueKeysWithValues: coverage.languages.map { ($0.language, $0.files) })
  }
}

extension Language {
  /// Ends of names, then whole names.
  fileprivate var names: [String] { (suffixes + filenames).map { Escaping.printable($0) } }
}

extension Output {
  fileprivate mutating func json(_ language: Language, _ files: Int?) throws {
    let abi = try language.grammarABI
    try json { line in
      line.key("t")
      line.value("language" as StaticString)
      line.key("language")
      line.value(language.name)
      line.key("suffixes")
      line.beginArray()
      for suffix in language.suffixes { line.value(suffix) }
      line.endArray()
      line.key("filenames")
      line.beginArray()
      for name in language.filenames { line.value(name) }
      line.endArray()
      line.key("grammar")
      line.value(language.grammarName)
      line.key("abi")
      line.value(abi)
      line.key("files")
      if let files { line.value(files) } else { line.null() }
    }
  }

  fileprivate mutating func text(_ language: Language, _ files: Int?, _ width: Int) throws {
    let count = files.map { leading(Format.count($0), 9) + " files  " } ?? ""
    try line(
      "\(styled(padded(language.name, width), .kind))  \(styled(count, .number))"
        + "grammar \(language.grammarName), ABI \(try language.grammarABI)  \(language.names.joined(separator: " "))")
  }
}
