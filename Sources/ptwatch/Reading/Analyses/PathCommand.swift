import ArgumentParser
import Graph
import Query

struct PathCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Find a shortest chain of calls from one entity to another.",
    discussion: """
      A function that is handed on by its name counts as called. Calls that may mean another are followed only where nothing
      else leads there.

        ptwatch path main parse_header ~/src/project
        ptwatch path src/main.c:10 Conn::read --json .
      """)

  @Argument(help: "Where to begin: id, PATH:LINE, qualified name or the end of it.", completion: .entities)
  var start: String

  @Argument(help: "Where to get.", completion: .entities)
  var end: String

  @Argument(help: "The tree.", completion: .directory)
  var directory = "."

  @OptionGroup var options: ReadingOptions

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(directory)
      let start = try EntityArgument.find(start, in: query)
      let end = try EntityArgument.find(end, in: query)
      var search = try query.path(from: start, to: end, doubtful: false)
      if case .none = search { search = try query.path(from: start, to: end, doubtful: true) }
      switch search {
      case .found(let steps): try write(steps, from: start)
      case .none:
        Complaint.report("no calls lead from \(start.id) to \(end.id)")
        throw ExitCode.failure
      case .gaveUp(let visited):
        Complaint.report("no calls lead from \(start.id) to \(end.id) by the \(visited) entities nearest to them")
        throw ExitCode.failure
      }
    }
  }

  private func write(_ steps: [GraphQuery.Step], from start: EntityInfo) throws {
    var output = options.output()
    if options.json {
      for step in steps { try output.json(step.edge) }
    } else {
      let entities = [start] + steps.map(\.callee)
      let places = width(entities.lazy.map(\.place) + steps.lazy.map(\.edge.place), most: 56)
      try output.line("\(output.styled(padded(start.place, places), .path))  \(output.named(start))")
      for step in steps {
        let doubt = step.edge.target.resolution == .ambiguous ? "  (may be another)" : ""
        let place = output.styled(padded(step.edge.place, places), .path)
        try output.line("\(place)  → \(output.named(step.callee))\(output.styled(doubt, .faint))")
      }
    }
    try output.flush()
  }
}

extension Output {
  /// Kind and qualified name.
  func named(_ entity: EntityInfo) -> String {
    "\(styled(entity.kind.name, .kind)) \(styled(entity.qualifiedText, .name))"
  }
}
