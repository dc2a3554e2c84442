import Foundation
import Graph
import Query
import Testing

/// What is read from disk for an entity. The graph knows one entity, on line 4 to 5.
@Suite struct SourceTests {
  private func source(_ text: String?, at row: Int = 3) throws -> GraphQuery.SourceReading {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("source-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    try text?.write(to: root.appendingPathComponent("a.x"), atomically: true, encoding: .utf8)
    // Edges take up the lines before it.
    var file = Source("a.x", plain)
    for _ in 0..<row { file.add("calls top -> other") }
    file.add("def function work")
    let tree = try Tree([file], root: root.path)
    let query = GraphQuery(tree.snapshot)
    guard let entity = try query.entity(id: "plain:function:a.x:work") else { throw NotFound() }
    return try query.source(of: entity)
  }

  private struct NotFound: Error {}

  @Test(
    arguments: [
      ("a\n\n// one\nwork\n", "// one", "work"), ("a\n// one\n\nwork\n", "", "work"),
      ("/** one\n two\n */\nwork\n", "/** one\n two\n */", "work"), ("a\nb; /* no */\nc */\nwork\n", "", "work"),
      ("# one\n#[attribute]\n@other\nwork\n", "# one", "#[attribute]\n@other\nwork"),
      ("#include <a>\n#define b\n#if c\nwork", "", "work"),
      ("a\n-- one\n--- two\r\nwork\r\n", "-- one\n--- two", "work"),
      ("a\nb\n--c;\nwork", "", "work"), ("a\n# one\n// two\nwork", "# one\n// two", "work"), ("a\nb", "", ""),
    ])
  func commentAbove(_ text: String, _ comment: String, _ expected: String) throws {
    guard case .source(let source) = try source(text) else { throw NotFound() }
    #expect(String(decoding: source.documentation, as: UTF8.self) == comment)
    #expect(String(decoding: source.text, as: UTF8.self) == expected)
    #expect(!source.isCurrent)
  }

  @Test func whatIsGoneIsSaid() throws {
    guard case .unreadable(let reason) = try source(nil) else { throw NotFound() }
    #expect(reason == "the file is gone")
  }
}
