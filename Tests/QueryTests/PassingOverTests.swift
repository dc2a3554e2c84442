import Graph
import Query
import TestSupport
import Testing

/// Files that are passed over without being read hold no use of what is asked for.
@Suite struct PassingOverTests {
  @Test(arguments: 0..<24)
  func usesAreThoseThatResolveToTheEntity(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sources = Self.headers(&random) + (0..<40).map { Self.user($0, &random) }
    let tree = try Tree(sources)
    var resolved: [String: [String: Int]] = [:]
    for source in sources {
      for (edge, meaning) in zip(source.facts.edges, try tree.resolved("\(source.path)")) where edge.kind != .imports {
        for id in meaning.split(separator: " ").dropFirst() {
          resolved[String(id), default: [:]]["\(source.path)", default: 0] += 1
        }
      }
    }
    let query = GraphQuery(tree.snapshot)
    for source in sources {
      for name in ["f", "g"] {
        guard
          let entity = try query.entity(
            id: "\(source.language.name):\(Self.kind(of: name, in: source)):\(source.path):\(name)")
        else { continue }
        var uses: [String: Int] = [:]
        for use in try query.callers(of: entity) { uses["\(use.path)", default: 0] += 1 }
        #expect(uses == resolved[entity.id] ?? [:], "\(entity.id)")
      }
    }
  }

  private static let kinds = ["function", "macro", "struct", "variable", "type_alias"]

  private static func kind(of name: String, in source: Source) -> String {
    source.facts.entities.first { source.facts.names.string($0.name) == name }?.kind.name ?? "function"
  }

  /// Eight that may include each other and define `f` or `g` as something.
  private static func headers(_ random: inout SeededGenerator) -> [Source] {
    (0..<8).map { number in
      var lines = (0..<8).filter { _ in Int.random(in: 0..<6, using: &random) == 0 }.map { "imports top -> h\($0).h" }
      for name in ["f", "g"] where Bool.random(using: &random) { lines.append(definition(name, &random)) }
      return Source("h\(number).h", textual, lines: lines)
    }
  }

  private static func user(_ number: Int, _ random: inout SeededGenerator) -> Source {
    let language = [textual, textual, textual, textualWithMembers, estranged].randomElement(using: &random)!
    var lines = (0..<8).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }.map { "imports top -> h\($0).h" }
    if Int.random(in: 0..<8, using: &random) == 0 { lines.append(definition("f", &random)) }
    for _ in 0..<4 {
      let name = ["f", "g"].randomElement(using: &random)!
      let kind = ["calls", "references", "inherits"].randomElement(using: &random)!
      let qualifier = ["", "", "", "x|"].randomElement(using: &random)!
      let arguments = kind == "calls" ? ["", " with 1", " with 3"].randomElement(using: &random)! : ""
      lines.append("\(kind) top -> \(qualifier)\(name)\(arguments)")
    }
    return Source("u\(number).c", language, lines: lines)
  }

  private static func definition(_ name: String, _ random: inout SeededGenerator) -> String {
    let hidden = Int.random(in: 0..<4, using: &random) == 0 ? "hidden " : ""
    let takes = ["", " takes 1-1", " takes 0-2"].randomElement(using: &random)!
    return "def \(hidden)\(kinds.randomElement(using: &random)!) \(name)\(takes)"
  }
}
