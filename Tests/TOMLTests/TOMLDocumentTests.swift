import TOML
import Testing

/// What is taken, and what is refused with which line.
@Suite struct TOMLDocumentTests {
  private func entries(_ text: String) throws -> [String: TOMLDocument.Value] {
    let table = try TOMLDocument(Array(text.utf8)).tables[0]
    return Dictionary(uniqueKeysWithValues: table.entries.map { ($0.key, $0.value) })
  }

  @Test(
    arguments: [
      ("a = 1", .integer(1)), ("a=-12_000 # twelve", .integer(-12000)), ("a = +0", .integer(0)),
      ("a = true", .boolean(true)), ("\ta\t=\tfalse\t", .boolean(false)),
      ("a = \"x # y\"", .string("x # y")), ("'a' = ''", .string("")),
      (#"a = "\t\"\\\u00e9\U0001F600""#, .string("\t\"\\é😀")), (#"a = '\d+'"#, .string(#"\d+"#)),
      ("a = []", .array([])), ("a = [ 'x', \"y\", ]", .array([.string("x"), .string("y")])),
      ("a = [ # first\n  1,\n  [2, 3], # second\n]\n", .array([.integer(1), .array([.integer(2), .integer(3)])])),
      ("\r\na = 1\r\n", .integer(1)), ("a = 'é'", .string("é")),
    ] as [(String, TOMLDocument.Value)])
  func aValueIsTakenAsWritten(_ text: String, _ value: TOMLDocument.Value) throws {
    #expect(try entries(text) == ["a": value])
  }

  @Test func tablesKeepOrderAndLines() throws {
    let text = "b = 1\na-2 = 2\n\n[tree.\"/a b\"] # one\n\"x y\" = 3\n[ tree . 'c' ]\n[d]\nz = 4"
    let tables = try TOMLDocument(Array(text.utf8)).tables
    #expect(tables.map(\.name) == [[], ["tree", "/a b"], ["tree", "c"], ["d"]])
    #expect(tables.map(\.line) == [1, 4, 6, 7])
    #expect(tables.flatMap { $0.entries.map(\.key) } == ["b", "a-2", "x y", "z"])
    #expect(tables.flatMap { $0.entries.map(\.line) } == [1, 2, 5, 8])
  }

  @Test(arguments: [
    ("a = 1\nb", 2, "b has no value"), ("a = ", 1, "a value is wanted"), ("a = 1.5", 1, "1.5 is no value"),
    ("a = 01", 1, "01 is no value"), ("a = 1__0", 1, "1__0 is no value"), ("a = yes", 1, "yes is no value"),
    ("a = 99999999999999999999", 1, "is no value"), ("a = 2026-11-23", 1, "2026-11-23 is no value"),
    ("a = 1 2", 1, "nothing more"), ("\na = 'x", 2, "does not end"), ("a = \"x\ny\"", 1, "does not end"),
    (#"a = "\d""#, 1, "no such escape"), (#"a = "\uD800""#, 1, "no such escape"), (#"a = "\u12"#, 1, "no such escape"),
    ("a = \"\"\"\nx\"\"\"", 1, "three quotes"), ("a = [1\nb = 2", 2, "comma"), ("x = 1\na = [1,\n", 2, "does not end"),
    ("a = {b = 1}", 1, "a value is wanted"), ("a.b = 1", 1, "keys with dots"), ("[[a]]", 1, "arrays of tables"),
    ("[a\nb = 1", 1, "does not end"), ("[a]\nx = 1\n\n[a]", 4, "line 1"), ("a = 1\n\na = 2", 3, "line 1"),
    ("= 1", 1, "a key is wanted"), ("a = 1\r2", 1, "nothing more"),
    ("a = [[[[[[[[[1]]]]]]]]]", 1, "8 deep"),
  ])
  func whatIsWrongIsToldWithItsLine(_ text: String, _ line: Int, _ part: String) throws {
    let error = try #require(throws: TOMLError.self) { try TOMLDocument(Array(text.utf8)) }
    #expect(error.line == line)
    #expect(error.reason.contains(part), "\(error.reason)")
  }

  @Test func bytesThatAreNoTextAreRefused() {
    #expect(throws: TOMLError.self) { try TOMLDocument([0x61, 0x3D, 0x27, 0xFF, 0x27]) }
  }
}
