import Graph
import Query
import Store

extension Snapshot {
  /// Reads an entity's source from disk. O(file).
  ///
  /// - Throws: ``GraphError/unreadable(_:detail:)`` if the file is gone or cannot be read, ``GraphError/notFound(_:near:)`` if the entity is not in
  ///   this snapshot.
  public func source(of entity: Entity) throws(GraphError) -> SourceText {
    switch try asking(entity, { (entity) throws(StoreError) in try query.source(of: entity) }) {
    case .source(let source): return SourceText(source)
    case .unreadable(let reason): throw .unreadable(entity.path, detail: reason)
    }
  }

  /// What one has to read to work on an entity, in Markdown, within a number of tokens, four bytes each: its source, then that of what
  /// it stands in, calls, mentions and is used by, or their signatures where there is no room. Reads the files of what it shows.
  ///
  /// - Throws: ``GraphError/notFound(_:near:)`` if the entity is not in this snapshot.
  public func context(of entity: Entity, tokens: Int) throws(GraphError) -> String {
    try asking(entity) { (entity) throws(StoreError) in try query.context(of: entity, tokens: tokens).text }
  }
}

/// What stands in an entity's file now.
public struct SourceText: Hashable, Sendable {
  /// The comment right above it; empty if there is none.
  public let documentation: String
  /// Whole lines, attributes above included, without the end of the last.
  public let text: String
  /// Number of the first line of `text`, counting from 1.
  public let firstLine: Int
  /// False if the file is not what the graph was made from: other lines may stand there now.
  public let isCurrent: Bool

  init(_ source: EntitySource) {
    documentation = Escaping.printableText(source.documentation)
    text = Escaping.printableText(source.text)
    firstLine = source.firstLine
    isCurrent = source.isCurrent
  }
}
