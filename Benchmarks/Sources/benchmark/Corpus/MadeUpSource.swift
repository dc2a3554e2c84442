/// Source that nobody wrote: types and functions that call each other, with the proportions of written code, the same
/// for the same seed.
struct MadeUpSource {
  private typealias Statement = SourceLanguage.Statement

  private let language: SourceLanguage
  private var random: SeededGenerator
  private var functions: [String] = []

  private static let verbs = ["read", "parse", "update", "merge", "find", "drop", "count", "flush", "open", "scan"]
  private static let nouns = [
    "header", "packet", "buffer", "entry", "index", "record", "queue", "token", "node", "page",
  ]

  /// A function that is called all over.
  static let frequentName = "record_event"

  /// The text, of `lines` lines.
  static func text(_ language: SourceLanguage, lines: Int, seed: UInt64) -> [UInt8] {
    var source = MadeUpSource(language: language, random: SeededGenerator(seed: seed))
    var text = language.header
    while text.count < lines { text += source.definition(upTo: lines - text.count) }
    return Array((text.joined(separator: "\n") + "\n").utf8)
  }

  /// A definition, or comments if no more lines are left than a definition may take.
  private mutating func definition(upTo most: Int) -> [String] {
    let name = "\(pick(Self.verbs))_\(pick(Self.nouns))_\(functions.count)"
    let lines =
      chance(8)
      ? language.type("\(pick(Self.nouns))_\(functions.count)", fields: Self.nouns.shuffled(using: &random).suffix(4))
      : function(name)
    if lines.count <= most { return lines }
    return Array(repeating: (language == .python ? "# " : "// ") + "nothing more", count: min(most, lines.count))
  }

  private mutating func function(_ name: String) -> [String] {
    let parameters = Array(Self.nouns.shuffled(using: &random).prefix(1 + number(3)))
    var names = parameters + ["total"]
    var body: [Statement] = [.local("total", "\(1 + number(500))")]
    body += statements(2 + number(6), &names, depth: 0)
    body.append(.result("total"))
    functions.append(name)
    return language.function(name, parameters, body: body)
  }

  private mutating func statements(_ count: Int, _ names: inout [String], depth: Int) -> [Statement] {
    (0..<count).map { _ in statement(&names, depth: depth) }
  }

  private mutating func statement(_ names: inout [String], depth: Int) -> Statement {
    switch number(depth < 3 ? 10 : 7) {
    case 0: return .comment("the \(pick(Self.nouns)) may \(pick(Self.verbs)) \(1 + number(90)) times")
    case 1 where depth == 0:
      let name = "\(pick(Self.nouns))_\(names.count)"
      defer { names.append(name) }
      return .local(name, expression(names))
    case 1, 2, 3: return .add("total", expression(names))
    case 4, 5, 6: return .call("\(Self.frequentName)(\(expression(names)))")
    case 7, 8: return .when("\(pick(names)) > \(1 + number(900))", statements(1 + number(3), &names, depth: depth + 1))
    default:
      return .loop("step\(depth)", below: pick(names), statements(1 + number(3), &names, depth: depth + 1))
    }
  }

  private mutating func expression(_ names: [String]) -> String {
    if chance(3), !functions.isEmpty {
      return "\(functions[number(functions.count)])(\(pick(names)), \(1 + number(99)))"
    }
    return "\(pick(names)) * \(1 + number(40)) + \(pick(names))"
  }

  private mutating func number(_ below: Int) -> Int { Int.random(in: 0..<below, using: &random) }
  private mutating func chance(_ of: Int) -> Bool { number(of) == 0 }
  private mutating func pick(_ words: [String]) -> String { words[number(words.count)] }
}
