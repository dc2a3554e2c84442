import Graph
import MCP
import Query

// Files, directories, types, and what one has to read.
extension GraphTools {
  static let below = Tool.Parameter(
    "below", .string, "Only what lies below this directory, given from the tree's root.")

  static func context(_ source: GraphSource) -> Tool {
    Tool(
      "context", title: "What to read to work on it",
      description: """
        The source of an entity, with the signatures, and while there is room the source, of what it stands in, calls, mentions and is used \
        by, the best first, within a number of tokens. Instead of reading whole files before an edit.
        """,
      [
        entity,
        Tool.Parameter("tokens", .integer(50...50_000), "The room, a token taken as four bytes (default 3000)."),
      ]
    ) { arguments, call in
      let query = try source.query(call)
      let entity = try query.required(named: arguments.string("entity")!)
      let context = try query.context(of: entity, tokens: arguments.integer("tokens") ?? 3000)
      let left = context.left == 0 ? "" : "\n(\(context.left) more neighbours did not fit)"
      let pieces = context.pieces.map { piece -> JSONValue in
        [
          "id": .string(piece.entity.id), "relation": .string(piece.relation.rawValue),
          "path": .string("\(piece.entity.path)"), "line": .integer(piece.firstLine), "source": .bool(piece.isSource),
          "current": .bool(piece.isCurrent), "code": .string(piece.code),
        ]
      }
      return ToolAnswer(
        text: context.text + left,
        structured: [
          "generation": .integer(Int(query.snapshot.generation)), "tokens": .integer(context.tokens),
          "left": .integer(context.left), "pieces": .array(pieces),
        ])
    }
  }

  static func outline(_ source: GraphSource) -> Tool {
    Tool(
      "outline", title: "What a file defines",
      description:
        "The entities of one file as a tree, with lines and signatures: look at it before reading a long file.",
      [Tool.Parameter("path", .string, "The file, by its path from the tree's root.", isRequired: true)]
        + Page.parameters
    ) { arguments, call in
      let query = try source.query(call)
      let page = try Page(arguments, query)
      let path = TreePath(relative: arguments.string("path")!)
      guard let items = try query.outline(of: path) else {
        let near = try query.files(near: path).map(\.description)
        let text = "no file \"\(path)\" is in the graph"
        throw Failure(near.isEmpty ? text : "\(text); near: \(near.joined(separator: ", "))")
      }
      let lines = items.map { item in
        let whole = Item(item.entity)
        let span = item.entity.span
        return Item(
          text:
            "\(span.start.row + 1)-\(span.end.row + 1)  \(String(repeating: "  ", count: item.depth))"
            + "\(item.entity.kind.name) \(Escaping.printable(item.entity.name))  \(item.entity.signatureText.prefix(160))",
          json: whole.json)
      }
      return page.answer("\(path):", "entities", total: items.count, lines)
    }
  }

  static func refs(_ source: GraphSource) -> Tool {
    Tool(
      "refs", title: "All uses, imports too",
      description: """
        All uses of an entity, of any kind or of one: calls, references, imports, types made from it. For a rename, or to see who imports it; \
        for who calls it, callers.
        """,
      [
        entity, Tool.Parameter("kind", .choice(EdgeKind.allCases.map(\.name)), "Only uses of this kind."),
        Tool.Parameter(
          "tests", .choice(EntityFilter.Tests.allCases.map(\.rawValue)), "Uses by test code (default all)."),
      ] + Page.parameters
    ) { arguments, call in
      let query = try source.query(call)
      let page = try Page(arguments, query)
      let used = try query.required(named: arguments.string("entity")!)
      let kind = EdgeKind.allCases.filter { $0.name == arguments.string("kind") }
      let edges = try query.uses(of: used, kinds: Set(kind), tests: tests(arguments), limit: page.wanted)
      return page.answer("uses of \(used.id):", "uses", edges.map { Item(from: $0) })
    }
  }

  static func tests(_ arguments: Arguments) -> EntityFilter.Tests {
    arguments.string("tests").flatMap { EntityFilter.Tests(rawValue: $0) } ?? .all
  }

  static func types(_ source: GraphSource) -> Tool {
    Tool(
      "types", title: "A type's hierarchy",
      description:
        "What a type is made from (inherits, implements), what is made from it, over all files, and its extensions or impl blocks.",
      [entity, Tool.Parameter("depth", .integer(1...100), "Steps up and down (default all).")] + Page.parameters
    ) { arguments, call in
      let query = try source.query(call)
      let page = try Page(arguments, query)
      let type = try query.required(named: arguments.string("entity")!)
      let hierarchy = try query.hierarchy(of: type, depth: arguments.integer("depth") ?? .max)
      let items =
        hierarchy.above.map { Item($0, "above") } + hierarchy.below.map { Item($0, "below") }
        + hierarchy.pieces.map { piece in
          Item(text: "piece: \(Item(piece).text)", json: ["side": "piece", "entity": Item(piece).json])
        }
      return page.answer(
        "above: what \(type.id) is made from; below: what is made from it", "types", total: items.count, items,
        notes: hierarchy.isCut ? ["there are more than \(GraphQuery.mostRelatives)"] : [])
    }
  }

  static func tree(_ source: GraphSource) -> Tool {
    Tool(
      "tree", title: "Directories with what they hold",
      description:
        "Directories with how many files, lines and entities they hold, all below taken in: where is what in a tree one does not know?",
      [below, Tool.Parameter("depth", .integer(0...20), "How many levels (default 2).")] + Page.parameters
    ) { arguments, call in
      let query = try source.query(call)
      let page = try Page(arguments, query)
      let root = TreePath(relative: arguments.string("below") ?? "")
      let folders = try query.folders(below: root, depth: arguments.integer("depth") ?? 2)
      if folders.isEmpty && !root.isRoot { throw Failure("no file of the graph lies below \"\(root)\"") }
      let items = folders.map { folder in
        Item(
          text:
            "\(String(repeating: "  ", count: folder.depth))\(folder.path.isRoot ? "." : "\(folder.path)")/  "
            + "\(folder.files) files, \(folder.lines) lines, \(folder.entities) entities",
          json: [
            "path": .string("\(folder.path)"), "depth": .integer(folder.depth), "files": .integer(folder.files),
            "lines": .integer(folder.lines), "entities": .integer(folder.entities),
            "troubled": .integer(folder.troubled),
          ])
      }
      return page.answer("", "folders", total: items.count, items)
    }
  }

  static func coverage(_ source: GraphSource) -> Tool {
    Tool(
      "coverage", title: "What is missing from the graph",
      description: """
        Files that were skipped (too big, binary, unreadable) or have syntax errors, and why: how far the other answers can be trusted. \
        Files that are ignored or in no known language are not in the graph at all.
        """,
      [below] + Page.parameters
    ) { arguments, call in
      let query = try source.query(call)
      let page = try Page(arguments, query)
      let coverage = try query.coverage(below: TreePath(relative: arguments.string("below") ?? ""))
      let languages = coverage.languages.map {
        "\($0.language): \($0.files) files, \($0.imperfect) in part, \($0.skipped) skipped"
      }
      let gaps = coverage.gaps.map { gap in
        Item(
          text: "\(gap.path)  \(gap.problem?.name ?? Format.plural(gap.errors, "syntax error"))",
          json: [
            "path": .string("\(gap.path)"), "problem": gap.problem.map { .string($0.name) } ?? .null,
            "errors": .integer(gap.errors),
          ])
      }
      return page.answer(languages.joined(separator: "\n"), "gaps", total: gaps.count, gaps)
    }
  }
}

extension Item {
  fileprivate init(_ relative: GraphQuery.Relative, _ side: String) {
    let name = relative.entity?.id ?? "\(Escaping.printable(relative.name)) (not in the tree)"
    text =
      "\(side) \(relative.depth): \(name)  \(relative.edge.kind.name) at \(relative.edge.place)"
      + (relative.isDoubtful ? "  (may mean another)" : "")
    json = [
      "side": .string(side), "depth": .integer(relative.depth), "id": relative.entity.map { .string($0.id) } ?? .null,
      "name": .string(Escaping.printable(relative.name)), "kind": .string(relative.edge.kind.name),
      "path": .string("\(relative.edge.path)"), "line": .integer(Int(relative.edge.position.row) + 1),
      "certain": .bool(!relative.isDoubtful),
    ]
  }
}
