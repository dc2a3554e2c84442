import Graph
import Syntax
import Testing

/// Patterns that speak of very many nodes long before the walk comes to them.
@Suite struct ManyNamesTests {
  private static let count = 5000

  @Test(arguments: [
    ("a.c", "int ", "a#", ", ", ";\n", EntityKind.variable),
    ("a.c", "enum e { ", "a#", ", ", " };\n", .enumMember),
    ("a.c", "struct s { ", "int a#[2];", " ", " };\n", .field),
  ])
  func eachIsFoundOnceAndInItsPlace(
    _ path: String, _ start: String, _ item: String, _ separator: String, _ end: String, _ kind: EntityKind
  ) throws {
    let items = (0..<Self.count).map { item.replacing("#", with: "\($0)") }
    let text = Array((start + items.joined(separator: separator) + end).utf8)
    var extract = try Extract(TreePath(path), text)
    let facts = extract.facts(extract.extraction(try extract.parse(text), text), text)
    let found = facts.entities.filter { $0.kind == kind }
    #expect(found.map { String(decoding: facts.names[$0.name], as: UTF8.self) } == (0..<Self.count).map { "a\($0)" })
    var column = start.utf8.count
    for (index, entity) in found.enumerated() {
      #expect(entity.span.start.row == 0)
      #expect(
        Int(entity.span.start.column) >= column && Int(entity.span.start.column) < column + items[index].utf8.count)
      column += items[index].utf8.count + separator.utf8.count
    }
  }
}
