public import ArgumentParser
import Graph
public import Query

struct CyclesCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "cycles", abstract: "List what calls, or imports, each other in circles.",
    discussion: """
      Reads the whole graph: about a second for each million edges.

        ptwatch cycles ~/src/project
        ptwatch cycles --of imports --limit 5 .
      """)

  @Argument(help: "The tree.", completion: .directory)
  var directory = "."

  @Option(help: "What leads from one to the next: calls, or imports from file to file.")
  var of = WholeGraph.CycleKind.calls

  @OptionGroup var options: ReadingOptions
  @OptionGroup var limit: LimitOption

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(directory)
      let graph = try query.wholeGraph()
      let cycles = graph.cycles(of: of)
      var output = options.output()
      for cycle in cycles.prefix(limit.most) { try write(cycle, graph, query, &output) }
      try output.flush()
      if cycles.isEmpty { Complaint.report("no \(of.rawValue) go in circles") }
      if cycles.count > limit.most {
        Complaint.report("the largest \(limit.most) of \(cycles.count) shown; --limit 0 for all")
      }
    }
  }

  private func write(
    _ cycle: [WholeGraph.Node], _ graph: WholeGraph, _ query: GraphQuery, _ output: inout Output
  ) throws {
    let members = try cycle.map { try query.info($0, in: graph) }
    if options.json {
      try output.json { line in
        line.key("t")
        line.value("cycle" as StaticString)
        line.key("size")
        line.value(cycle.count)
        line.key("members")
        line.beginArray()
        for (node, entity) in zip(cycle, members) {
          if let entity { line.value(entity.id) } else { line.value(graph.path(of: node).bytes) }
        }
        line.endArray()
      }
    } else {
      try output.line(output.styled("\(cycle.count) in a circle", .name))
      if of == .calls { return try output.table(members.compactMap(\.self)) }
      for node in cycle { try output.line(output.styled("\(graph.path(of: node))", .name)) }
    }
  }
}

extension WholeGraph.CycleKind: ExpressibleByArgument {}
