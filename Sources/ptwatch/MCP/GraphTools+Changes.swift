import Graph
import MCP
import Query

extension GraphTools {
  static func changes(_ source: GraphSource) -> Tool {
    Tool(
      "changes", title: "What changed since",
      description: """
        Which files and definitions were added, changed, removed or renamed since a generation: a number that every answer names. Remember \
        it, and ask later what you, or others, changed since. Without since: tells the present generation.
        """,
      [Tool.Parameter("since", .integer(0...Int.max), "The generation that was seen last.")] + Page.parameters
    ) { arguments, call in
      let query = try source.query(call)
      let page = try Page(arguments, query)
      let now = query.snapshot.generation
      let since = arguments.integer("since").map { UInt64($0) } ?? now
      switch try query.changes(since: since) {
      case .known(let files):
        let items = files.flatMap { file in [Item(file)] + file.entities.map { Item($0, in: file) } }
        return page.answer(
          "generation \(now), since \(since): \(Format.plural(files.count, "file"))", "changes", total: items.count,
          items)
      case .tooOld(let oldest):
        throw Failure(
          "what changed since \(since) is no longer known; the oldest that can be asked for is \(oldest), now is \(now)"
        )
      case .future: throw Failure("there is no generation \(since) yet; now is \(now)")
      }
    }
  }
}

extension Item {
  fileprivate init(_ file: ChangedFile) {
    let counts = file.counts
    let origin = file.origin.map { " (was \($0))" } ?? ""
    text =
      "\(file.kind.name) \(file.path)\(origin): entities +\(counts.entitiesAdded) ~\(counts.entitiesChanged) "
      + "-\(counts.entitiesRemoved), edges +\(counts.edgesAdded) -\(counts.edgesRemoved)"
      + (file.isComplete ? "" : "; too many to list")
    json = [
      "change": .string(file.kind.name), "path": .string("\(file.path)"),
      "was": file.origin.map { .string("\($0)") } ?? .null, "complete": .bool(file.isComplete),
    ]
  }

  fileprivate init(_ entity: ChangedFile.ChangedEntity, in file: ChangedFile) {
    text = "  \(entity.change.name) \(entity.kind.name) \(entity.name)"
    json = [
      "change": .string(entity.change.name), "id": .string(entity.id), "kind": .string(entity.kind.name),
    ]
  }
}
