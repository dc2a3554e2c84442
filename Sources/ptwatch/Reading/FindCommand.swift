import ArgumentParser
import Graph
import Query

struct FindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "List entities by a part of their name.",
    discussion: "Capitals count only if the pattern has some. Exact names come first.")

  @Argument(help: "A part of the name.")
  var pattern: String

  @Argument(help: "The tree.")
  var directory = "."

  @Option(help: "Only entities of this kind.", transform: EntityKind.parsing)
  var kind: EntityKind?

  @OptionGroup var options: ReadingOptions
  @OptionGroup var limit: LimitOption

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(directory)
      let findings = try query.find(pattern, kind: kind, limit: limit.most)
      if findings.total == 0 {
        Complaint.report(try EntityArgument.nothing(pattern, query))
        throw ExitCode.failure
      }
      var output = options.output()
      if options.json {
        for entity in findings.entities { try output.json(entity) }
      } else {
        try output.table(findings.entities)
      }
      try output.flush()
      if findings.total > findings.entities.count {
        Complaint.report("\(findings.entities.count) of \(findings.total) shown; --limit 0 for all")
      }
    }
  }
}

extension EntityKind {
  /// For `@Option(transform:)`.
  static func parsing(_ name: String) throws -> EntityKind {
    if let kind = EntityKind(name: name) { return kind }
    throw ValidationError(
      "there is no kind \"\(name)\"; there are \(EntityKind.allCases.map(\.name).joined(separator: ", "))")
  }
}
