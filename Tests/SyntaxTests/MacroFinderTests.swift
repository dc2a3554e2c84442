import Graph
import TestSupport
import Testing

@testable import Syntax

/// A text may be read from each of its words, and what one search has learnt serves the next.
@Suite struct MacroFinderTests {
  /// Half a megabyte of what would be many minutes, were the rest of it searched for each word.
  @Test(
    .timeLimit(.minutes(2)),
    arguments: [
      "#define A_B CC\n", "# BB ", "// ; BB\n", "; BB\n#\n", "BB /*\n", "x */ BB y\n", "; BB int x ", "# ; BB \\\n",
      "BB(\"#",
    ])
  func aTextTakesTimeInProportionToItsSize(_ piece: String) throws {
    let language = try self.language()
    let text = Array(String(repeating: piece, count: (512 << 10) / piece.utf8.count).utf8)
    #expect(language.blanks(in: text).applied(to: text).count == text.count)
  }

  @Test(arguments: [UInt64](1...10)) func aTokenIsFoundWhateverWasLookedForBefore(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let steps = (0..<300).map { _ in Int.random(in: -12...20, using: &random) }
    soup(&random).withUnsafeBytes { text in
      let shared = TokenText(bytes: text)
      var place = 0
      for step in steps {
        place = max(0, min(place + step, text.count))
        #expect(shared.token(from: place) == TokenText(bytes: text).token(from: place))
        #expect(shared.token(before: place, hidden: nil) == TokenText(bytes: text).token(before: place, hidden: nil))
      }
    }
  }

  /// Against a reader that knows the place's line alone.
  @Test(arguments: [UInt64](1...10)) func aPlaceIsQuotedWhateverWasAskedBefore(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    soup(&random).withUnsafeBytes { text in
      var shared = QuoteReader(TokenText(bytes: text))
      var start = 0
      var quoted = 0
      for place in 0..<text.count {
        if text[place] == 0x0A {
          start = place + 1
        } else if text[place] != UInt8(ascii: "#") {
          var line = QuoteReader(TokenText(bytes: UnsafeRawBufferPointer(rebasing: text[start...])))
          let isQuoted = shared.isQuoted(place)
          #expect(isQuoted == line.isQuoted(place - start))
          if isQuoted { quoted += 1 }
        }
      }
      #expect(quoted > 0)
    }
  }

  /// Stretches of a tree from left to right, against a look at all its leaves.
  @Test(arguments: Fixture.all) func aStretchIsInALeafThatHoldsAllOfIt(_ fixture: Fixture) throws {
    var random = SeededGenerator(seed: 5)
    let text = RandomEdit.apply(to: try fixture.text(), using: &random)
    var extract = try Extract(fixture.path, text)
    let tree = try extract.parse(text)
    let leaves = try leaves(of: tree, extract.language.grammar)
    var cursor = LeafCursor(tree)
    var start = 0
    while start < text.count {
      let stretch = start..<min(text.count, start + Int.random(in: 1...12, using: &random))
      let isInLeaf = cursor.isInLeaf(stretch)
      #expect(
        isInLeaf == leaves.contains { $0.lowerBound <= stretch.lowerBound && $0.upperBound >= stretch.upperBound })
      start = stretch.upperBound + Int.random(in: 0...30, using: &random)
    }
  }

  private func language() throws -> Language {
    try #require(Environment.catalog.languages.first { $0.name == "c" })
  }

  private func leaves(of tree: SyntaxTree, _ grammar: Grammar) throws -> [Range<Int>] {
    var lister = ChildLister(grammar, isDirect: false)
    var open = Stack<ListedNode>()
    var found: [Range<Int>] = []
    open.append(ListedNode(rootOf: tree))
    while !open.isEmpty {
      let node = open.removeLast()
      if node.isLeaf { found.append(node.byteRange) }
      lister.append(childrenOf: node, in: tree.tree, to: &open)
    }
    return found
  }

  /// A text of what makes comments, quotes and lines of the preprocessor, in no order.
  private func soup(_ random: inout SeededGenerator) -> [UInt8] {
    let pieces = [
      "#", "//", "/*", "*/", "*", "\n", "\n", "\\\n", "\\\r\n", " ", "\"", "'", "\\", ";", "BB", "a", "::", "/",
    ]
    // Long runs of lines that are none, too.
    let runs = ["# x\n", "// x\n", "/* x */\n"]
    var text = ""
    while text.utf8.count < 1500 {
      text += pieces.randomElement(using: &random)!
      if Int.random(in: 0..<40, using: &random) == 0 {
        text += String(repeating: runs.randomElement(using: &random)!, count: Int.random(in: 1...60, using: &random))
      }
    }
    return Array(text.utf8)
  }
}
