import ArgumentParser
import Graph
import Query

struct ShowCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Tell what is known of an entity, with its source.",
    discussion: """
      The source, and the comment right above it, are read from disk; it is said if the file has changed since the graph
      was made from it (--sync takes in what changed first).

        ptwatch show parse_header ~/src/project
        ptwatch show src/net.c:120 --lines 0 --limit 20 .
      """)

  @OptionGroup var argument: EntityArgument
  @OptionGroup var options: ReadingOptions
  @OptionGroup var limit: LimitOption

  @Option(help: "Most lines of source to print; 0 for all.")
  var lines = 60

  var directory: String { argument.directory }

  func validate() throws {
    if lines < 0 { throw ValidationError("--lines wants a number, 0 for all") }
  }

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(argument.directory)
      let entity = try argument.find(in: query)
      let shown = try query.show(entity, limit: limit.oneMore)
      let source = SourceExcerpt(try query.source(of: entity), lines: lines == 0 ? .max : lines)
      var output = options.output()
      if options.json {
        try output.json(shown.entity)
        try output.json(source, of: shown.entity)
        try output.json(shown, limit: limit.most)
      } else {
        try output.text(shown.entity)
        try output.text(source)
        try output.text(shown, limit: limit.most)
      }
      try output.flush()
    }
  }
}

extension Output {
  /// Children, then edges out and in: each as in the dump.
  fileprivate mutating func json(_ shown: GraphQuery.Surroundings, limit: Int) throws {
    for child in shown.children.prefix(limit) { try json(child) }
    for edge in shown.out.prefix(limit) { try json(edge) }
    for edge in shown.in.prefix(limit) { try json(edge) }
  }

  fileprivate mutating func text(_ entity: EntityInfo) throws {
    var notes = [entity.language]
    if entity.flags.contains(.test) { notes.append("test") }
    if entity.flags.contains(.generated) { notes.append("generated") }
    if entity.flags.contains(.fileLocal) { notes.append("visible in its file only") }
    try line("\(styled(entity.kind.name, .kind)) \(styled(entity.qualifiedText, .name))")
    try line("  \(entity.signatureText)")
    try line(
      "  \(styled("\(entity.place)", .path)) to line \(entity.span.end.row + 1), \(notes.joined(separator: ", "))")
    try line("  id      \(entity.id)")
    if let parent = entity.parent { try line("  parent  \(parent)") }
  }

  fileprivate mutating func text(_ shown: GraphQuery.Surroundings, limit: Int) throws {
    if !shown.children.isEmpty {
      try heading("contains", shown.children.count, limit)
      try table(Array(shown.children.prefix(limit)))
    }
    if !shown.out.isEmpty {
      try heading("mentions", shown.out.count, limit)
      try table(Array(shown.out.prefix(limit)), towards: .out)
    }
    if !shown.in.isEmpty {
      let isCut = shown.in.count > limit
      try line("")
      try line(styled("mentioned by (\(isCut ? "the first \(limit)" : "\(shown.in.count)"))", .name))
      try table(Array(shown.in.prefix(limit)), towards: .in)
    }
  }

  private mutating func heading(_ text: String, _ count: Int, _ limit: Int) throws {
    try line("")
    try line(styled("\(text) (\(count > limit ? "\(limit) of \(count)" : "\(count)"))", .name))
  }
}
