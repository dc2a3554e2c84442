import Graph
import MCP
import Query

// Questions that follow edges on and on, or read the whole graph.
extension GraphTools {
  private static let costs = "Reads the whole graph: about a second for each million edges."

  static func path(_ source: GraphSource) -> Tool {
    Tool(
      "path", title: "How one thing reaches another",
      description: "A shortest chain of calls from one function to another: how does execution get from A to B?",
      [
        Tool.Parameter(
          "from", .string, "Where it begins: id, qualified name or the end of it, or path:line.", isRequired: true),
        Tool.Parameter("to", .string, "Where it ends, named likewise.", isRequired: true),
      ]
    ) { arguments, call in
      let query = try source.query(call)
      let start = try query.required(named: arguments.string("from")!)
      let end = try query.required(named: arguments.string("to")!)
      var search = try query.path(from: start, to: end, doubtful: false)
      if case .none = search { search = try query.path(from: start, to: end, doubtful: true) }
      let none = "no calls lead from \(start.id) to \(end.id)"
      switch search {
      case .none: return answer(query, nil, [], none)
      case .gaveUp(let visited): return answer(query, nil, [], "\(none) by the \(visited) entities nearest to them")
      case .found(let steps): return answer(query, start, steps, "")
      }
    }
  }

  /// The chain from `start`; nil for none.
  private static func answer(
    _ query: GraphQuery, _ start: EntityInfo?, _ steps: [GraphQuery.Step], _ none: String
  ) -> ToolAnswer {
    let items = steps.map { step in
      let isCertain = step.edge.target.resolution != .ambiguous
      return Item(
        text: "\(step.edge.place)  → \(step.callee.id)\(isCertain ? "" : "  (may mean another)")",
        json: [
          "path": .string("\(step.edge.path)"), "line": .integer(Int(step.edge.position.row) + 1),
          "to": .string(step.callee.id), "certain": .bool(isCertain),
        ])
    }
    return ToolAnswer(
      text: start.map { (["\($0.place)  \($0.id)"] + items.map(\.text)).joined(separator: "\n") } ?? none,
      structured: [
        "generation": .integer(Int(query.snapshot.generation)), "found": .bool(start != nil),
        "from": start.map { .string($0.id) } ?? .null, "steps": .array(items.map(\.json)),
      ])
  }

  static func impact(_ source: GraphSource) -> Tool {
    Tool(
      "impact", title: "What a change can break",
      description: """
        What a change of some entities can affect: who uses them, who uses these, and so on; tests are listed apart, so that they can be \
        run. Give entities; or against, a revision of git's, for all that has changed since (HEAD: what is not committed); or a unified diff as \
        patch. Ask before an edit for its risk, and after one for what to check.
        """,
      [
        Tool.Parameter("entities", .strings, "Ids, qualified names or the ends of them, or path:line."),
        Tool.Parameter("against", .string, "Take what has changed since this revision of git's: HEAD, or main."),
        Tool.Parameter("patch", .string, "A unified diff."),
        Tool.Parameter("hops", .integer(1...20), "How many uses away (default 3)."),
        Tool.Parameter("certain", .boolean, "Follow only uses that cannot mean another."),
      ] + Page.parameters
    ) { arguments, call in
      let query = try source.query(call)
      let page = try Page(arguments, query)
      var changed = try arguments.strings("entities").map { try query.required(named: $0) }
      let (patch, revision) = (arguments.string("patch"), arguments.string("against"))
      if let patch { changed += try query.entities(touchedBy: try Patch(Array(patch.utf8))) }
      if let revision { changed += try query.entities(touchedBy: try source.difference.patch(against: revision)) }
      if patch == nil, revision == nil, changed.isEmpty { throw Failure("say of what: entities, against or a patch") }
      let impact = try query.impact(
        of: changed, hops: arguments.integer("hops") ?? 3, doubtful: !arguments.flag("certain"))
      let tests = impact.affected.filter(\.isTest)
      let items = (impact.affected.filter { !$0.isTest } + tests).map { Item($0) }
      let head =
        "a change of \(changed.map(\.id).joined(separator: ", ")) can affect \(items.count), \(tests.count) of them tests "
        + "(listed last); hops before each:"
      return page.answer(
        head, "affected", total: items.count, items,
        notes: impact.isCut ? ["more than \(GraphQuery.mostVisited) are affected; these are the nearest"] : [])
    }
  }

  static func cycles(_ source: GraphSource) -> Tool {
    Tool(
      "cycles", title: "Circles of calls or imports",
      description:
        "Functions that call each other in circles, or files that import each other; the largest first. \(costs)",
      [Tool.Parameter("of", .choice(WholeGraph.CycleKind.allCases.map(\.rawValue)), "Default: calls.")]
        + Page.parameters
    ) { arguments, call in
      let query = try source.query(call)
      let page = try Page(arguments, query)
      let kind = arguments.string("of").flatMap { WholeGraph.CycleKind(rawValue: $0) } ?? .calls
      let graph = try query.wholeGraph()
      let cycles = graph.cycles(of: kind)
      let items = try cycles.prefix(page.wanted).map { cycle in
        let names = try cycle.prefix(50).map { try query.info($0, in: graph)?.id ?? "\(graph.path(of: $0))" }
        let rest = cycle.count - names.count
        return Item(
          text: "\(cycle.count): " + names.joined(separator: " ") + (rest > 0 ? " and \(rest) more" : ""),
          json: ["size": .integer(cycle.count), "members": .array(names.map { .string($0) })])
      }
      return page.answer("", "cycles", total: cycles.count, items)
    }
  }

  static func hotspots(_ source: GraphSource) -> Tool {
    Tool(
      "hotspots", title: "On what most depends",
      description: """
        The entities that matter most: used by most (fan-in), using most (fan-out), or by PageRank. For getting to know a tree, and \
        for judging how risky a change is. \(costs)
        """,
      [Tool.Parameter("by", .choice(WholeGraph.Measure.allCases.map(\.rawValue)), "The measure (default rank)."), kind]
        + Page.parameters
    ) { arguments, call in
      let query = try source.query(call)
      let page = try Page(arguments, query)
      let kind = kind(arguments)
      let graph = try query.wholeGraph()
      let spots = graph.hotspots(
        by: arguments.string("by").flatMap { WholeGraph.Measure(rawValue: $0) } ?? .rank, limit: page.wanted,
        where: { node in kind.map { graph.kind(of: node) == $0 } ?? true }, while: { !query.snapshot.isInterrupted })
      try query.snapshot.checkInterruption()
      let items = try spots.map { spot in
        let entity = try query.info(spot.node, in: graph)!
        return Item(
          text:
            "in \(spot.fanIn)  out \(spot.fanOut)  rank \(Format.fixed(spot.rank, 1))  \(entity.place)  \(entity.id)",
          json: [
            "id": .string(entity.id), "fanIn": .integer(spot.fanIn), "fanOut": .integer(spot.fanOut),
            "rank": .number((spot.rank * 10).rounded() / 10),
          ])
      }
      return page.answer("rank is PageRank in parts of a million", "hotspots", items)
    }
  }

  static func unused(_ source: GraphSource) -> Tool {
    Tool(
      "unused", title: "What nothing refers to",
      description: """
        Definitions that nothing in the tree refers to: candidates for removal. Only what is written counts: what is called by reflection, \
        by a name put together at run time, from another language or from generated code seems unused, so check before removing. \
        Tests, entry points and what is visible to the outside are left out. \(costs)
        """,
      [kind, Tool.Parameter("exported", .boolean, "Also what is visible outside of the tree.")] + Page.parameters
    ) { arguments, call in
      let query = try source.query(call)
      let page = try Page(arguments, query)
      let kind = kind(arguments)
      let exported = arguments.flag("exported")
      let graph = try query.wholeGraph()
      var items: [Item] = []
      for node in graph.unused() where kind == nil || graph.kind(of: node) == kind {
        if items.count >= page.wanted { break }
        guard let entity = try query.info(node, in: graph), exported || !entity.flags.contains(.exported) else {
          continue
        }
        items.append(Item(entity))
      }
      return page.answer("", "entities", items)
    }
  }
}

extension Item {
  fileprivate init(_ affected: GraphQuery.Affected) {
    let row = affected.entity?.span.start.row ?? affected.edge.position.row
    let name = affected.entity?.id ?? "(top of the file)"
    let marks = (affected.isTest ? "  [test]" : "") + (affected.isDoubtful ? "  (perhaps)" : "")
    text = "\(affected.hops)  \(affected.path):\(row + 1)  \(name)\(marks)"
    json = [
      "id": affected.entity.map { .string($0.id) } ?? .null, "path": .string("\(affected.path)"),
      "line": .integer(Int(row) + 1), "hops": .integer(affected.hops), "certain": .bool(!affected.isDoubtful),
      "test": .bool(affected.isTest),
    ]
  }
}
