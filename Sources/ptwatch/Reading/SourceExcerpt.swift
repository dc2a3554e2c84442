import Graph
import Query

/// As much of an entity's source as is printed.
struct SourceExcerpt {
  let documentation: [String]
  let lines: [String]
  let firstLine: Int
  /// Lines that are left out.
  let left: Int
  let isCurrent: Bool
  /// Why there is no source.
  let problem: String?

  init(_ reading: GraphQuery.SourceReading, lines most: Int) {
    guard case .source(let source) = reading else {
      documentation = []
      lines = []
      firstLine = 0
      left = 0
      isCurrent = false
      problem = if case .unreadable(let reason) = reading { reason } else { nil }
      return
    }
    let all = Self.lines(source.text)
    documentation = Array(Self.lines(source.documentation).prefix(most))
    lines = Array(all.prefix(most))
    firstLine = source.firstLine
    left = all.count - lines.count
    isCurrent = source.isCurrent
    problem = nil
  }

  private static func lines(_ text: [UInt8]) -> [String] {
    if text.isEmpty { return [] }
    return Escaping.printableText(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}

extension Output {
  mutating func json(_ source: SourceExcerpt, of entity: EntityInfo) throws {
    try json { line in
      line.key("t")
      line.value("source" as StaticString)
      line.key("path")
      line.value(entity.path.bytes)
      line.key("line")
      line.value(source.firstLine)
      line.key("current")
      line.value(source.isCurrent)
      line.key("doc")
      line.value(source.documentation.joined(separator: "\n"))
      line.key("text")
      line.value(source.lines.joined(separator: "\n"))
      line.key("linesLeft")
      line.value(source.left)
      line.key("problem")
      if let problem = source.problem { line.value(problem) } else { line.null() }
    }
  }

  mutating func text(_ source: SourceExcerpt) throws {
    try line("")
    if let problem = source.problem { return try line("(no source: \(problem))") }
    if !source.isCurrent {
      try line("(the file has changed since the graph was made from it: these lines may be others; --sync takes it in)")
    }
    for text in source.documentation { try line(styled(text, .faint)) }
    let width = "\(source.firstLine + source.lines.count - 1)".count
    for (index, text) in source.lines.enumerated() {
      let number = "\(source.firstLine + index)"
      try line("\(styled(String(repeating: " ", count: width - number.count) + number, .number))  \(text)")
    }
    if source.left > 0 { try line("(\(source.left) more lines; --lines 0 for all)") }
  }
}
