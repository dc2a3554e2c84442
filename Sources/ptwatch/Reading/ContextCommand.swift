import ArgumentParser
import Graph
import Query

struct ContextCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "context", abstract: "Print what one has to read to work on an entity, within a number of tokens.",
    discussion: """
      Its source, then signatures of what it stands in, calls, mentions and is used by, and their source while there is room:
      Markdown, ready to paste. A token is taken to be four bytes.

        ptwatch context parse_header --tokens 3000 ~/src/project
        ptwatch context src/net.c:120 --sync . | wl-copy
      """)

  @OptionGroup var argument: EntityArgument

  @Option(help: "The room, in tokens of four bytes.")
  var tokens = 4000

  @OptionGroup var options: ReadingOptions

  var directory: String { argument.directory }

  func validate() throws {
    if !(50...10_000_000).contains(tokens) { throw ValidationError("--tokens wants a number from 50 to 10000000") }
  }

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(argument.directory)
      let context = try query.context(of: try argument.find(in: query), tokens: tokens)
      var output = options.output()
      if options.json {
        for piece in context.pieces { try output.json(piece) }
        try output.json(context, of: tokens)
      } else {
        let left = context.left == 0 ? "" : "; \(context.left) more neighbours did not fit"
        try output.text(context.text)
        try output.line("(about \(context.tokens) of \(tokens) tokens, taken as 4 bytes each\(left))")
      }
      try output.flush()
    }
  }
}

extension Output {
  fileprivate mutating func text(_ text: String) throws {
    try line(text.hasSuffix("\n\n") ? String(text.dropLast()) : text)
  }

  fileprivate mutating func json(_ piece: CodeContext.Piece) throws {
    try json { line in
      line.key("t")
      line.value("piece" as StaticString)
      line.key("id")
      line.value(piece.entity.id)
      line.key("relation")
      line.value(piece.relation.rawValue)
      line.key("path")
      line.value(piece.entity.path.bytes)
      line.key("line")
      line.value(piece.firstLine)
      line.key("source")
      line.value(piece.isSource)
      line.key("current")
      line.value(piece.isCurrent)
      line.key("linesLeft")
      line.value(piece.linesLeft)
      line.key("tokens")
      line.value(piece.tokens)
      line.key("code")
      line.value(piece.code)
    }
  }

  fileprivate mutating func json(_ context: CodeContext, of room: Int) throws {
    try json { line in
      line.key("t")
      line.value("context" as StaticString)
      line.key("tokens")
      line.value(context.tokens)
      line.key("room")
      line.value(room)
      line.key("left")
      line.value(context.left)
    }
  }
}
