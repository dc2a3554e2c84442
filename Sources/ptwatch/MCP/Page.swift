import Graph
import MCP
import Query

/// One thing of an answer, as a line and as JSON.
struct Item {
  let text: String
  let json: JSONValue
}

/// The part of a long answer that is asked for, and the cursor that leads on: the generation that it was made of, and how many
/// items come before.
struct Page {
  let generation: UInt64
  let offset: Int
  let limit: Int
  /// True if the page before was of another generation.
  private let isOfAnother: Bool

  private static let standardLimit = 40
  private static let mostItems = 500
  /// Bytes of text with which a page is full.
  private static let fullText = 16_000

  static let parameters = [
    Tool.Parameter("limit", .integer(1...mostItems), "Most results to give (default \(standardLimit))."),
    Tool.Parameter("cursor", .string, "Where to go on: the cursor that the page before gave, with the same arguments."),
  ]

  init(_ arguments: Arguments, _ query: GraphQuery) throws {
    generation = query.snapshot.generation
    limit = arguments.integer("limit") ?? Self.standardLimit
    guard let cursor = arguments.string("cursor") else {
      (offset, isOfAnother) = (0, false)
      return
    }
    let parts = cursor.split(separator: ".")
    guard parts.count == 2, let before = UInt64(parts[0]), let offset = Int(parts[1]), offset >= 0, offset < 1 << 40
    else { throw Failure("no page has the cursor \"\(printable(cursor))\"; leave it out to begin") }
    self.offset = offset
    isOfAnother = before != generation
  }

  /// How many items are to be made, so that one sees whether there are more.
  var wanted: Int { offset + limit + 1 }

  /// `items` from the first on, as many as ``wanted`` if there are so many. `total`: how many there are, if that is known.
  func answer(_ head: String, _ key: String, total: Int? = nil, _ items: [Item], notes: [String] = []) -> ToolAnswer {
    var notes = notes
    if isOfAnother { notes.append("the tree has changed since the page before: results may be missing or come twice") }
    var room = Self.fullText
    let shown = items.dropFirst(offset).prefix(limit).prefix { item in
      defer { room -= item.text.utf8.count }
      return room > 0
    }
    let end = offset + shown.count
    var members: [JSONValue.Member] = [
      .init("generation", .integer(Int(generation))), .init(key, .array(shown.map(\.json))),
    ]
    if let total { members.append(.init("total", .integer(total))) }
    var lines = head.isEmpty ? [] : [head]
    lines += shown.map(\.text)
    if shown.isEmpty { lines.append(offset == 0 ? "none" : "no more") }
    if end < items.count {
      let cursor = "\(generation).\(end)"
      members.append(.init("cursor", .string(cursor)))
      lines.append("(\(total.map { "\(shown.count) of \($0)" } ?? "more"); the next page: cursor \"\(cursor)\")")
    }
    if !notes.isEmpty { members.append(.init("notes", .array(notes.map { .string($0) }))) }
    lines += notes.map { "note: \($0)" }
    return ToolAnswer(text: lines.joined(separator: "\n"), structured: .object(members))
  }
}

extension Item {
  private static let longestSignature = 160

  init(_ entity: EntityInfo) {
    var signature = entity.signatureText
    if signature.count > Self.longestSignature { signature = signature.prefix(Self.longestSignature) + "…" }
    let marks = [(EntityFlags.test, "test"), (.generated, "generated")].filter { entity.flags.contains($0.0) }
    text =
      "\(entity.path):\(entity.span.start.row + 1)  \(entity.kind.name) \(entity.qualifiedText)  \(signature)"
      + marks.map { "  [\($0.1)]" }.joined()
    json = .object(
      [
        .init("id", .string(entity.id)), .init("kind", .string(entity.kind.name)),
        .init("name", .string(entity.qualifiedText)), .init("path", .string("\(entity.path)")),
        .init("line", .integer(Int(entity.span.start.row) + 1)),
        .init("endLine", .integer(Int(entity.span.end.row) + 1)),
        .init("signature", .string(signature)),
      ] + marks.map { .init($0.1, true) })
  }

  /// A use, seen from what is used.
  init(from edge: EdgeInfo) {
    let isCertain = edge.target.resolution != .ambiguous
    let user = edge.from.map { "\($0.kind.name) \($0.qualifiedText)" } ?? "(top of the file)"
    text =
      "\(edge.path):\(edge.position.row + 1)  \(edge.kind.name) in \(user)\(isCertain ? "" : "  (may mean another)")"
    json = [
      "kind": .string(edge.kind.name), "from": edge.from.map { .string($0.id) } ?? .null,
      "path": .string("\(edge.path)"),
      "line": .integer(Int(edge.position.row) + 1), "certain": .bool(isCertain),
    ]
  }

  private static let mostTargets = 5

  /// A use, seen from where it stands.
  init(to edge: EdgeInfo) {
    let ids = edge.target.ids
    let meaning =
      switch ids.count {
      case 0: edge.target.resolution.rawValue
      case 1: ids[0]
      default: "one of \(ids.count): " + ids.prefix(Self.mostTargets).joined(separator: " ")
      }
    text = "line \(edge.position.row + 1)  \(edge.kind.name) \(edge.written)  \(meaning)"
    json = [
      "kind": .string(edge.kind.name), "name": .string(edge.written), "line": .integer(Int(edge.position.row) + 1),
      "to": .array(ids.prefix(Self.mostTargets).map { .string($0) }), "candidates": .integer(ids.count),
      "resolution": .string(edge.target.resolution.rawValue),
    ]
  }
}
