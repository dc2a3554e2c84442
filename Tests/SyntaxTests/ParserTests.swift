import Foundation
import Graph
import Platform
import Syntax
import Testing

@Suite struct ParserTests {
  private static let comments: [(language: String, line: String)] = [
    ("rust", "// c\n"), ("c", "// c\n"), ("python", "# c\n"),
  ]

  /// Wherever in the text it happens to stand: between two comments of Rust it has no token.
  @Test(arguments: comments)
  func aParsePastItsTimeLimitIsGivenUp(_ language: String, _ line: String) throws {
    let grammar = try #require(Environment.catalog.languages.first { $0.name == language }).grammar
    var parser = Parser(timeLimit: 1, stop: StopFlag())
    for statements in 0..<200 {
      let text = String(repeating: ";", count: statements) + String(repeating: line, count: 10_000)
      guard case .givenUp(.parseTimeLimit) = parser.parse(Array(text.utf8), grammar) else {
        Issue.record("not given up after \(statements) statements")
        return
      }
    }
    var patient = Parser(timeLimit: 0, stop: StopFlag())
    guard case .parsed(let tree, let bytes) = patient.parse(Array(line.utf8), grammar) else {
      Issue.record("not parsed")
      return
    }
    #expect(!tree.hasErrors && bytes == line.utf8.count)
  }

  /// What follows it would be taken for the directive's own, where the same lies in memory behind the scanner's name of it.
  @Test func aDirectiveEndsAtAZeroByte() throws {
    let language = try #require(Environment.catalog.languages.first { $0.name == "swift" })
    let text = Array("#if a\nlet b = 1\n#else\0#endif\nlet c = 2\n#endif\n".utf8)
    var parser = Parser(timeLimit: 0, stop: StopFlag())
    guard case .parsed(let tree, _) = parser.parse(text, try language.grammar) else {
      Issue.record("not parsed")
      return
    }
    #expect(tree.hasErrors)
  }

  /// At the end of this text the library puts in missing tokens for ever, and reads on for each.
  @Test(arguments: [0, Parser.arenaSize])
  func aParseThatNeverEndsIsGivenUp(_ arena: Int) throws {
    let language = try #require(Environment.catalog.languages.first { $0.name == "swift" })
    let text = Array("{h(\"\"){b".utf8)
    var parser = Parser(timeLimit: 1000, stop: StopFlag(), arena: arena)
    guard case .givenUp(.parseTimeLimit) = parser.parse(text, try language.grammar) else {
      Issue.record("not given up")
      return
    }
    // A version that can be parsed, edited to that one, and the next one.
    var patient = Parser(timeLimit: 0, stop: StopFlag(), arena: arena)
    guard case .parsed(let tree, _) = patient.parse(Array("{h(\"\")}b".utf8), try language.grammar) else {
      Issue.record("not parsed")
      return
    }
    let edits = TextDifference(from: Array("{h(\"\")}b".utf8), to: text).edits
    guard case .givenUp(.parseTimeLimit) = parser.reparse(text, try language.grammar, old: tree, edits: edits) else {
      Issue.record("not given up after an edit")
      return
    }
    let stop = StopFlag()
    stop.set()
    var stopped = Parser(timeLimit: 0, stop: stop, arena: arena)
    guard case .cancelled = stopped.parse(text, try language.grammar) else {
      Issue.record("not cancelled")
      return
    }
  }

  /// What has to be remembered from one token to the next, for which a grammar has only so much room.
  static let deepStates = [
    ("ruby", (1...40).map { "x = <<\(String(repeating: "A", count: $0 * 30))\n" }),
    ("bash", (1000...1020).map { "cat <<\(String(repeating: "A", count: $0))\nx\n" }),
    ("kotlin", [1_023, 1_025].map { "val x = " + String(repeating: "\"${", count: $0) }),
  ]

  @Test(arguments: deepStates) func noTextEndsTheProcess(_ language: String, _ texts: [String]) async {
    await #expect(processExitsWith: .success) { [language = language as String, texts = texts as [String]] in
      let grammar = try #require(Environment.catalog.languages.first { $0.name == language }).grammar
      for text in texts {
        var parser = Parser(timeLimit: 0, stop: StopFlag())
        guard case .parsed = parser.parse(Array(text.utf8), grammar) else { throw CancellationError() }
      }
    }
  }

  /// Also in the middle of a character, of which the parser has the beginning.
  @Test(arguments: ["fn f() { g(1, 2); } // c\n", "// \u{6F22}\u{5B57}\u{6F22}\n", "// \u{1F600} \u{E9}\n"])
  func aParseEndsOnceItIsTold(_ line: String) throws {
    let grammar = try #require(Environment.catalog.languages.first { $0.name == "rust" }).grammar
    let text = Array(String(repeating: line, count: 80_000).utf8)
    for _ in 0..<20 {
      let stop = StopFlag()
      var parser = Parser(timeLimit: 0, stop: stop)
      let other = Thread { stop.set() }
      other.start()
      guard case .cancelled = parser.parse(text, grammar) else {
        Issue.record("parsed to the end")
        return
      }
    }
  }

  /// libtree-sitter counts a node's children in 16 bits, and all that nothing closes becomes one node's.
  @Test(arguments: ["c", "rust", "typescript", "python"], [0, Parser.arenaSize])
  func moreChildrenOfANodeThanTheLibraryCanHold(_ language: String, _ arena: Int) async {
    await #expect(processExitsWith: .success) { [language = language as String, arena = arena as Int] in
      let grammar = try #require(Environment.catalog.languages.first { $0.name == language }).grammar
      for count in [65_530, 65_536, 65_540, 100_000] {
        var parser = Parser(timeLimit: 0, stop: StopFlag(), arena: arena)
        let text = Array((String(repeating: "(", count: count) + "x").utf8)
        guard case .givenUp(.parseMemoryLimit) = parser.parse(text, grammar) else { throw CancellationError() }
      }
    }
  }

  /// All comments in a row are one node's children.
  @Test(arguments: [
    ("a.c", "// x\n", "int f(void) { return 1; }\n"), ("a.c", "/**/", "\nint f(void) { return 1; }\n"),
    ("a.rs", "/* /* */ */\n", "fn f() {}\n"), ("a.py", "# x\n", "def f(): pass\n"),
    ("a.lua", "--[[ ]]\n", "function f() end\n"),
    ("a.cs", "#pragma x\n", "class f {}\n"),
  ])
  func moreCommentsInARowThanTheLibraryCanHold(_ path: String, _ comment: String, _ code: String) throws {
    let text = Array((String(repeating: comment, count: 70_000) + code).utf8)
    var extract = try Extract(TreePath(path), text)
    let tree = try extract.parse(text)
    let facts = extract.facts(extract.extraction(tree, text), text)
    #expect(facts.entities.map { String(decoding: facts.names[$0.name], as: UTF8.self) } == ["f"])
    let shorter = Array(text.dropFirst(comment.utf8.count * 50_000))
    let (again, _) = try extract.reparse(shorter, old: tree, extract.edits(from: text, to: shorter))
    #expect(extract.facts(extract.extraction(again, shorter), shorter).entities.count == 1)
  }
}
