import Foundation
import MCP
import Platform
import Testing

/// The protocol on lines: what comes in, and what has to go out.
@Suite struct ServerTests {
  private static let cases = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  private static let words = [
    "$META":
      #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"#,
    "$SERVER": #""_meta":{"io.modelcontextprotocol/serverInfo":{"name":"test","title":"A test","version":"1"}}"#,
    "$HELLO":
      #""capabilities":{"tools":{}},"serverInfo":{"name":"test","title":"A test","version":"1"},"instructions":"Use it.""#,
  ]

  @Test(arguments: try FileManager.default.contentsOfDirectory(atPath: cases.path).sorted())
  func linesAreAnswered(_ name: String) throws {
    let text = try String(contentsOf: Self.cases.appending(path: name), encoding: .utf8)
    let sent = Sent()
    let server = try sent.server()
    var expected: [String] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      var content = String(line.dropFirst(2))
      for (word, meaning) in Self.words { content = content.replacing(word, with: meaning) }
      if line.hasPrefix(">") {
        // What is expected of the line before has to be there first, so that answers of threads have one order.
        #expect(sent.wait(for: expected.count) == expected, "before \(line)")
        server.receive(Array(content.utf8))
      } else {
        expected.append(content)
      }
    }
    server.finish()
    #expect(sent.wait(for: expected.count) == expected)
  }

  @Test func listedAreTheToolsWithTheirSchemas() throws {
    let sent = Sent()
    let server = try sent.server()
    server.receive(
      Array(#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}"#.utf8))
    server.receive(Array(#"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#.utf8))
    server.finish()
    let echo =
      #"{"name":"echo","title":"Echo","description":"Says it again.","inputSchema":{"type":"object","properties":"#
      + #"{"text":{"type":"string","description":"What."},"count":{"type":"integer","minimum":1,"maximum":3,"description":"How often."},"#
      + #""word":{"type":"string","enum":["a","b"],"description":"Which."},"more":{"type":"array","items":{"type":"string"},"#
      + #""description":"More."},"twice":{"type":"boolean","description":"Twice."}},"required":["text"],"additionalProperties":false},"#
      + #""annotations":{"readOnlyHint":true,"idempotentHint":true,"openWorldHint":false}}"#
    #expect(sent.wait(for: 2)[1].contains(echo))
  }

  @Test func bytesThatAreNoTextAreNoJSON() throws {
    let sent = Sent()
    let server = try sent.server()
    server.receive(Array(#"{"jsonrpc":"2.0","id":1,"method":""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8))
    server.receive(Array(String(repeating: "[", count: 100_000).utf8))
    server.refuseLine(longerThan: 10)
    server.finish()
    #expect(sent.wait(for: 3).map { $0.contains("-32700") } == [true, true, false])
    #expect(sent.wait(for: 3)[2].contains("-32600"))
  }

  @Test func onlySoManyRequestsAreUnderWay() throws {
    let sent = Sent()
    let server = try sent.server()
    let meta = Self.words["$META"]!
    for id in 0...Server.mostActive {
      server.receive(
        Array(#"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"wait",\#(meta)}}"#.utf8))
    }
    #expect(sent.wait(for: 1).first?.contains(#""id":\#(Server.mostActive),"error":{"code":-32603"#) == true)
    server.stop()
    #expect(sent.wait(for: 1).count == 1)
  }
}

/// What a server has sent.
private final class Sent: @unchecked Sendable {
  // SAFETY: `lines` is behind `condition`.
  private let condition = NSCondition()
  private var lines: [String] = []

  func add(_ line: [UInt8]) {
    condition.withLock {
      lines.append(String(decoding: line, as: UTF8.self))
      condition.broadcast()
    }
  }

  /// Waits until there are so many, which they are at once unless the test fails.
  func wait(for count: Int) -> [String] {
    let deadline = Date(timeIntervalSinceNow: 20)
    return condition.withLock {
      while lines.count < count, condition.wait(until: deadline) {}
      return lines
    }
  }

  func server() throws -> Server {
    let echo = Tool(
      "echo", title: "Echo", description: "Says it again.",
      [
        .init("text", .string, "What.", isRequired: true), .init("count", .integer(1...3), "How often."),
        .init("word", .choice(["a", "b"]), "Which."), .init("more", .strings, "More."),
        .init("twice", .boolean, "Twice."),
      ]
    ) { arguments, _ in
      let text = arguments.string("text")! + (arguments.flag("twice") ? arguments.string("text")! : "")
      return ToolAnswer(text: text, structured: ["text": .string(text)])
    }
    let wait = Tool("wait", title: "Wait", description: "Until it is cancelled.", []) { _, call in
      while !call.stop.isSet { sched_yield() }
      return ToolAnswer(text: "done", structured: .object([]))
    }
    let progress = Tool("progress", title: "Progress", description: "Goes on.", []) { _, call in
      call.progress(1, of: nil, "one")
      call.progress(1, of: nil, "one again")
      call.progress(2, of: 2, "two")
      return ToolAnswer(text: "", structured: .object([]))
    }
    let description = Server.Description(name: "test", title: "A test", version: "1", instructions: "Use it.")
    return try Server(description, tools: [echo, wait, progress]) { [self] line in add(line) }
  }
}
