import Graph
import Query

// How entities and edges are printed.

extension EntityInfo {
  var place: String { "\(path):\(span.start.row + 1):\(span.start.column + 1)" }
  var qualifiedText: String { Escaping.printable(qualified) }
  var signatureText: String { Escaping.printable(signature) }
}

extension EdgeInfo {
  var place: String { "\(path):\(position.row + 1):\(position.column + 1)" }

  /// The name as written, with what stands before it.
  var written: String {
    let name = Escaping.printable(name)
    return qualifier.map { "\(Escaping.printable($0)) › \(name)" } ?? name
  }
}

/// Pads to a width.
func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.columns))
}

/// Width of a column: that of its longest text, but for texts so long that all others would be moved far away.
func width(_ texts: some Sequence<String>, most: Int) -> Int {
  texts.lazy.map(\.columns).filter { $0 <= most }.max() ?? 0
}

extension Output {
  mutating func table(_ entities: [EntityInfo]) throws {
    let places = width(entities.lazy.map(\.place), most: 56)
    let kinds = width(entities.lazy.map(\.kind.name), most: 16)
    let names = width(entities.lazy.map(\.qualifiedText), most: 40)
    for entity in entities {
      var text = StyledText()
      text.add(padded(entity.place, places) + "  ", .path)
      text.add(padded(entity.kind.name, kinds) + "  ", .kind)
      text.add(padded(entity.qualifiedText, names) + "  ", .name)
      // Of a line that would wrap, this one can do without.
      let signature = entity.signatureText
      text.add(columns.map { signature.cut(to: $0 - text.columns) } ?? signature, .faint)
      try line(text.painted(paint))
    }
  }

  /// Edges with who has them (`in`) or whom they lead to (`out`).
  mutating func table(_ edges: [EdgeInfo], towards direction: Direction) throws {
    let places = width(edges.lazy.map(\.place), most: 56)
    let kinds = width(edges.lazy.map(\.kind.name), most: 16)
    for edge in edges {
      let columns = [
        styled(padded(edge.place, places), .path), styled(padded(edge.kind.name, kinds), .kind),
        direction == .in ? self.source(edge) : self.target(edge),
      ]
      try line(columns.joined(separator: "  "))
    }
  }

  enum Direction { case `in`, out }

  private func source(_ edge: EdgeInfo) -> String {
    let from = edge.from.map { styled($0.qualifiedText, .name) } ?? styled("(top of the file)", .faint)
    return edge.target.resolution == .ambiguous ? from + styled("  (may be another)", .faint) : from
  }

  private func target(_ edge: EdgeInfo) -> String {
    let ids = edge.target.ids
    let name = styled(edge.written, .name)
    switch ids.count {
    case 0: return name + styled("  \(edge.target.resolution.rawValue)", .faint)
    case 1: return "\(name)  \(ids[0])"
    default:
      return name + styled("  one of \(ids.count):", .faint) + " " + ids.prefix(3).joined(separator: " ")
        + (ids.count > 3 ? " …" : "")
    }
  }

  mutating func json(_ entity: EntityInfo) throws { try json { $0.write(entity) } }

  mutating func json(_ edge: EdgeInfo) throws {
    try json { line in
      line.key("t")
      line.value("edge" as StaticString)
      line.key("kind")
      line.value(edge.kind.name)
      line.key("from")
      if let from = edge.from { line.value(from.id) } else { line.value(edge.path.bytes) }
      line.key("name")
      line.value(edge.name)
      line.key("qualifier")
      if let qualifier = edge.qualifier { line.value(qualifier) } else { line.null() }
      line.key("path")
      line.value(edge.path.bytes)
      line.key("line")
      line.value(edge.position.row + 1)
      line.key("column")
      line.value(edge.position.column + 1)
      line.key("to")
      line.beginArray()
      for id in edge.target.ids { line.value(id) }
      line.endArray()
      line.key("resolution")
      line.value(edge.target.resolution.rawValue)
    }
  }
}

extension JSONLine {
  /// The keys of the dump's entities.
  mutating func write(_ entity: EntityInfo) {
    key("t")
    value("entity" as StaticString)
    key("id")
    value(entity.id)
    key("kind")
    value(entity.kind.name)
    key("name")
    value(entity.name)
    key("qualified")
    value(entity.qualified)
    key("path")
    value(entity.path.bytes)
    key("span")
    beginArray()
    value(entity.span.start.row + 1)
    value(entity.span.start.column + 1)
    value(entity.span.end.row + 1)
    value(entity.span.end.column + 1)
    endArray()
    key("parent")
    if let parent = entity.parent { value(parent) } else { null() }
    key("signature")
    value(entity.signature)
    key("test")
    value(entity.flags.contains(.test))
    key("generated")
    value(entity.flags.contains(.generated))
  }
}
