import ArgumentParser
import Graph
import Query

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Tell what is known of an entity.")

  @OptionGroup var argument: EntityArgument
  @OptionGroup var options: ReadingOptions
  @OptionGroup var limit: LimitOption

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(argument.directory)
      let shown = try query.show(try argument.find(in: query), limit: limit.oneMore)
      var output = options.output()
      if options.json { try output.json(shown) } else { try output.text(shown, limit: limit.most) }
      try output.flush()
    }
  }
}

extension Output {
  /// The entity, its children, then edges out and in: each as in the dump.
  fileprivate mutating func json(_ shown: GraphQuery.Surroundings) throws {
    try json(shown.entity)
    for child in shown.children { try json(child) }
    for edge in shown.out + shown.in { try json(edge) }
  }

  fileprivate mutating func text(_ shown: GraphQuery.Surroundings, limit: Int) throws {
    let entity = shown.entity
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
