import Graph
public import Store

extension GraphQuery {
  /// Most neighbours of each relation that a context looks at.
  private static let mostNeighbours = 40

  /// An entity's source, then its neighbours' signatures, then, while there is room, their source: what it stands in, what it
  /// calls, what it mentions, who uses it. Only neighbours that are meant for sure. `tokens` is the room, four bytes each; the entity takes
  /// three quarters of it at most. Reads the files of what it shows.
  public func context(of entity: EntityInfo, tokens: Int) throws(StoreError) -> CodeContext {
    var packing = ContextPacking(self, room: tokens)
    try packing.add(entity)
    let neighbours = try neighbours(of: entity)
    for (neighbour, relation) in neighbours { packing.addSignature(of: neighbour, relation) }
    try packing.addSources()
    return packing.context(neighbours: neighbours.count)
  }

  /// Each once, the nearest first.
  private func neighbours(of entity: EntityInfo) throws(StoreError) -> [(EntityInfo, CodeContext.Relation)] {
    var seen: Set<String> = [entity.id]
    var found: [(EntityInfo, CodeContext.Relation)] = []
    func add(_ neighbour: EntityInfo, _ relation: CodeContext.Relation) {
      if seen.insert(neighbour.id).inserted { found.append((neighbour, relation)) }
    }
    for outer in try around(entity).dropFirst() { add(outer, .around) }
    let callees = try callees(of: entity)
    let mentions = try edges(in: entity, from: { $0.from == entity.index && $0.kind != .imports })
    for (edges, relation) in [(callees, CodeContext.Relation.callee), (mentions, .mentioned)] {
      var count = 0
      for edge in edges where edge.meant.count == 1 && edge.target.resolution != .ambiguous {
        if count == Self.mostNeighbours { break }
        let target = try info(edge.meant[0])
        // What stands in it is in its source.
        if target.file == entity.file, entity.span.contains(target.span) { continue }
        add(target, relation)
        count += 1
      }
    }
    let uses = try uses(of: entity, kinds: [.calls, .references, .inherits, .implements], limit: Self.mostNeighbours)
    let users = uses.filter { $0.target.resolution != .ambiguous }.compactMap(\.from)
    // Who shows how it is used in earnest, before tests.
    for user in users.filter({ !$0.flags.contains(.test) }) + users.filter({ $0.flags.contains(.test) }) {
      add(user, .caller)
    }
    return found
  }
}

/// Fills a room with pieces.
private struct ContextPacking {
  private let query: GraphQuery
  private var room: Int
  private let all: Int
  private var pieces: [CodeContext.Piece] = []

  init(_ query: GraphQuery, room: Int) {
    self.query = query
    self.room = room
    all = room
  }

  mutating func add(_ entity: EntityInfo) throws(StoreError) {
    var piece = signature(of: entity, .itself)
    if let whole = try source(piece) { piece = whole.cut(to: all * 3 / 4) ?? piece }
    pieces.append(piece)
    room -= piece.tokens
  }

  mutating func addSignature(of entity: EntityInfo, _ relation: CodeContext.Relation) {
    let piece = signature(of: entity, relation)
    guard piece.tokens <= room else { return }
    pieces.append(piece)
    room -= piece.tokens
  }

  /// Puts source in the place of signatures where there is room, the nearest first.
  mutating func addSources() throws(StoreError) {
    for (index, piece) in pieces.enumerated() where piece.relation != .itself && piece.relation != .around {
      let lines = Int(piece.entity.span.end.row - piece.entity.span.start.row)
      // A line takes a token at least.
      guard lines < room + piece.tokens, let whole = try source(piece) else { continue }
      guard whole.tokens <= room + piece.tokens else { continue }
      room -= whole.tokens - piece.tokens
      pieces[index] = whole
    }
  }

  func context(neighbours: Int) -> CodeContext {
    CodeContext(
      pieces: pieces.filter(\.isSource) + pieces.filter { !$0.isSource }, tokens: all - room,
      left: neighbours - (pieces.count - 1))
  }

  private func signature(of entity: EntityInfo, _ relation: CodeContext.Relation) -> CodeContext.Piece {
    CodeContext.Piece(
      entity: entity, relation: relation, code: Escaping.printable(entity.signature), isSource: false,
      firstLine: Int(entity.span.start.row) + 1)
  }

  private func source(_ piece: CodeContext.Piece) throws(StoreError) -> CodeContext.Piece? {
    guard case .source(let source) = try query.source(of: piece.entity) else { return nil }
    var piece = piece
    let comment = source.documentation.isEmpty ? [] : source.documentation + [UInt8(ascii: "\n")]
    piece.code = Escaping.printableText(comment + source.text)
    piece.firstLine = source.firstLine - comment.count { $0 == UInt8(ascii: "\n") }
    piece.isSource = true
    piece.isCurrent = source.isCurrent
    return piece
  }
}

extension CodeContext.Piece {
  /// With as many of its first lines as there is room for; nil if that is none.
  fileprivate func cut(to room: Int) -> CodeContext.Piece? {
    if tokens <= room { return self }
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    var cut = self
    var count = 0
    var bytes = 0
    cut.code = ""
    cut.linesLeft = lines.count
    let frame = cut.text.utf8.count
    for line in lines {
      if bytes + line.utf8.count + 1 + frame > room * 4 { break }
      bytes += line.utf8.count + 1
      count += 1
    }
    if count == 0 { return nil }
    cut.code = lines.prefix(count).joined(separator: "\n")
    cut.linesLeft = lines.count - count
    return cut
  }
}

extension Span {
  fileprivate func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }
}
