import Graph
import TestSupport
import Testing

@testable import Syntax

/// Children that are read directly are those that tree-sitter's cursor lists.
@Suite struct ChildListerTests {
  @Test(arguments: Fixture.all)
  func readsWhatTheCursorLists(_ fixture: Fixture) throws {
    var random = SeededGenerator(seed: 11)
    var text = try fixture.text()
    var extract = try Extract(fixture.path, text)
    var tree = try extract.parse(text)
    try compare(tree, try extract.language.grammar)
    // Trees of broken text, partly taken over from the version before.
    for _ in 0..<Fixture.share(of: 2000) {
      let edited = RandomEdit.apply(to: text, using: &random)
      let edits = extract.edits(from: text, to: edited)
      (tree, _) = try extract.reparse(edited, old: tree, edits)
      text = edited
      try compare(tree, try extract.language.grammar)
    }
  }

  @Test func trustsAfterEnoughNodesThatWereEqual() throws {
    let (tree, language) = try largeTree()
    var lister = ChildLister(try language.grammar)
    let all = nodes(of: tree, &lister)
    let isDirect = lister.isDirect
    #expect(isDirect && all > ChildLister.comparisons)
  }

  /// Of a node with more children than are compared all are listed.
  @Test func listsManyChildren() throws {
    let text = Array(String(repeating: "int x;\n", count: 3 * ChildLister.mostChildren).utf8)
    var extract = try Extract(TreePath("many.c"), text)
    let tree = try extract.parse(text)
    var lister = ChildLister(try extract.language.grammar)
    var cursor = ChildLister(try extract.language.grammar, isDirect: false)
    let (all, listed) = (nodes(of: tree, &lister), nodes(of: tree, &cursor))
    #expect(all == listed && all > 9 * ChildLister.mostChildren)
    let isDirect = lister.isDirect
    #expect(isDirect)
  }

  /// Tables that belong to another grammar stand for a layout that is not the known one.
  @Test func listsWithTheCursorOnceOneDiffered() throws {
    let (tree, language) = try largeTree()
    let other = try #require(Environment.catalog.languages.first { $0.name != language.name })
    var lister = ChildLister(try other.grammar)
    var cursor = ChildLister(try language.grammar, isDirect: false)
    #expect(nodes(of: tree, &lister) == nodes(of: tree, &cursor))
    let isDirect = lister.isDirect
    #expect(!isDirect)
  }

  private func largeTree() throws -> (SyntaxTree, Language) {
    let fixture = try #require(Fixture.all.max { $0.size < $1.size })
    let text = try fixture.text()
    var extract = try Extract(fixture.path, text)
    return (try extract.parse(text), extract.language)
  }

  private func compare(_ tree: SyntaxTree, _ grammar: Grammar) throws {
    var reader = SubtreeReader(grammar.tables)
    var cursor = ChildLister(grammar, isDirect: false)
    var open = Stack<ListedNode>()
    open.append(ListedNode(rootOf: tree))
    while !open.isEmpty {
      let node = open.removeLast()
      var read = Stack<ListedNode>()
      var listed = Stack<ListedNode>()
      reader.append(childrenOf: node, to: &read)
      cursor.append(childrenOf: node, in: tree.tree, to: &listed)
      let (readCount, listedCount) = (read.count, listed.count)
      try #require(readCount == listedCount)
      for index in 0..<readCount {
        let (found, wanted) = (read[index], listed[index])
        try #require(found == wanted)
        open.append(wanted)
      }
    }
  }

  /// How many nodes a tree has, as a lister lists them.
  private func nodes(of tree: SyntaxTree, _ lister: inout ChildLister) -> Int {
    var open = Stack<ListedNode>()
    open.append(ListedNode(rootOf: tree))
    var count = 0
    while !open.isEmpty {
      count += 1
      lister.append(childrenOf: open.removeLast(), in: tree.tree, to: &open)
    }
    return count
  }
}

extension Fixture {
  fileprivate var size: Int { (try? text().count) ?? 0 }
}
