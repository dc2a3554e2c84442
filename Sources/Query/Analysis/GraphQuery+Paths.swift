import Graph
public import Store

extension GraphQuery {
  /// One call on a path: who calls, and the edge by which.
  public struct Step: Sendable {
    public let caller: EntityInfo
    public let edge: EdgeInfo
    public let callee: EntityInfo
  }

  public enum PathSearch: Sendable {
    /// Empty if the two are the same.
    case found([Step])
    case none
    /// Ended at the bound.
    case gaveUp(visited: Int)
  }

  /// Most entities that a search of paths looks at.
  public static let mostVisited = 20_000

  /// A shortest chain of calls from one entity to another, where a callable handed on counts as called. Looks from both ends, so
  /// mostly at few entities. `doubtful`: takes ambiguous calls too.
  public func path(
    from start: EntityInfo, to end: EntityInfo, doubtful: Bool, mostVisited: Int = mostVisited
  ) throws(StoreError) -> PathSearch {
    if start.id == end.id { return .found([]) }
    var search = PathSearcher(self, start, end, doubtful: doubtful)
    while search.visited <= mostVisited {
      guard let isMet = try search.advance() else { return .none }
      if isMet { return .found(search.steps()) }
    }
    return .gaveUp(visited: search.visited)
  }

  func info(_ place: EntityPlace) throws(StoreError) -> EntityInfo { try load(place.file).info(place.index) }

  /// An entity and all that it stands in, from the inside.
  func around(_ entity: EntityInfo) throws(StoreError) -> [EntityInfo] {
    let loaded = try load(entity.file)
    var all = [entity]
    while let parent = all.last.map({ loaded.facts.entities[Int($0.index)].parent }), parent != Entity.noParent {
      all.append(loaded.info(parent))
    }
    return all
  }
}

/// Breadth first from both ends, the end with the smaller front first.
private struct PathSearcher {
  private let query: GraphQuery
  private let doubtful: Bool
  private enum Arrival {
    case end
    case by(GraphQuery.Step)
  }

  /// How each was reached from the start, and how the end is reached from each.
  private var before: [String: Arrival]
  private var after: [String: Arrival]
  private var callersFront: [EntityInfo]
  private var calleesFront: [EntityInfo]
  private var meeting: String?

  init(_ query: GraphQuery, _ start: EntityInfo, _ end: EntityInfo, doubtful: Bool) {
    self.query = query
    self.doubtful = doubtful
    before = [start.id: .end]
    after = [end.id: .end]
    calleesFront = [start]
    callersFront = [end]
  }

  var visited: Int { before.count + after.count }

  /// One step of one end. Nil if there is nothing left to look at, true if the ends have met.
  mutating func advance() throws(StoreError) -> Bool? {
    if calleesFront.isEmpty || callersFront.isEmpty { return nil }
    if calleesFront.count <= callersFront.count { try forward() } else { try backward() }
    return meeting != nil
  }

  private mutating func forward() throws(StoreError) {
    var next: [EntityInfo] = []
    for caller in calleesFront {
      for edge in try query.callees(of: caller) where isWanted(edge) {
        for (id, place) in zip(edge.target.ids, edge.meant) where before[id] == nil {
          let callee = try query.info(place)
          before[id] = .by(GraphQuery.Step(caller: caller, edge: edge, callee: callee))
          if after[id] != nil {
            meeting = id
            return
          }
          next.append(callee)
        }
      }
    }
    calleesFront = next
  }

  private mutating func backward() throws(StoreError) {
    var next: [EntityInfo] = []
    for callee in callersFront {
      for edge in try query.callers(of: callee) where isWanted(edge) && (edge.kind == .calls || callee.kind.isCallable)
      {
        // Whoever holds the caller has it called, as `callees` has it.
        for caller in try edge.from.map({ from throws(StoreError) in try query.around(from) }) ?? []
        where after[caller.id] == nil {
          after[caller.id] = .by(GraphQuery.Step(caller: caller, edge: edge, callee: callee))
          if before[caller.id] != nil {
            meeting = caller.id
            return
          }
          next.append(caller)
        }
      }
    }
    callersFront = next
  }

  private func isWanted(_ edge: EdgeInfo) -> Bool {
    (edge.kind == .calls || edge.kind == .references) && (doubtful || edge.target.resolution != .ambiguous)
  }

  func steps() -> [GraphQuery.Step] {
    guard let meeting else { return [] }
    var steps: [GraphQuery.Step] = []
    var id = meeting
    while case .by(let step) = before[id] {
      steps.insert(step, at: 0)
      id = step.caller.id
    }
    id = meeting
    while case .by(let step) = after[id] {
      steps.append(step)
      id = step.callee.id
    }
    return steps
  }
}
