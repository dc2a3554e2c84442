import Graph
import Syntax
import TestSupport
import Testing

/// What is extracted after an edit, with the help of the version before, is what would be extracted from the same tree
/// without.
@Suite struct IncrementalExtractionTests {
  @Test(arguments: Fixture.all)
  func equalsFullExtractionAfterRandomEdits(_ fixture: Fixture) throws {
    var random = SeededGenerator(seed: 7)
    var text = try fixture.text()
    var extract = try Extract(fixture.path, text)
    var tree = try extract.parse(text)
    var extraction = extract.extraction(tree, text)
    for step in 0..<60 {
      let edited = RandomEdit.apply(to: text, using: &random)
      guard let edit = TextEdit(from: text, to: edited) else { continue }
      let (next, _) = try extract.reparse(edited, old: tree, edit)
      extraction = extract.extraction(next, edited, previous: extraction)
      let incremental = extract.dump(extract.facts(extraction, edited), edited)
      let full = extract.dump(extract.facts(extract.extraction(next, edited), edited), edited)
      let (found, wanted) = (Set(incremental.split(separator: "\n")), Set(full.split(separator: "\n")))
      try #require(
        found == wanted && incremental == full,
        "step \(step)\n\(found.subtracting(wanted).sorted().first ?? "")\n\(wanted.subtracting(found).sorted().first ?? "")"
      )
      (text, tree) = (edited, next)
    }
  }

  @Test func anEditInOneFunctionLeavesTheOthersAlone() throws {
    let functions = (0..<200).map { "def f\($0)(a):\n    return g\($0)(a)\n" }
    var text = Array(functions.joined(separator: "\n").utf8)
    var extract = try Extract(TreePath("many.py"), text)
    let tree = try extract.parse(text)
    let extraction = extract.extraction(tree, text)
    let before = extract.facts(extraction, text)

    let edited = Array(functions.joined(separator: "\n").replacing("g100(a)", with: "h(a, b)").utf8)
    let edit = try #require(TextEdit(from: text, to: edited))
    let (next, bytesParsed) = try extract.reparse(edited, old: tree, edit)
    var after = extract.facts(extract.extraction(next, edited, previous: extraction), edited)
    text = edited
    #expect(bytesParsed < text.count / 4)

    let delta = FactsDelta(from: before, to: &after)
    #expect(delta.changedEntities.map { after.names.string(after.entities[Int($0)].name) } == ["f100"])
    #expect(delta.addedMentions.count == 2 && delta.removedMentions.count == 1)
  }
}

enum RandomEdit {
  private static let snippets = ["x", "(", ")", "{", "}", "\n", " ", "\"", "#", "foo", "if ", "0", ";", ":", "\t", "é"]

  /// Removes, copies or inserts a little somewhere.
  static func apply(to text: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
    var text = text
    let place = Int.random(in: 0...text.count, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      text.removeSubrange(place..<min(text.count, place + Int.random(in: 1...12, using: &random)))
    case 1:
      let start = Int.random(in: 0...text.count, using: &random)
      let piece = text[start..<min(text.count, start + Int.random(in: 1...60, using: &random))]
      text.insert(contentsOf: Array(piece), at: place)
    default:
      text.insert(contentsOf: snippets.randomElement(using: &random)!.utf8, at: place)
    }
    return text
  }
}
