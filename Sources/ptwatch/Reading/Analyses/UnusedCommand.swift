import ArgumentParser
import Graph
import Query

struct UnusedCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "unused", abstract: "List entities that nothing in the tree refers to.",
    discussion: """
      Left out are tests, entry points, what the language shows to the outside (--exported to list that too), and methods of types
      that are made from another or fulfil one, through which they may be called. Only what is written counts: what is called by reflection, by a name put
      together at run time, from another language or from generated code seems unused. Reads the whole graph: about a second for each million edges.

        ptwatch unused ~/src/project
        ptwatch unused --kind function --exported .
      """)

  @Argument(help: "The tree.", completion: .directory)
  var directory = "."

  @Option(help: "Only entities of this kind.", transform: EntityKind.parsing)
  var kind: EntityKind?

  @Flag(help: "Also what is visible outside of the tree.")
  var exported = false

  @OptionGroup var options: ReadingOptions
  @OptionGroup var limit: LimitOption

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(directory)
      let graph = try query.wholeGraph()
      var unused: [EntityInfo] = []
      for node in graph.unused() where kind == nil || graph.kind(of: node) == kind {
        guard let entity = try query.info(node, in: graph), exported || !entity.flags.contains(.exported) else {
          continue
        }
        unused.append(entity)
      }
      var output = options.output()
      if options.json {
        for entity in unused.prefix(limit.most) { try output.json(entity) }
      } else {
        try output.table(Array(unused.prefix(limit.most)))
      }
      try output.flush()
      if unused.count > limit.most {
        Complaint.report("the first \(limit.most) of \(unused.count) shown; --limit 0 for all")
      }
    }
  }
}
