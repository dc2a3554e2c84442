import ArgumentParser
import Query

struct CallersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "callers", abstract: "List who calls an entity, or uses it otherwise.")

  @OptionGroup var argument: EntityArgument
  @OptionGroup var options: ReadingOptions
  @OptionGroup var limit: LimitOption

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(argument.directory)
      let edges = try query.callers(of: try argument.find(in: query), limit: limit.oneMore)
      try options.print(edges, towards: .in, limit: limit.most)
    }
  }
}

struct CalleesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "callees", abstract: "List what an entity calls, or hands on to be called.")

  @OptionGroup var argument: EntityArgument
  @OptionGroup var options: ReadingOptions
  @OptionGroup var limit: LimitOption

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(argument.directory)
      let edges = try query.callees(of: try argument.find(in: query))
      try options.print(edges, towards: .out, limit: limit.most)
    }
  }
}

extension ReadingOptions {
  fileprivate func print(_ edges: [EdgeInfo], towards direction: Output.Direction, limit: Int) throws {
    var output = output()
    if json {
      for edge in edges.prefix(limit) { try output.json(edge) }
    } else {
      try output.table(Array(edges.prefix(limit)), towards: direction)
    }
    try output.flush()
    if edges.count > limit { Complaint.report("the first \(limit) shown; --limit 0 for all") }
  }
}
