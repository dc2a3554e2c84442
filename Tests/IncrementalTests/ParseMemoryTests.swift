import Graph
import Incremental
import Syntax
import Testing

@Suite struct ParseMemoryTests {
  /// Texts on both sides of the limit, with syntax errors and without, each made of the one before.
  private static let texts: [String] = [100, 600, 620, 90, 120, 1_200, 60, 1_000].flatMap { count in
    let open = String(repeating: "A<", count: count)
    let closed = open + "A" + String(repeating: ">", count: count)
    return ["class C { void f() { g(); } }\n\(open)", "class C { void f() { g(); } }\n\(closed) x;\n"]
  }

  @Test(arguments: ["C.java", "C.cs"])
  func aFileThatTakesTooMuchIsRecordedAndNoMore(_ path: String) async throws {
    // What is given up costs memory, of which a process has only so much to lose.
    await #expect(processExitsWith: .success) { [path = path as String] in try ParseMemoryTests.save(to: path) }
  }

  private static func save(to path: String) throws {
    let workspace = try Workspace(memoryLimit: ParseMemoryLimit(base: 6 << 20, perByte: 0))
    try workspace.write("class C { void f() { g(); } }\n", to: path)
    try workspace.ingest()
    let reindexer = try workspace.reindexer()
    var given: Set<Bool> = []
    for text in Self.texts {
      try workspace.write(text, to: path)
      _ = try reindexer.look(path)
      while reindexer.needsConfirmation { _ = try reindexer.confirmNext() }
      let dump = try workspace.dump()
      #expect(try dump == workspace.fullDump())
      given.insert(dump.contains("\"problem\":\"parse memory limit\""))
    }
    #expect(given.count == 2)
  }
}
