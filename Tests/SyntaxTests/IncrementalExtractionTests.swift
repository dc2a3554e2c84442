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
    for step in 0..<Fixture.share(of: 3000) {
      var edited = text
      for _ in 0..<[1, 1, 2, 6].randomElement(using: &random)! {
        edited = RandomEdit.apply(to: edited, using: &random)
      }
      let edits = extract.edits(from: text, to: edited)
      let (next, _) = try extract.reparse(edited, old: tree, edits)
      extraction = extract.extraction(next, edited, previous: extraction)
      let incremental = extract.dump(extract.facts(extraction, edited), edited)
      let full = extract.dump(extract.facts(extract.extraction(next, edited), edited), edited)
      try #require(incremental == full, "step \(step)\n\(firstDifference(incremental, full))")
      (text, tree) = (edited, next)
    }
  }

  /// An incremental parse that finds no errors yields what a fresh one does; one that finds some is confirmed by one.
  @Test(arguments: Fixture.all)
  func equalsAFreshParseAfterEditsInSeveralPlaces(_ fixture: Fixture) throws {
    var random = SeededGenerator(seed: 3)
    // Long enough for an edit in two places to be two.
    let part = try fixture.text()
    var text = Array(repeatElement(part, count: 3_000 / max(part.count, 1) + 1).joined())
    var extract = try Extract(fixture.path, text)
    var tree = try extract.parse(text)
    if tree.hasErrors { return }
    var extraction = extract.extraction(tree, text)
    var severalPlaces = 0
    for step in 0..<20 where step < Fixture.share(of: 1500) || severalPlaces == 0 {
      var edited = text
      for _ in 0..<4 { RandomEdit.changeWord(in: &edited, using: &random) }
      let fresh = try extract.parse(edited)
      let edits = extract.edits(from: text, to: edited)
      let (next, _) = try extract.reparse(edited, old: tree, edits)
      if next.hasErrors {
        // The tree before went into this one.
        tree = try extract.parse(text)
        extraction = extract.extraction(tree, text)
        continue
      }
      extraction = extract.extraction(next, edited, previous: extraction)
      let incremental = extract.dump(extract.facts(extraction, edited), edited)
      let full = extract.dump(extract.facts(extract.extraction(fresh, edited), edited), edited)
      try #require(incremental == full, "step \(step)")
      if edits.count > 1 { severalPlaces += 1 }
      (text, tree) = (edited, next)
    }
    // Some are too short for two edits, or hardly any word in them may change.
    #expect(severalPlaces > 0 || part.count < 1500)
  }

  /// A parser that looks at the character behind a token keeps in mind its first byte only.
  @Test(
    arguments: [
      ("a.sh", [0xE2, 0x80, 0x3D, 0x3E, 0xA8], [0xE2, 0x80, 0xA8]),
      ("a.sh", [0xE2, 0x80, 0x3D], [0xE2, 0x80, 0xA8]),
      ("a.sh", [0xC3, 0x3D], [0xC3, 0xA9]),
      ("a.sh", [0xF0, 0x9F, 0x98, 0x3D], [0xF0, 0x9F, 0x98, 0x80]),
      ("a.js", [0xE3, 0x80, 0x80], [0xE3, 0x80, 0x85]),
    ] as [(String, [UInt8], [UInt8])])
  func anEditWithinACharacterIsFelt(_ path: String, _ old: [UInt8], _ new: [UInt8]) throws {
    func text(_ character: [UInt8]) -> [UInt8] {
      Array("\(path == "a.js" ? "function f" : "f")() {\n  had".utf8) + character + Array("d\n}\n".utf8)
    }
    var extract = try Extract(TreePath(path), text(old))
    let tree = try extract.parse(text(old))
    let extraction = extract.extraction(tree, text(old))
    let (next, _) = try extract.reparse(text(new), old: tree, extract.edits(from: text(old), to: text(new)))
    let fresh = try extract.parse(text(new))
    #expect(next.hasErrors == fresh.hasErrors)
    let found = extract.dump(
      extract.facts(extract.extraction(next, text(new), previous: extraction), text(new)), text(new))
    #expect(found == extract.dump(extract.facts(extract.extraction(fresh, text(new)), text(new)), text(new)))
  }

  /// What becomes of a file of 1,250 functions, how many units are extracted, and how many functions change. What is put
  /// before a function begins as that does, so the function's first token moves from one to the other.
  @Test(arguments: [
    ("an edit in one", [1000], "", 1, 1),
    ("edits in two", [10, 1200], "", 2, 2),
    ("edits in five", [0, 300, 301, 700, 1249], "", 5, 5),
    ("a function before all", [], "int g(int a)\n{\n\treturn a;\n}\n\n", 2, 0),
    ("a function before all, and an edit", [600], "int g(int a)\n{\n\treturn a;\n}\n\n", 3, 1),
  ])
  func anEditLeavesTheOthersAlone(
    _ name: String, _ places: [Int], _ first: String, _ extracted: Int, _ changed: Int
  ) throws {
    var functions = (0..<1250).map { "int f\($0)(int a)\n{\n\treturn g\($0)(a);\n}\n\n" }
    let text = Array(functions.joined().utf8)
    var extract = try Extract(TreePath("many.c"), text)
    let tree = try extract.parse(text)
    let extraction = extract.extraction(tree, text)
    #expect(extraction.unitsExtracted == 1250 && extraction.unitsTakenOver == 0)
    let before = extract.facts(extraction, text)

    for place in places { functions[place] = functions[place].replacing("(a);", with: "(a, 1);") }
    let edited = Array((first + functions.joined()).utf8)
    let (next, bytesParsed) = try extract.reparse(edited, old: tree, extract.edits(from: text, to: edited))
    let again = extract.extraction(next, edited, previous: extraction)
    #expect(again.unitsExtracted == extracted, "\(name)")
    #expect(again.unitsTakenOver == 1250 + (first.isEmpty ? 0 : 1) - extracted, "\(name)")
    #expect(bytesParsed < 4096 * extracted, "\(name)")

    var after = extract.facts(again, edited)
    let delta = FactsDelta(from: before, to: &after)
    #expect(delta.changedEntities.count == changed && delta.addedEntities.count == (first.isEmpty ? 0 : 1), "\(name)")
    #expect(delta.addedMentions.isEmpty && delta.removedMentions.isEmpty, "\(name)")
  }
}

/// A line of each that the other lacks.
private func firstDifference(_ found: String, _ wanted: String) -> String {
  let (found, wanted) = (Set(found.split(separator: "\n")), Set(wanted.split(separator: "\n")))
  return "\(found.subtracting(wanted).min() ?? "")\n\(wanted.subtracting(found).min() ?? "")"
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
  /// Makes one of its words longer.
  static func changeWord(in text: inout [UInt8], using random: inout SeededGenerator) {
    func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
    let place = Int.random(in: 0..<text.count, using: &random)
    let word = (place..<text.count).first { $0 + 1 < text.count && isLetter(text[$0]) && isLetter(text[$0 + 1]) }
    if let word { text.insert(UInt8.random(in: 0x61...0x7A, using: &random), at: word + 1) }
  }
}
