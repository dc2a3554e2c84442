import ArgumentParser

/// A language in which source is made up, and whose files are taken from a tree.
enum SourceLanguage: String, CaseIterable, ExpressibleByArgument {
  case c, rust, python

  var suffixes: [String] {
    switch self {
    case .c: ["c", "h"]
    case .rust: ["rs"]
    case .python: ["py"]
    }
  }

  func isLanguage(of path: String) -> Bool { suffixes.contains { path.hasSuffix("." + $0) } }

  // MARK: How it writes things

  var header: [String] {
    switch self {
    case .c: ["#include <stddef.h>", "#include <stdint.h>", "#include \"events.h\"", ""]
    case .rust: ["use std::collections::HashMap;", "", "use crate::events::record_event;", ""]
    case .python: ["import collections", "", "from events import record_event", ""]
    }
  }

  func type(_ name: String, fields: [String]) -> [String] {
    let title = name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    switch self {
    case .c: return ["struct \(name) {"] + fields.map { "  uint32_t \($0);" } + ["};", ""]
    case .rust: return ["pub struct \(title) {"] + fields.map { "    pub \($0): u32," } + ["}", ""]
    case .python:
      return ["class \(title):", "    def __init__(self, \(fields.joined(separator: ", "))):"]
        + fields.map { "        self.\($0) = \($0)" } + [""]
    }
  }

  func function(_ name: String, _ parameters: [String], body: [Statement]) -> [String] {
    func list(_ each: (String) -> String) -> String { parameters.map(each).joined(separator: ", ") }
    let opening =
      switch self {
      case .c: "int \(name)(\(list { "int \($0)" })) {"
      case .rust: "pub fn \(name)(\(list { "\($0): i64" })) -> i64 {"
      case .python: "def \(name)(\(list { $0 })):"
      }
    return [opening] + body.flatMap { lines($0, depth: 1) } + end(depth: 0) + [""]
  }

  indirect enum Statement {
    case comment(String)
    case local(String, String)
    case add(String, String)
    case call(String)
    case when(String, [Statement])
    case loop(String, below: String, [Statement])
    case result(String)
  }

  private func lines(_ statement: Statement, depth: Int) -> [String] {
    let end = self == .python ? "" : ";"
    func line(_ text: String) -> String { String(repeating: self == .c ? "  " : "    ", count: depth) + text }
    func block(_ opening: String, _ body: [Statement]) -> [String] {
      [line(opening)] + body.flatMap { lines($0, depth: depth + 1) } + self.end(depth: depth)
    }
    switch statement {
    case .comment(let text): return [line((self == .python ? "# " : "// ") + text)]
    case .local(let name, let value):
      let keyword = self == .c ? "int " : self == .rust ? "let mut " : ""
      return [line("\(keyword)\(name) = \(value)\(end)")]
    case .add(let name, let value): return [line("\(name) += \(value)\(end)")]
    case .call(let call): return [line(call + end)]
    case .result(let value): return [line("return \(value)\(end)")]
    case .when(let condition, let body):
      let opening = self == .c ? "if (\(condition)) {" : self == .rust ? "if \(condition) {" : "if \(condition):"
      return block(opening, body)
    case .loop(let name, let limit, let body):
      let opening =
        switch self {
        case .c: "for (int \(name) = 0; \(name) < \(limit); \(name)++) {"
        case .rust: "for \(name) in 0..\(limit) {"
        case .python: "for \(name) in range(\(limit)):"
        }
      return block(opening, body)
    }
  }

  private func end(depth: Int) -> [String] {
    switch self {
    case .c: [String(repeating: "  ", count: depth) + "}"]
    case .rust: [String(repeating: "    ", count: depth) + "}"]
    case .python: []
    }
  }
}
