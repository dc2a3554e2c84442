public import Graph
import Store

/// What a store holds, counted.
public struct GraphStatistics: Sendable {
  public struct OfLanguage: Sendable {
    public let language: String
    public var files = 0
    public var bytes: UInt64 = 0
    public var lines = 0
    public var entities = 0
    public var edges = 0
  }

  public var generation: UInt64
  public var storeBytes: Int
  public var files = 0
  /// Files with a problem: too big, binary, ...
  public var problems = 0
  /// Kinds that occur, the most frequent first.
  public var entities: [(kind: EntityKind, count: Int)] = []
  public var edges: [(kind: EdgeKind, count: Int)] = []
  /// Languages that occur, in byte order.
  public var languages: [OfLanguage] = []

  public var entityCount: Int { entities.reduce(0) { $0 + $1.count } }
  public var edgeCount: Int { edges.reduce(0) { $0 + $1.count } }
}

extension GraphQuery {
  /// Counts files, entities and edges. O(store).
  public func statistics() throws -> GraphStatistics {
    var statistics = GraphStatistics(generation: snapshot.generation, storeBytes: snapshot.storeBytes)
    var entities = [Int](repeating: 0, count: 256)
    var edges = [Int](repeating: 0, count: 256)
    var languages = snapshot.languages.map { GraphStatistics.OfLanguage(language: $0.name) }
    try snapshot.forEachFile(below: .root) { _, file, record in
      _ = try snapshot.traits(record.language)
      let facts = try snapshot.facts(file)
      for entity in facts.entities { entities[Int(entity.kind.rawValue)] += 1 }
      for edge in facts.edges { edges[Int(edge.kind.rawValue)] += 1 }
      edges[Int(EdgeKind.contains.rawValue)] += facts.entities.count
      statistics.files += 1
      if record.problem != nil { statistics.problems += 1 }
      let language = Int(record.language.rawValue)
      languages[language].files += 1
      languages[language].bytes += record.stamp.size
      languages[language].lines += Int(record.lines)
      languages[language].entities += facts.entities.count
      languages[language].edges += facts.edges.count + facts.entities.count
    }
    statistics.entities = EntityKind.allCases.map { ($0, entities[Int($0.rawValue)]) }.mostFrequent()
    statistics.edges = EdgeKind.allCases.map { ($0, edges[Int($0.rawValue)]) }.mostFrequent()
    statistics.languages = languages.filter { $0.files > 0 }
      .sorted { $0.language.utf8.lexicographicallyPrecedes($1.language.utf8) }
    return statistics
  }
}

extension Array {
  fileprivate func mostFrequent<Kind>() -> [(kind: Kind, count: Int)] where Element == (Kind, Int) {
    enumerated().filter { $0.element.1 > 0 }
      .sorted { $0.element.1 != $1.element.1 ? $0.element.1 > $1.element.1 : $0.offset < $1.offset }
      .map { ($0.element.0, $0.element.1) }
  }
}
