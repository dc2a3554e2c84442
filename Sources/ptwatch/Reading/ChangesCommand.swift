import ArgumentParser
import Graph
import Query

struct ChangesCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes", abstract: "List what changed since a generation.",
    discussion: """
      Generations count commits; this command, "stats --json" and the watcher's output say the present one. All that
      changed since is taken together, file by file. Applied in the order given (what was removed, then renames, then what
      was added and changed), it leads from the graph that was to the one that is.

        ptwatch changes --since 41 --sync ~/src/project
        ptwatch changes --since 0 --json --limit 0 .
      """)

  @Option(help: ArgumentHelp("The generation that was seen last.", valueName: "generation"))
  var since: UInt64

  @Argument(help: "The tree.", completion: .directory)
  var directory = "."

  @OptionGroup var options: ReadingOptions
  @OptionGroup var limit: LimitOption

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(directory)
      let now = query.snapshot.generation
      switch try query.changes(since: since) {
      case .known(let files):
        var output = options.output()
        let isCut = try output.changes(files, since: since, now: now, json: options.json, limit: limit.most)
        try output.flush()
        if isCut { Complaint.report("the first \(limit.most) shown; --limit 0 for all") }
      case .tooOld(let oldest):
        throw Failure(
          "what changed since generation \(since) is no longer known, the oldest that can be asked for is \(oldest); "
            + "read everything (ptwatch dump \(printable(directory))), then go on from generation \(now)")
      case .future:
        throw Failure(
          "there is no generation \(since) yet, the present one is \(now); if the store was made anew, read everything "
            + "(ptwatch dump \(printable(directory))), then go on from there")
      }
    }
  }
}

extension Output {
  /// Files with their entities and edges, `limit` of them all at the most. True if there are more.
  fileprivate mutating func changes(
    _ files: [ChangedFile], since: UInt64, now: UInt64, json: Bool, limit: Int
  ) throws -> Bool {
    if json {
      try head(files.count, since: since, now: now)
    } else {
      try line("generation \(styled("\(now)", .number)), since \(since): \(Format.plural(files.count, "file")) changed")
    }
    var room = limit
    for file in files {
      if room == 0 { return true }
      room -= 1
      if json { try self.json(file) } else { try text(file) }
      for entity in file.entities {
        if room == 0 { return true }
        room -= 1
        if json { try self.json(entity, file) } else { try text(entity) }
      }
      for edge in file.edges {
        if room == 0 { return true }
        room -= 1
        if json { try self.json(edge, file) } else { try text(edge) }
      }
    }
    return false
  }

  // MARK: For people

  private mutating func text(_ file: ChangedFile) throws {
    let path = file.origin.map { "\($0) -> \(file.path)" } ?? "\(file.path)"
    let counts = file.counts
    let numbers =
      "entities +\(counts.entitiesAdded) ~\(counts.entitiesChanged) -\(counts.entitiesRemoved)  "
      + "edges +\(counts.edgesAdded) -\(counts.edgesRemoved)"
    let note = file.isComplete ? "" : "  too many to list: ptwatch kept only their numbers"
    try line("\(styled(file.kind.mark)) \(styled(path, .name))  \(styled(numbers + note, .faint))")
  }

  private mutating func text(_ entity: ChangedFile.ChangedEntity) throws {
    try line(
      "    \(styled(entity.change.mark)) \(styled(padded(entity.kind.name, 10), .kind))  \(styled(entity.name, .name))")
  }

  private mutating func text(_ edge: ChangedFile.ChangedEdge) throws {
    let from = edge.fromName ?? "(top of the file)"
    let qualifier = edge.qualifier.map { "\(Escaping.printable($0)) › " } ?? ""
    let alias = edge.alias.map { " as \(Escaping.printable($0))" } ?? ""
    let times = edge.count.magnitude > 1 ? styled("  (\(edge.count.magnitude) times)", .faint) : ""
    let kind = styled(padded(edge.kind.name, 10), .kind)
    try line(
      "    \(styled(edge.count > 0 ? .added : .removed)) \(kind)  \(from) -> \(qualifier)\(Escaping.printable(edge.name))\(alias)\(times)"
    )
  }

  // MARK: For programs

  private mutating func head(_ files: Int, since: UInt64, now: UInt64) throws {
    try json { line in
      line.key("t")
      line.value("changes" as StaticString)
      line.key("since")
      line.value(since)
      line.key("generation")
      line.value(now)
      line.key("files")
      line.value(files)
    }
  }

  private mutating func json(_ file: ChangedFile) throws {
    try json { line in
      line.key("t")
      line.value("file" as StaticString)
      line.key("change")
      line.value(file.kind.name)
      line.key("path")
      line.value(file.path.bytes)
      line.key("from")
      if let origin = file.origin { line.value(origin.bytes) } else { line.null() }
      line.key("entities")
      line.begin()
      line.key("added")
      line.value(file.counts.entitiesAdded)
      line.key("changed")
      line.value(file.counts.entitiesChanged)
      line.key("removed")
      line.value(file.counts.entitiesRemoved)
      line.end()
      line.key("edges")
      line.begin()
      line.key("added")
      line.value(file.counts.edgesAdded)
      line.key("removed")
      line.value(file.counts.edgesRemoved)
      line.end()
      line.key("complete")
      line.value(file.isComplete)
    }
  }

  private mutating func json(_ entity: ChangedFile.ChangedEntity, _ file: ChangedFile) throws {
    try json { line in
      line.key("t")
      line.value("entity" as StaticString)
      line.key("change")
      line.value(entity.change.name)
      line.key("id")
      line.value(entity.id)
      line.key("kind")
      line.value(entity.kind.name)
      line.key("path")
      line.value(file.path(before: entity.change == .removed).bytes)
    }
  }

  private mutating func json(_ edge: ChangedFile.ChangedEdge, _ file: ChangedFile) throws {
    let path = file.path(before: edge.count < 0).bytes
    try json { line in
      line.key("t")
      line.value("edge" as StaticString)
      line.key("change")
      line.value((edge.count > 0 ? "added" : "removed") as String)
      line.key("kind")
      line.value(edge.kind.name)
      line.key("from")
      if let from = edge.from { line.value(from) } else { line.value(path) }
      line.key("name")
      line.value(edge.name)
      line.key("qualifier")
      if let qualifier = edge.qualifier { line.value(qualifier) } else { line.null() }
      line.key("alias")
      if let alias = edge.alias { line.value(alias) } else { line.null() }
      line.key("path")
      line.value(path)
      line.key("count")
      line.value(edge.count.magnitude)
    }
  }
}

extension ChangedFile {
  fileprivate func path(before: Bool) -> TreePath { before ? origin ?? path : path }
}

extension FileChange.Kind {
  var name: String {
    switch self {
    case .added: "added"
    case .modified: "modified"
    case .removed: "removed"
    case .renamed: "renamed"
    }
  }
}

extension ChangeDetails.Change {
  var name: String {
    switch self {
    case .added: "added"
    case .changed: "changed"
    case .removed: "removed"
    }
  }
}
