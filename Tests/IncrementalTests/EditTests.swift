import Foundation
import Graph
import Incremental
import Store
import Testing

/// What saves of one file cost, and what they leave behind.
@Suite struct EditTests {
  /// A workspace with one file, ingested and parsed ahead, so that its first edit too is incremental.
  private static func workspace(_ text: String, in path: String) throws -> (Workspace, Reindexer) {
    let workspace = try Workspace(jobs: 1)
    try workspace.write(text, to: path)
    try workspace.ingest()
    let reindexer = try workspace.reindexer()
    try reindexer.planWarming()
    while reindexer.canWarm { try reindexer.warmNext() }
    return (workspace, reindexer)
  }

  private static let functions = (0..<1250).map { "int f\($0)(int a)\n{\n\treturn g\($0)(a);\n}\n\n" }

  /// The text put first, the functions that call another, and how many rows that is: the file's record and facts, the
  /// generation and the history, and for each call one mention gone and one come; for a new function its definition, its
  /// name, and what it mentions.
  @Test(arguments: [
    ("", [1000], 4 + 2), ("", [10, 1200], 4 + 4), ("", [0, 300, 301, 700, 1249], 4 + 10),
    ("int g(int a)\n{\n\treturn a;\n}\n\n", [], 4 + 2), ("int g(int a)\n{\n\treturn h(a);\n}\n\n", [600], 4 + 3 + 2),
  ])
  func onlyRowsThatChangedAreWritten(_ first: String, _ places: [Int], _ rows: Int) throws {
    let (workspace, reindexer) = try Self.workspace(Self.functions.joined(), in: "a.c")
    var edited = Self.functions
    for place in places { edited[place] = edited[place].replacing("return g", with: "return other") }
    try workspace.write(first + edited.joined(), to: "a.c")
    let report = try #require(try reindexer.look("a.c").first)
    #expect(report.files.map(\.parsed) == [.incremental])
    #expect(report.bytesParsed < 4096 * (places.count + 1))
    #expect(report.entitiesChanged == places.count && report.entitiesAdded == (first.isEmpty ? 0 : 1))
    #expect(report.rowsWritten == rows)
    #expect(try workspace.dump() == workspace.fullDump())
  }

  /// What is changed in a text of ten such functions, for a while.
  private static let passing: [(name: String, change: @Sendable (String) -> String)] = [
    ("a call", { $0.replacing("g5(a)", with: "h(a, 1)") }),
    ("a name everywhere", { $0.replacing("(int a)", with: "(int b)").replacing("(a)", with: "(b)") }),
    ("a function gone", { $0.replacing("int f4(int a)\n{\n\treturn g4(a);\n}\n\n", with: "") }),
    ("a function more", { "static int first(void) { return f1(2); }\n" + $0 }),
    ("a brace gone", { $0.replacing("{\n\treturn g3", with: "\n\treturn g3") }),
    ("a brace too many", { $0.replacing("return g7(a);", with: "return g7(a);\n}") }),
    ("a string left open", { $0.replacing("g2(a)", with: "g2(\"a)") }),
    ("a comment left open", { $0.replacing("int f6", with: "/* int f6") }),
    ("two errors", { $0.replacing("f2(int a)", with: "f2(int a").replacing("return g8", with: "return (g8") }),
    ("no text", { _ in "" }),
  ]

  @Test(arguments: passing.indices)
  func anEditAndItsRevertLeaveNothingBehind(_ index: Int) throws {
    let (name, change) = Self.passing[index]
    let text = Self.functions.prefix(10).joined()
    let (workspace, reindexer) = try Self.workspace(text, in: "a.c")
    let (dump, rows) = (try workspace.dump(), try workspace.rows())
    for confirms in [false, true] {
      try workspace.write(change(text), to: "a.c")
      #expect(try !reindexer.look("a.c").isEmpty)
      if confirms { while reindexer.needsConfirmation { _ = try reindexer.confirmNext() } }
      #expect(try workspace.dump() != dump)
      try workspace.write(text, to: "a.c")
      #expect(try !reindexer.look("a.c").isEmpty)
      // The text has no errors, so there is nothing to confirm.
      #expect(try workspace.dump() == dump && workspace.rows() == rows, "\(name)")
    }
  }
}

extension Workspace {
  /// All rows of the indexes of names, entities by their number in the file; and their counts, which tell of rows under
  /// names that no file has.
  func rows() throws -> [String] {
    let snapshot = try GraphReader(directory).snapshot()
    var rows: [String] = ["\(try snapshot.counts())"]
    try snapshot.forEachFile(below: .root) { path, id, _ in
      let facts = try snapshot.facts(id)
      var numbers: [LocalID: String] = [:]
      for (number, entity) in facts.entities.enumerated() { numbers[entity.local] = "\(number)" }
      for index in 0..<facts.names.count {
        let name = Array(facts.names[NameID(rawValue: UInt32(index))])
        let shown = "\(path) \(String(decoding: name, as: UTF8.self))"
        for row in try snapshot.definitions(of: name) where row.file == id {
          rows.append("\(shown) \(row.kind) \(numbers[row.local] ?? "?")")
        }
        for row in try snapshot.mentions(of: name) where row.file == id {
          let source = row.from == FactsDelta.fileScope ? "file" : numbers[row.from] ?? "?"
          rows.append("\(shown) \(row.kind) from \(source)")
        }
      }
    }
    return rows.sorted()
  }
}
