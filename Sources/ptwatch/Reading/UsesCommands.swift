import ArgumentParser
import Graph
import Query

struct CallersCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "callers", abstract: "List who calls an entity, or uses it otherwise; imports left out.",
    discussion: """
        ptwatch callers parse_header ~/src/project
        ptwatch callers Conn::read --kind calls --tests none --limit 20 --offset 20 .
      """)

  @OptionGroup var argument: EntityArgument
  @OptionGroup var edges: EdgeOptions
  @OptionGroup var options: ReadingOptions
  @OptionGroup var page: PageOptions

  var directory: String { argument.directory }

  func run() throws {
    try options.printUses(of: argument, edges, page, kinds: Set(EdgeKind.allCases).subtracting([.imports]))
  }
}

struct RefsCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "refs", abstract: "List all uses of an entity: calls, references, imports, types made from it.",
    discussion: """
        ptwatch refs Config ~/src/project
        ptwatch refs Config --kind imports --kind inherits .
      """)

  @OptionGroup var argument: EntityArgument
  @OptionGroup var edges: EdgeOptions
  @OptionGroup var options: ReadingOptions
  @OptionGroup var page: PageOptions

  var directory: String { argument.directory }

  func run() throws { try options.printUses(of: argument, edges, page, kinds: []) }
}

struct CalleesCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "callees", abstract: "List what an entity calls, or hands on to be called.",
    discussion: """
        ptwatch callees parse_header ~/src/project
        ptwatch callees src/net.c:120 --kind calls .
      """)

  @OptionGroup var argument: EntityArgument

  @Option(help: "Only calls, or only references; may be repeated.", transform: EdgeKind.parsing)
  var kind: [EdgeKind] = []

  @OptionGroup var options: ReadingOptions
  @OptionGroup var page: PageOptions

  var directory: String { argument.directory }

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(argument.directory)
      let edges = try query.callees(of: try argument.find(in: query))
        .filter { kind.isEmpty || kind.contains($0.kind) }
      try options.print(edges, towards: .out, page)
    }
  }
}

/// Which uses a command is to list.
struct EdgeOptions: ParsableArguments {
  @Option(
    help: "Only uses of this kind: calls, references, imports, inherits, implements; may be repeated.",
    transform: EdgeKind.parsing)
  var kind: [EdgeKind] = []

  @Option(help: "Uses by test code: all, none, or only these.")
  var tests = EntityFilter.Tests.all
}

extension EdgeKind {
  /// For `@Option(transform:)`.
  static func parsing(_ name: String) throws -> EdgeKind {
    let kinds = EdgeKind.allCases.filter { $0 != .contains }
    if let kind = kinds.first(where: { $0.name == name }) { return kind }
    throw ValidationError(
      "there is no kind of use \"\(printable(name))\"; there are \(kinds.map(\.name).joined(separator: ", "))")
  }
}

extension ReadingOptions {
  fileprivate func printUses(
    of argument: EntityArgument, _ edges: EdgeOptions, _ page: PageOptions, kinds: Set<EdgeKind>
  ) throws {
    try Complaint.reporting {
      let query = try query(argument.directory)
      let found = try query.uses(
        of: try argument.find(in: query), kinds: edges.kind.isEmpty ? kinds : Set(edges.kind), tests: edges.tests,
        limit: page.toItsEnd)
      try print(found, towards: .in, page)
    }
  }

  fileprivate func print(_ all: [EdgeInfo], towards direction: Output.Direction, _ page: PageOptions) throws {
    let edges = Array(page.cut(all))
    var output = output()
    if json {
      for edge in edges { try output.json(edge) }
    } else {
      try output.table(edges, towards: direction)
    }
    try output.flush()
    if page.hasMore(all.count) { page.tellOfMore(of: nil) }
  }
}
