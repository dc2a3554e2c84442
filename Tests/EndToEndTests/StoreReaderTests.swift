import Foundation
import PTWatchGraph
import Testing

/// `Examples/callers.py`, which reads a store with nothing but what `docs/STORE.md` says; `scripts/test` gets its LMDB.
@Suite struct StoreReaderTests {
  private static let packages = ProcessInfo.processInfo.environment["PTWATCH_STORE_READER"]

  /// Two functions of one name, uses outside of any entity, by an import and as a value, names of two bytes' length, many entities.
  private func tree() throws -> TemporaryDirectory {
    let tree = try TemporaryDirectory()
    let many = (0..<600).map { "int filler_\($0)(int a)\n{\n\treturn other_\($0)(a) + leaf();\n}\n" }.joined()
    try tree.write("static int leaf(void) { return 1; }\n" + many + "int (*f)(void) = leaf;\n", to: "lib/a.c")
    try tree.write("static int leaf(void) { return 2; }\nint stem(void)\n{\n\treturn leaf() + leaf();\n}\n", to: "b.c")
    try tree.write("class A:\n    def leaf(self): return 1\n    def use(self): return self.leaf()\n", to: "c.py")
    let long = String(repeating: "long_", count: 40)
    try tree.write("def \(long)(): pass\ndef user(): return \(long)()\n\(long)()\n", to: "d.py")
    try tree.write("from d import \(long)\n\ndef other(x=None) -> int: return \(long)()\n", to: "e.py")
    return tree
  }

  private func run(_ store: String, _ name: String) throws -> Program.Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", Program.checkout.appending(path: "Examples/callers.py").path, store, name]
    var environment = Program.environment
    environment["PYTHONPATH"] = Self.packages
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    process.environment = environment
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Program.Result(status: process.terminationStatus, output: text, error: said)
  }

  /// What `ptwatch callers` says of all entities of a name, as the program prints it.
  private func callers(_ name: String, _ tree: TemporaryDirectory) throws -> Set<String> {
    let snapshot = try SourceGraph(ofTree: tree.url.path).snapshot()
    var lines: Set<String> = []
    for entity in try snapshot.find(name, match: .glob).entities {
      let result = try Program.run("callers", entity.id, "--limit", "0", "--json", tree.url.path)
      try #require(result.status == 0, "\(result.error)")
      for line in result.output.split(separator: "\n") {
        let edge = try Event(String(line))
        let from = try #require(edge.text("from"))
        let user = try snapshot.entity(id: from)
        lines.insert(user.map { "\($0.path):\($0.start.line) \($0.name)" } ?? "\(from):1 -")
      }
    }
    return lines
  }

  @Test(.enabled(if: packages != nil, "scripts/test gets LMDB for Python"))
  func itNamesWhomTheProgramNames() throws {
    let tree = try tree()
    try #require(try Program.run("--full", "--quiet", tree.url.path).status == 0)
    // Local ids that are no longer places in the file, and a watcher at work.
    try tree.write(
      "static int leaf(void) { return 2; }\n\nint bud(void) { return leaf(); }\nint stem(void)\n{\n\treturn leaf();\n}\n",
      to: "b.c")
    let watch = try Watch(tree.url)
    let store = tree.url.path + "/.ptwatch"
    for (name, count) in [("leaf", 604), (String(repeating: "long_", count: 40), 3), ("none", 0)] {
      let read = try run(store, name)
      #expect(read.status == 0, "\(read.error)")
      let lines = read.output.split(separator: "\n").map(String.init)
      #expect(Set(lines) == (try callers(name, tree)))
      #expect(lines.count == count)
    }
    #expect(watch.interrupt() == 0)

    try tree.write("a test\n", to: ".ptwatch/env-1/damaged")
    let refused = try run(store, "leaf")
    #expect(refused.status == 1 && refused.error == "this is no store of schema 10, or a damaged one\n")
  }
}
