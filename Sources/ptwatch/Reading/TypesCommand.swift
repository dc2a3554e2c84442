import ArgumentParser
import Graph
import Query

struct TypesCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "types", abstract: "List what a type is made from, and what is made from it.",
    discussion: """
      Over files, extensions taken together with what they extend. A type that can be reached in several ways is listed once.

        ptwatch types Shape ~/src/project
        ptwatch types Shape --depth 1 --json .
      """)

  @OptionGroup var argument: EntityArgument

  @Option(help: "How many steps up and down; 0 for all.")
  var depth = 0

  @OptionGroup var options: ReadingOptions

  var directory: String { argument.directory }

  func validate() throws {
    if depth < 0 { throw ValidationError("--depth wants a number, 0 for all") }
  }

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(argument.directory)
      let type = try argument.find(in: query)
      guard type.kind.isType || type.kind.isPieceOfType else {
        throw Failure("\(type.id) is a \(type.kind.name), no type")
      }
      let hierarchy = try query.hierarchy(of: type, depth: depth == 0 ? .max : depth)
      var output = options.output()
      if options.json {
        try output.json(type)
        for piece in hierarchy.pieces { try output.json(piece) }
        for one in hierarchy.above { try output.json(one, "above") }
        for one in hierarchy.below { try output.json(one, "below") }
      } else {
        try output.table([type])
        try output.list("made from", hierarchy.above)
        try output.list("made from it", hierarchy.below)
        if !hierarchy.pieces.isEmpty {
          try output.line("")
          try output.line(output.styled("its other pieces (\(hierarchy.pieces.count))", .name))
          try output.table(hierarchy.pieces)
        }
      }
      try output.flush()
      if hierarchy.isCut { Complaint.report("the first \(GraphQuery.mostRelatives) shown") }
    }
  }
}

extension EntityKind {
  fileprivate var isPieceOfType: Bool { self == .impl || self == .extension }
}

extension Output {
  fileprivate mutating func json(_ relative: GraphQuery.Relative, _ side: String) throws {
    try json { line in
      line.key("t")
      line.value("type" as StaticString)
      line.key("side")
      line.value(side)
      line.key("depth")
      line.value(relative.depth)
      line.key("id")
      if let entity = relative.entity { line.value(entity.id) } else { line.null() }
      line.key("name")
      line.value(relative.entity?.qualified ?? relative.name)
      line.key("kind")
      line.value(relative.edge.kind.name)
      line.key("path")
      line.value(relative.edge.path.bytes)
      line.key("line")
      line.value(relative.edge.position.row + 1)
      line.key("certain")
      line.value(!relative.isDoubtful)
    }
  }

  fileprivate mutating func list(_ title: String, _ relatives: [GraphQuery.Relative]) throws {
    if relatives.isEmpty { return }
    try line("")
    try line(styled("\(title) (\(relatives.count))", .name))
    let places = width(relatives.lazy.map(\.edge.place), most: 56)
    for one in relatives {
      let unknown = "\(styled(Escaping.printable(one.name), .name)) \(styled("(not in the tree)", .faint))"
      let name = if let entity = one.entity { named(entity) } else { unknown }
      let doubt = one.isDoubtful ? styled("  (may be another)", .faint) : ""
      let space = String(repeating: "  ", count: one.depth - 1)
      try line("\(styled(padded(one.edge.place, places), .path))  \(space)\(name)\(doubt)")
    }
  }
}
