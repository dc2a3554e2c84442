import Foundation

/// What reading and parsing files takes at the least: `Benchmarks/floor/parse-floor.c`, with the grammars that ptwatch has.
struct ParseFloor {
  private let program: String
  private let list: String

  /// `sources` are parsed in this order; a language is called as in its manifest.
  init(_ sources: [(path: String, language: String)], _ scratch: Scratch) throws {
    (program, list) = ("\(scratch.path)/parse-floor", "\(scratch.path)/parse-floor.list")
    if access(program, X_OK) != 0 {
      let source = try Prepared(scratch).file("floor/parse-floor.c")
      try Child.run(["cc", "-O2", source, "-o", program, "-ltree-sitter", "-ldl", "-lpthread"])
    }
    let grammars = try Self.grammars()
    var (text, last) = ("", "")
    for (path, language) in sources {
      guard let grammar = grammars[language] else { throw Failure("no manifest is of the language \(language)") }
      if language != last { text += "=\(grammar)\n" }
      text += path + "\n"
      last = language
    }
    try text.write(toFile: list, atomically: false, encoding: .utf8)
  }

  func measure(threads: Int) throws -> Child.Cost { try Child.run([program, "\(threads)"], input: list) }

  /// Library and symbol of each language's grammar.
  private static func grammars() throws -> [String: String] {
    let environment = ProcessInfo.processInfo.environment
    guard let libraries = environment["PTWATCH_GRAMMARS"], let languages = environment["PTWATCH_LANGUAGES"] else {
      throw Failure("PTWATCH_GRAMMARS and PTWATCH_LANGUAGES do not say where these are; run scripts/benchmark")
    }
    var grammars: [String: String] = [:]
    for folder in try FileManager.default.contentsOfDirectory(atPath: languages) {
      guard let data = FileManager.default.contents(atPath: "\(languages)/\(folder)/language.json") else { continue }
      let manifest = try JSONDecoder().decode(Manifest.self, from: data)
      let symbol = manifest.symbol ?? manifest.grammar
      grammars[manifest.name] = "\(libraries)/libtree-sitter-\(manifest.grammar).so tree_sitter_\(symbol)"
    }
    return grammars
  }

  private struct Manifest: Decodable {
    var name: String
    var grammar: String
    var symbol: String?
  }
}
