import Glibc
import MCP
import Testing

@Suite struct LineReaderTests {
  /// Written to a pipe, then closed.
  private func lines(_ text: String, most: Int) -> [String] {
    var ends: [CInt] = [0, 0]
    guard pipe(&ends) == 0 else { return ["no pipe"] }
    let bytes = Array(text.utf8)
    #expect(write(ends[1], bytes, bytes.count) == bytes.count)
    close(ends[1])
    defer { close(ends[0]) }
    var reader = LineReader(ends[0], most: most)
    var found: [String] = []
    while let line = reader.next() {
      switch line {
      case .line(let bytes): found.append(String(decoding: bytes, as: UTF8.self))
      case .tooLong: found.append("too long")
      }
    }
    return found
  }

  @Test(arguments: [
    ("a\nbc\n", ["a", "bc"]), ("a\n\nb", ["a", "", "b"]), ("", []), ("12345\n123456\nx\n", ["12345", "too long", "x"]),
    ("123456", ["too long"]),
  ])
  func aPipeIsCutIntoLines(_ text: String, _ expected: [String]) { #expect(lines(text, most: 5) == expected) }

  @Test func aLineLongerThanIsReadAtOnceIsDropped() {
    #expect(lines(String(repeating: "x", count: 50_000) + "\ny\n", most: 40_000) == ["too long", "y"])
  }
}
