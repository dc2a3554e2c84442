import Foundation
import Testing

/// `ptwatch mcp` as the official Python client sees it, which `scripts/test` gets; without it there is nothing to ask with.
@Suite struct MCPTests {
  private static let client = ProcessInfo.processInfo.environment["PTWATCH_MCP_CLIENT"]

  @Test(
    .enabled(if: client != nil, "scripts/test gets the client"),
    arguments: ["questions", "lines", "takeover", "progress"])
  func aClientGetsRightAnswers(_ scenario: String) throws {
    let tree = try TemporaryDirectory()
    try tree.write(
      "int leaf(void) { return 1; }\nint stem(void) { return leaf(); }\nstatic int dead(void) { return 2; }\n",
      to: "lib/a.c")
    try tree.write("int stem(void);\nint main(void)\n{\n\treturn stem();\n}\n", to: "main.c")
    try tree.write(
      "#[test]\nfn checks() { odd(3); }\nfn odd(n: u8) { even(n) }\nfn even(n: u8) { odd(n) }\n", to: "lib.rs")
    try tree.write("class Base: pass\nclass Leaf(Base): pass\n", to: "types.py")
    try tree.write("int broken(void) { return ( ; }\n", to: "broken.c")
    let script = Program.checkout.appending(path: "Tests/EndToEndTests/mcp_client.py").path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script, scenario, Program.executable.path, tree.url.path]
    var environment = Program.environment
    environment["PYTHONPATH"] = Self.client
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    process.environment = environment
    let said = Pipe()
    process.standardError = said
    try process.run()
    let output = said.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(String(decoding: output, as: UTF8.self))")
  }
}
