import Graph

/// What one has to read to work on an entity, as far as there is room.
public struct CodeContext: Sendable {
  public enum Relation: String, Sendable {
    case itself, around, callee, mentioned, caller

    fileprivate var text: String {
      switch self {
      case .itself: "asked for"
      case .around: "it stands in this"
      case .callee: "it calls this"
      case .mentioned: "it mentions this"
      case .caller: "uses it"
      }
    }
  }

  public struct Piece: Sendable {
    public let entity: EntityInfo
    public let relation: Relation
    /// Source, fit for a terminal; the signature if there was no room for it.
    public internal(set) var code: String
    /// False for a signature.
    public internal(set) var isSource: Bool
    /// Of the first line of `code`, counting from 1.
    public internal(set) var firstLine: Int
    /// Lines that were left out for want of room.
    public internal(set) var linesLeft = 0
    /// False if the file is not what the graph was made from.
    public internal(set) var isCurrent = true

    /// Markdown.
    public var text: String {
      let name = "\(entity.kind.name) \(Escaping.printable(entity.qualified)), \(relation.text)"
      if !isSource { return "- `\(code)` \(entity.path):\(firstLine), \(name)\n" }
      let last = firstLine + code.utf8.count { $0 == UInt8(ascii: "\n") }
      var fence = "```"
      while code.contains(fence) { fence += "`" }
      let left = linesLeft == 0 ? "" : "(\(linesLeft) more lines)\n"
      let note = isCurrent ? "" : "; the file has changed since the graph was made"
      return "### \(entity.path):\(firstLine)-\(last) \(name)\(note)\n\(fence)\n\(code)\n\(fence)\n\(left)\n"
    }

    public var tokens: Int { CodeContext.tokens(text) }
  }

  /// The best first: the entity, then the source of its neighbours, then signatures.
  public let pieces: [Piece]
  /// About so many, four bytes each.
  public let tokens: Int
  /// Neighbours for which there was no room at all, or which were not looked at.
  public let left: Int

  /// Markdown, ready to paste.
  public var text: String { pieces.map(\.text).joined() }

  static func tokens(_ text: String) -> Int { (text.utf8.count + 3) / 4 }
}
