public import ArgumentParser
import Graph
public import Query

struct HotspotsCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "hotspots", abstract: "List the entities on which most depends, or that depend on most.",
    discussion: """
      fan-in is how many entities and files use one, fan-out how many it uses; rank is its PageRank, in parts of a million. Uses
      that may mean another are not counted. Reads the whole graph: about a second for each million edges.

        ptwatch hotspots ~/src/project
        ptwatch hotspots --by fan-in --kind function --limit 10 .
      """)

  @Argument(help: "The tree.", completion: .directory)
  var directory = "."

  @Option(help: "The measure: fan-in, fan-out or rank.")
  var by = WholeGraph.Measure.rank

  @Option(help: "Only entities of this kind.", transform: EntityKind.parsing)
  var kind: EntityKind?

  @OptionGroup var options: ReadingOptions
  @Option(help: "Most results to print; 0 for all.")
  var limit = 20

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit wants a number, 0 for all") }
  }

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(directory)
      let graph = try query.wholeGraph()
      let spots = graph.hotspots(by: by, limit: limit == 0 ? .max : limit) { node in
        kind.map { graph.kind(of: node) == $0 } ?? true
      }
      var output = options.output()
      if !options.json, !spots.isEmpty {
        try output.line(output.styled(" fan-in  fan-out       rank", .faint))
      }
      for spot in spots { try write(spot, try query.info(spot.node, in: graph)!, &output) }
      try output.flush()
    }
  }

  private func write(_ spot: WholeGraph.Hotspot, _ entity: EntityInfo, _ output: inout Output) throws {
    if options.json {
      try output.json { line in
        line.key("t")
        line.value("hotspot" as StaticString)
        line.key("id")
        line.value(entity.id)
        line.key("fanIn")
        line.value(spot.fanIn)
        line.key("fanOut")
        line.value(spot.fanOut)
        line.key("rank")
        line.value(spot.rank)
      }
    } else {
      let rank = Int((spot.rank * 10).rounded())
      let numbers = [(spot.fanIn, 7), (spot.fanOut, 7)].map { leading("\($0.0)", $0.1) }
      try output.line(
        "\(output.styled(numbers.joined(separator: "  "), .number))  "
          + "\(output.styled(leading("\(rank / 10).\(rank % 10)", 9), .number))  "
          + "\(output.named(entity))  \(output.styled(entity.place, .path))")
    }
  }
}

extension WholeGraph.Measure: ExpressibleByArgument {}
