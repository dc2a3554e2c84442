import Glibc
import Graph
import Syntax
import TestSupport
import Testing

@Suite struct TextDifferenceTests {
  private static let lines = (0..<2000).map { "line \($0) calls f(\($0 % 7)) and goes on from where f has left it\n" }
  private static let text = lines.joined()

  private static func changed(_ change: (inout [String]) -> Void) -> String {
    var lines = lines
    change(&lines)
    return lines.joined()
  }

  /// What becomes of a text, how many edits that is, and whether the old tree is of use.
  static let cases: [(name: String, new: String, edits: Int, isWorthReparsing: Bool)] = [
    ("nothing", text, 0, true),
    ("a word", text.replacing("line 700 ", with: "row 700 "), 1, true),
    (
      "two distant words",
      changed {
        $0[3] = "x\n"
        $0[1990] = "y\n"
      }, 2, true
    ),
    (
      "two near words",
      changed {
        $0[700] = "x\n"
        $0[702] = "y\n"
      }, 1, true
    ),
    (
      "a name in 200 places",
      changed { for index in stride(from: 5, to: 2000, by: 10) { $0[index].replace("calls", with: "asks") } }, 200, true
    ),
    ("a block moved down", changed { $0 = Array($0[0..<100] + $0[200..<1900] + $0[100..<200] + $0[1900...]) }, 2, true),
    ("a block gone", changed { $0.removeSubrange(100..<1900) }, 1, true),
    ("all indented", changed { $0 = $0.map { "  " + $0 } }, 1, false),
    ("every other line", changed { for index in stride(from: 0, to: 2000, by: 2) { $0[index] += " " } }, 1000, false),
    ("backwards", changed { $0.reverse() }, 2, false),
    ("another text", String(repeating: "#\n", count: 50_000), 1, false),
    ("the same line over and over", String(repeating: "x\n", count: 20_000) + text, 1, true),
    ("no text", "", 1, false),
  ]

  @Test(arguments: cases.indices)
  func editsAreFew(_ index: Int) {
    let (name, new, edits, isWorthReparsing) = Self.cases[index]
    let difference = TextDifference(from: Array(Self.text.utf8), to: Array(new.utf8))
    #expect(difference.edits.count == edits, "\(name)")
    #expect(difference.isWorthReparsing == isWorthReparsing, "\(name)")
    #expect(Self.carriedOut(difference, Array(Self.text.utf8), Array(new.utf8)) == Array(new.utf8), "\(name)")
  }

  /// Short lines out of few, so that many are equal and many stand next to another.
  @Test func editsMakeTheNewTextOfTheOld() throws {
    var random = SeededGenerator(seed: 5)
    func someLines(_ count: Int) -> [UInt8] {
      (0..<count).flatMap { _ in Array("\(Int.random(in: 0..<400, using: &random))\n".utf8) }
    }
    for round in 0..<300 {
      let old = someLines(Int.random(in: 0..<600, using: &random))
      var new = round % 3 == 0 ? someLines(600) : old
      for _ in 0..<Int.random(in: 0..<12, using: &random) { new = RandomEdit.apply(to: new, using: &random) }
      let difference = TextDifference(from: old, to: new)
      try #require(Self.carriedOut(difference, old, new) == new, "round \(round)")
    }
  }

  /// The old text after the edits, or nothing if a place in them is not where it says.
  private static func carriedOut(_ difference: TextDifference, _ old: [UInt8], _ new: [UInt8]) -> [UInt8] {
    var text = old
    for edit in difference.edits {
      guard isTrue(edit.start, in: text), isTrue(edit.oldEnd, in: text), edit.start.byte <= edit.oldEnd.byte else {
        return []
      }
      text.replaceSubrange(
        Int(edit.start.byte)..<Int(edit.oldEnd.byte), with: new[Int(edit.start.byte)..<Int(edit.newEnd.byte)])
      guard isTrue(edit.newEnd, in: text) else { return [] }
    }
    return text
  }

  private static func isTrue(_ place: TextEdit.Place, in text: [UInt8]) -> Bool {
    guard Int(place.byte) <= text.count else { return false }
    return text[..<Int(place.byte)].withUnsafeBytes { before in
      var row: UInt32 = 0
      var lineStart = 0
      // Much faster than byte by byte, for there are a thousand edits of a long text.
      while lineStart < before.count,
        let feed = memchr(before.baseAddress! + lineStart, 0x0A, before.count - lineStart)
      {
        lineStart = UnsafeRawPointer(feed) - before.baseAddress! + 1
        row += 1
      }
      return place.position == Position(row: row, column: UInt32(before.count - lineStart))
    }
  }
}
