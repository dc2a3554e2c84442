import ArgumentParser
import Graph
import Query

struct ImpactCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "impact", abstract: "List what a change of some entities can affect, tests apart.",
    discussion: """
      Who uses them, who uses these in turn, and so on. With --diff the entities are those whose lines differ from git's last
      commit, or from another revision; with --patch, those whose lines a patch touches. Files that git does not know yet are not
      in a difference.

        ptwatch impact parse_header ~/src/project
        ptwatch impact --diff .
        ptwatch impact --against main --hops 5 .
        gh pr diff 12 | ptwatch impact --patch - .

      --diff and --against imply --sync. git is run without any configuration, so that it
      runs nothing that a repository brings with it.
      """)

  @Argument(
    help:
      "Entities: ids, PATH:LINE, qualified names or the ends of them. The last one, if it is a directory, is the tree.",
    completion: .entities)
  var entities: [String] = []

  @Option(help: "How many uses away.")
  var hops = 3

  @Flag(help: "Take the entities that have changed since git's last commit.")
  var diff = false

  @Option(help: ArgumentHelp("Take the entities that have changed since a revision of git's.", valueName: "revision"))
  var against: String?

  @Option(
    help: "Take the entities that a unified diff touches, in a file or - for standard input.", completion: .file())
  var patch: String?

  @Flag(help: "Follow only uses that cannot mean another.")
  var certain = false

  @OptionGroup var options: ReadingOptions
  @OptionGroup var limit: LimitOption

  func validate() throws {
    if hops < 1 { throw ValidationError("--hops wants a number, 1 or more") }
    if patch == nil, revision == nil, named.isEmpty {
      throw ValidationError("say of what: an entity, --diff, --against REVISION or --patch FILE")
    }
    if patch != nil, revision != nil {
      throw ValidationError("--patch gives a diff, --diff asks git for one: leave one out")
    }
  }

  private var revision: String? { against ?? (diff ? "HEAD" : nil) }
  private var endsWithTree: Bool { entities.last.map(WorkingDirectory.isDirectory) ?? false }
  private var named: ArraySlice<String> { endsWithTree ? entities.dropLast() : entities[...] }
  var directory: String { endsWithTree ? entities[entities.count - 1] : "." }

  func run() throws {
    try Complaint.reporting {
      var options = options
      // Lines of the tree as it is mean nothing in the graph of another.
      if revision != nil { options.sync = true }
      let query = try options.query(directory)
      var changed = try named.map { try EntityArgument.find($0, in: query) }
      if let patch { changed += try query.entities(touchedBy: try Patch(try StandardStream.read(patch))) }
      if let revision {
        let difference = GitDifference(of: directory, options.store(of: directory))
        changed += try query.entities(touchedBy: try difference.patch(against: revision))
      }
      let impact = try query.impact(of: changed, hops: hops, doubtful: !certain)
      var output = options.output()
      if options.json { try write(json: changed, impact, &output) } else { try write(text: changed, impact, &output) }
      try output.flush()
      if impact.isCut {
        Complaint.report("more than \(GraphQuery.mostVisited) are affected; the nearest of them were looked at")
      }
    }
  }

  private func write(json changed: [EntityInfo], _ impact: GraphQuery.Impact, _ output: inout Output) throws {
    for entity in changed { try output.json(entity) }
    for one in impact.affected.prefix(limit.most) {
      try output.json { line in
        line.key("t")
        line.value("affected" as StaticString)
        line.key("id")
        if let entity = one.entity { line.value(entity.id) } else { line.null() }
        line.key("path")
        line.value(one.path.bytes)
        line.key("line")
        line.value(one.row + 1)
        line.key("hops")
        line.value(one.hops)
        line.key("certain")
        line.value(!one.isDoubtful)
        line.key("test")
        line.value(one.isTest)
      }
    }
  }

  private func write(text changed: [EntityInfo], _ impact: GraphQuery.Impact, _ output: inout Output) throws {
    try output.line(output.styled("changed (\(changed.count))", .name))
    try output.table(changed)
    try table("affected", impact.affected.filter { !$0.isTest }, &output)
    try table("tests", impact.affected.filter(\.isTest), &output)
  }

  private func table(_ title: String, _ affected: [GraphQuery.Affected], _ output: inout Output) throws {
    if affected.isEmpty { return }
    let shown = affected.prefix(limit.most)
    let count = affected.count > shown.count ? "the first \(shown.count) of \(affected.count)" : "\(affected.count)"
    try output.line("")
    try output.line(output.styled("\(title) (\(count))", .name))
    let places = width(shown.lazy.map(\.place), most: 56)
    for one in shown {
      let what = if let entity = one.entity { output.named(entity) } else { output.styled("(top of the file)", .faint) }
      let doubt = one.isDoubtful ? output.styled("  (perhaps)", .faint) : ""
      try output.line(
        "\(output.styled("\(one.hops)", .number))  \(output.styled(padded(one.place, places), .path))  \(what)\(doubt)")
    }
  }
}

extension GraphQuery {
  func entities(touchedBy patch: Patch) throws -> [EntityInfo] {
    try patch.lines.flatMap { try entities(in: $0.path, lines: $0.lines) }
  }
}

extension GraphQuery.Affected {
  /// Where the entity begins, or the use outside of any.
  fileprivate var row: UInt32 { entity?.span.start.row ?? edge.position.row }
  fileprivate var place: String { "\(path):\(row + 1)" }
}
