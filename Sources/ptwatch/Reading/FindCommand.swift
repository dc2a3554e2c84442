import ArgumentParser
import Graph
import Query

struct FindCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "List entities by their names.",
    discussion: """
      Capitals count only if the pattern has some. Exact names come first, then those that begin with it, then the others;
      with --fuzzy the best first. Each page is the same as long as the graph is.

      With --prefix, and where a glob or an expression says how names begin ('drm_*', '^drm_'), it looks at these; where three
      letters in a row are asked for, at names among which some hold them; else at every name: about 0.1 s for a million.

        ptwatch find header --kind function --kind macro ~/src/project
        ptwatch find --glob '*_init' --path 'drivers/net/**' --tests none ~/src/linux
        ptwatch find --regex '^(get|set)_' --language c --limit 20 --offset 40
        ptwatch find --fuzzy prshdr
      """)

  @Argument(help: "What the names are to be like.", completion: .entities)
  var pattern: String

  @Argument(help: "The tree.", completion: .directory)
  var directory = "."

  @Flag(
    help:
      "How it is meant: a part of the name (the default), its beginning, a glob, a regular expression, or letters in order."
  )
  var manner = NamePattern.Manner.part

  @OptionGroup var filter: FilterOptions
  @OptionGroup var options: ReadingOptions
  @OptionGroup var page: PageOptions

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(directory)
      let pattern = try NamePattern(pattern, manner)
      let filter = try filter.filter(in: query)
      let findings = try query.find(pattern, filter, offset: page.offset, limit: page.most)
      if findings.entities.isEmpty, page.offset == 0 { try fail(pattern, filter, query) }
      var output = options.output()
      if options.json {
        for entity in findings.entities { try output.json(entity) }
      } else {
        try output.table(findings.entities)
      }
      try output.flush()
      if findings.hasMore { page.tellOfMore(of: findings.total) }
    }
  }

  private func fail(_ pattern: NamePattern, _ filter: EntityFilter, _ query: GraphQuery) throws -> Never {
    let unfiltered = filter.isEmpty ? [] : try query.find(pattern, limit: 3).entities
    if unfiltered.isEmpty {
      Complaint.report(try EntityArgument.nothing(self.pattern, query))
    } else {
      let ids = unfiltered.map(\.id).joined(separator: ", ")
      Complaint.report(
        "nothing that is asked for is named like \"\(printable(self.pattern))\"; of others there are: \(ids)")
    }
    throw ExitCode.failure
  }
}
