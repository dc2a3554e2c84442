import Graph
import MCP
import Query

/// The questions to the graph, as tools for a model.
enum GraphTools {
  /// In a fixed order, the most used first.
  static func all(_ source: GraphSource) -> [Tool] {
    [
      find(source), show(source), context(source), callers(source), callees(source), refs(source), path(source),
      impact(source), outline(source), types(source), changes(source), tree(source), hotspots(source), cycles(source),
      unused(source), coverage(source), stats(source),
    ]
  }

  static let entity = Tool.Parameter(
    "entity", .string,
    "Which: its id (as answers give it), its qualified name or the end of it (Conn::read, read), or path:line.",
    isRequired: true)
  static let kind = Tool.Parameter(
    "kind", .choice(EntityKind.allCases.map(\.name)), "Only entities of this kind.")

  static func kind(_ arguments: Arguments) -> EntityKind? { arguments.string("kind").flatMap { EntityKind(name: $0) } }

  private static func find(_ source: GraphSource) -> Tool {
    Tool(
      "find", title: "Find definitions by name",
      description: """
        Where something is defined: functions, types, macros, constants ... by name. Faster and more exact than searching files: gives kind, \
        place and signature of each. Exact names come first; capitals count only if the pattern has some. If nothing is found, try \
        manner fuzzy.
        """,
      [
        Tool.Parameter("pattern", .string, "What the name is like.", isRequired: true),
        Tool.Parameter(
          "manner", .choice(NamePattern.Manner.allCases.map(\.rawValue)),
          "How it is meant: a part of the name (default), its beginning, a glob, a regular expression, or letters in order."
        ),
        kind, Tool.Parameter("language", .string, "Only in this language."),
        Tool.Parameter("path", .string, "Only files that match this glob, or lie in directories that do."),
        Tool.Parameter("tests", .choice(EntityFilter.Tests.allCases.map(\.rawValue)), "Test code (default all)."),
      ] + Page.parameters
    ) { arguments, call in
      let query = try source.query(call)
      let page = try Page(arguments, query)
      let text = arguments.string("pattern")!
      let manner = arguments.string("manner").flatMap { NamePattern.Manner(rawValue: $0) } ?? .part
      let filter = try filter(arguments, query)
      let found = try query.find(try NamePattern(text, manner), filter, limit: page.wanted)
      if found.entities.isEmpty {
        let nothing = try EntityArgument.nothing(text, query)
        throw Failure(filter.isEmpty ? nothing : "nothing that is asked for is named like \"\(printable(text))\"")
      }
      return page.answer("", "entities", total: found.total, found.entities.map { Item($0) })
    }
  }

  private static func filter(_ arguments: Arguments, _ query: GraphQuery) throws -> EntityFilter {
    var filter = EntityFilter(tests: tests(arguments))
    if let kind = kind(arguments) { filter.kinds = [kind] }
    if let language = arguments.string("language") {
      let known = query.snapshot.languages.map(\.name)
      guard known.contains(language) else {
        throw Failure("there is no language \"\(printable(language))\"; there are \(known.joined(separator: ", "))")
      }
      filter.languages = [language]
    }
    if let text = arguments.string("path") {
      guard let path = PathPattern(text) else { throw Failure("nothing matches the glob \"\(printable(text))\"") }
      filter.paths = [path]
    }
    return filter
  }

  private static func show(_ source: GraphSource) -> Tool {
    Tool(
      "show", title: "Show one entity",
      description: """
        What one function, type ... is: signature, place, what it consists of, what it uses, and the first of those that use it. The \
        answer to begin with when a name or a line is known. For all that use it, callers.
        """,
      [entity, Tool.Parameter("limit", .integer(1...200), "Most of each list (default 20).")]
    ) { arguments, call in
      let query = try source.query(call)
      let limit = arguments.integer("limit") ?? 20
      let shown = try query.show(try query.required(named: arguments.string("entity")!), limit: limit + 1)
      let item = Item(shown.entity)
      var lines = [
        item.text, "id: \(shown.entity.id)", "to line \(shown.entity.span.end.row + 1), \(shown.entity.language)",
      ]
      var members: [JSONValue.Member] = [
        .init("generation", .integer(Int(query.snapshot.generation))), .init("entity", item.json),
        .init("language", .string(shown.entity.language)),
      ]
      let lists: [(title: String, key: String, items: [Item])] = [
        ("contains", "contains", shown.children.map { Item($0) }), ("uses", "uses", shown.out.map { Item(to: $0) }),
        ("used by", "usedBy", shown.in.map { Item(from: $0) }),
      ]
      for list in lists {
        let isCut = list.items.count > limit
        if !list.items.isEmpty { lines.append("\(list.title)\(isCut ? " (the first \(limit))" : ""):") }
        lines += list.items.prefix(limit).map { "  " + $0.text }
        members.append(.init(list.key, .array(list.items.prefix(limit).map(\.json))))
        if isCut { members.append(.init("\(list.key)Cut", true)) }
      }
      return ToolAnswer(text: lines.joined(separator: "\n"), structured: .object(members))
    }
  }

  private static func callers(_ source: GraphSource) -> Tool {
    Tool(
      "callers", title: "Who uses it",
      description: """
        All places that call an entity or use it otherwise (imports left out), with the function that each stands in. Ask before changing a \
        signature. Knows names that only look the same apart; what may mean another is marked.
        """,
      [entity] + Page.parameters
    ) { arguments, call in
      let query = try source.query(call)
      let page = try Page(arguments, query)
      let used = try query.required(named: arguments.string("entity")!)
      let edges = try query.callers(of: used, limit: page.wanted)
      return page.answer("uses of \(used.id):", "uses", edges.map { Item(from: $0) })
    }
  }

  private static func callees(_ source: GraphSource) -> Tool {
    Tool(
      "callees", title: "What it calls",
      description:
        "All that a function, or what stands in an entity, calls or hands on to be called, in source order, and what each means.",
      [entity] + Page.parameters
    ) { arguments, call in
      let query = try source.query(call)
      let page = try Page(arguments, query)
      let caller = try query.required(named: arguments.string("entity")!)
      let edges = try query.callees(of: caller)
      return page.answer("calls in \(caller.id):", "calls", total: edges.count, edges.map { Item(to: $0) })
    }
  }

  private static func stats(_ source: GraphSource) -> Tool {
    Tool(
      "stats", title: "Size of the tree",
      description: """
        How many files, lines, definitions and uses there are, by language and kind: for a first look at a tree. Reads the whole graph.
        """, []
    ) { _, call in
      let statistics = try source.query(call).statistics()
      let languages = statistics.languages.map { language in
        Item(
          text:
            "\(language.language): \(language.files) files, \(language.lines) lines, \(language.entities) entities, "
            + "\(language.edges) edges",
          json: [
            "language": .string(language.language), "files": .integer(language.files),
            "lines": .integer(language.lines),
            "entities": .integer(language.entities), "edges": .integer(language.edges),
          ])
      }
      func counts(_ counts: [(String, Int)]) -> JSONValue {
        .object(counts.map { JSONValue.Member($0.0, .integer($0.1)) })
      }
      let entities = statistics.entities.map { ($0.kind.name, $0.count) }
      let edges = statistics.edges.map { ($0.kind.name, $0.count) }
      let lines =
        [
          "generation \(statistics.generation): \(statistics.files) files, \(statistics.problems) of them with problems",
          "entities: \(statistics.entityCount): " + entities.map { "\($0.1) \($0.0)" }.joined(separator: ", "),
          "edges: \(statistics.edgeCount): " + edges.map { "\($0.1) \($0.0)" }.joined(separator: ", "),
        ] + languages.map(\.text)
      return ToolAnswer(
        text: lines.joined(separator: "\n"),
        structured: [
          "generation": .integer(Int(statistics.generation)), "files": .integer(statistics.files),
          "problems": .integer(statistics.problems), "storeBytes": .integer(statistics.storeBytes),
          "entities": counts(entities), "edges": counts(edges), "languages": .array(languages.map(\.json)),
        ])
    }
  }
}
