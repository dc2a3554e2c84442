import Foundation
import Testing

/// What a tree's names, or arguments that a shell made of them, put on the screen: text, and nothing that steers it.
@Suite struct EscapeTests {
  private static let escape = "\u{1B}]0;owned\u{07}\u{1B}[2J\u{9B}31m\r"

  private func hostileTree() throws -> TemporaryDirectory {
    let escape = Self.escape
    let tree = try TemporaryDirectory()
    try tree.write("class A { '\(escape)'() { return 1 } }\nimport x from '\(escape)';\n", to: "d\(escape)/b.js")
    try tree.write("function call() { return o['x\(escape)'](); }\n", to: "\(escape)a.js")
    try tree.write(
      "fun `a\u{1B}[2J`(x: Int) { `b\u{1B}[2J`(1) }\nfun `b\u{1B}[2J`(x: Int) { `a\u{1B}[2J`(1) }\n", to: "k.kt")
    try tree.write("#include \"\(escape).h\"\nint f(void) { return g(); } /* \(escape) */\n", to: "c.c")
    try tree.write(Data([0, 1, 2]), to: "bad\(escape).c")
    try #require(try Program.run("--full", "--quiet", tree.url.path).status == 0)
    return tree
  }

  private func expectPlain(_ text: String, _ what: String) {
    let steering = text.unicodeScalars.filter {
      $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F || (0x80...0x9F).contains($0.value)
    }
    #expect(steering.isEmpty, "\(what): \(text.debugDescription)")
  }

  /// Entities of that kind whose ids are hostile.
  private func hostileIDs(_ tree: TemporaryDirectory, _ kind: String) throws -> [String] {
    let ids = try Program.dump(tree.url).compactMap { line -> String? in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return object?["kind"] as? String == kind ? object?["id"] as? String : nil
    }
    return ids.filter { $0.contains("%1B") }
  }

  /// All that the help names, so that none is forgotten: once answered, once refused where something can be.
  @Test func noCommandPrintsWhatSteersTheTerminal() throws {
    let tree = try hostileTree()
    let function = try hostileIDs(tree, "function").filter { $0.hasPrefix("kotlin") }
    let type = try hostileIDs(tree, "class")[0]
    let path = "d\(Self.escape)/b.js"
    let arguments: [String: [String]] = [
      "find": ["a"], "show": [function[0]], "callers": [function[0]], "callees": [function[0]],
      "path": [function[0], function[1]], "impact": [function[0]], "changes": ["--since", "1"], "refs": [function[0]],
      "types": [type], "outline": [path], "context": [function[0]],
    ]
    let help = try Program.run("--help").output.split(separator: "\n")
    let commands = help.drop { !$0.hasPrefix("SUBCOMMANDS") }.dropFirst()
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.contains("ptwatch help") }
      .map { String($0.split(separator: " ")[0]) }.filter { $0 != "watch" && $0 != "mcp" }
    try #require(commands.count > 18)
    for command in commands {
      let whole = [command] + (arguments[command] ?? []) + [tree.url.path]
      for form in [whole, [command, "--json"] + whole.dropFirst(), [command, Self.escape, tree.url.path]] {
        let result = try Program.run(form)
        expectPlain(result.output + "\n" + result.error, "\(form)")
        // The command that judges the set-up may find fault with it.
        if form.last == tree.url.path, !form.contains(Self.escape), command != "doctor" {
          #expect(result.status == 0, "\(form): \(result.error)")
        }
      }
    }
  }

  /// `ptwatch stats *` where the files are somebody else's.
  @Test func argumentsThatAreWrongAreSaidPlainly() throws {
    let escape = Self.escape
    for arguments in [
      ["stats", ".", escape], ["--jobs", escape, "."], ["--\(escape)", "."], ["find", "--kind", escape, "a"],
      ["changes", "--since", escape, "."], ["dump", escape], ["dump", "--db", "rocksdb:\(escape)", "."],
    ] {
      let result = try Program.run(arguments)
      #expect(result.status == 64 || result.status == 1)
      #expect(result.error.contains("owned"), "\(result.error)")
      expectPlain(result.output + "\n" + result.error, "\(arguments)")
    }
  }

  /// A client may show what it is given as it is, so the texts within the JSON are plain too.
  @Test func noToolAnswersWhatSteersTheTerminal() throws {
    let tree = try hostileTree()
    let hostile = try hostileIDs(tree, "function").prefix(2) + hostileIDs(tree, "class").prefix(1)
    let place = try TemporaryDirectory()
    let pipe = place.url.appending(path: "requests").path
    try #require(mkfifo(pipe, 0o600) == 0)
    let server = try RunningProgram(["mcp", tree.url.path], through: ["sh", "-c", #"exec "$0" "$@" <"\#(pipe)""#])
    let requests = try FileHandle(forWritingTo: URL(fileURLWithPath: pipe))
    var number = 0
    func ask(_ method: String, _ parameters: [String: Any]) throws -> [String: Any] {
      number += 1
      let request: [String: Any] = ["jsonrpc": "2.0", "id": number, "method": method, "params": parameters]
      try requests.write(contentsOf: try JSONSerialization.data(withJSONObject: request) + [0x0A])
      let line = try #require(server.lines.first { $0.contains("\"id\":\(number),") }, "\(server.errors.all)")
      let answer = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(answer?["result"] as? [String: Any], "\(line)")
    }
    let client = ["name": "test", "version": "1"]
    _ = try ask(
      "initialize", ["protocolVersion": "2025-06-18", "capabilities": [String: Any](), "clientInfo": client])
    let tools = try #require(try ask("tools/list", [:])["tools"] as? [[String: Any]])
    try #require(tools.count > 12)
    for tool in tools {
      let name = try #require(tool["name"] as? String)
      let schema = try #require(tool["inputSchema"] as? [String: Any])
      for value in hostile + ["a", Self.escape] {
        var arguments: [String: Any] = [:]
        for key in schema["required"] as? [String] ?? [] { arguments[key] = value }
        let result = try ask("tools/call", ["name": name, "arguments": arguments])
        for text in Self.texts(in: result) { expectPlain(text.replacing("\t", with: ""), "\(name) \(value)") }
        if arguments.isEmpty { break }
      }
    }
    try requests.close()
    #expect(server.waitForExit() == 0)
  }

  private static func texts(in value: Any) -> [String] {
    switch value {
    case let text as String: [text]
    case let list as [Any]: list.flatMap(texts)
    case let object as [String: Any]: object.flatMap { [$0.key] + texts(in: $0.value) }
    default: []
    }
  }
}
