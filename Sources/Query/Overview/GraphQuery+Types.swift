import Graph
public import Store

extension GraphQuery {
  /// A type that another is made from, or that is made from another.
  public struct Relative: Sendable {
    /// Nil for one that is not in the tree.
    public let entity: EntityInfo?
    /// As the source says it, where the type is not in the tree.
    public let name: [UInt8]
    /// Steps from the type that was asked for: 1 for what it says itself.
    public let depth: Int
    /// Where it is said.
    public let edge: EdgeInfo
    /// True if another of its name may be meant.
    public var isDoubtful: Bool { edge.target.resolution == .ambiguous }
  }

  public struct Hierarchy: Sendable {
    /// Further pieces of the type: extensions, `impl` blocks.
    public let pieces: [EntityInfo]
    /// Each behind what it was found by, one step less deep.
    public let above: [Relative]
    public let below: [Relative]
    /// True if there are more than ``mostRelatives`` above or below.
    public let isCut: Bool
  }

  /// Most relatives of a type that are looked for in one direction.
  public static let mostRelatives = 1000

  /// What a type is made from and what is made from it, over files, as far as it goes or `depth` steps. A type is listed once, where
  /// it is found first. Reads the files of what it lists.
  public func hierarchy(of type: EntityInfo, depth: Int = .max) throws(StoreError) -> Hierarchy {
    var climb = HierarchySearch(self, depth)
    try climb.follow(type, 1, upwards: true)
    var descent = HierarchySearch(self, depth)
    try descent.follow(type, 1, upwards: false)
    return Hierarchy(
      pieces: try pieces(of: type), above: climb.found, below: descent.found, isCut: climb.isCut || descent.isCut)
  }

  fileprivate func pieces(of type: EntityInfo) throws(StoreError) -> [EntityInfo] {
    var pieces: [EntityInfo] = []
    for piece in try resolver.pieces(of: try candidate(type), type.name) {
      pieces.append(try load(piece.outline.file).info(piece.index))
    }
    return pieces
  }

  /// The types that an extension extends; itself for what is none, or extends what is not in the tree.
  fileprivate func wholes(of type: EntityInfo) throws(StoreError) -> [EntityInfo] {
    guard let whole = try resolver.whole(of: try candidate(type), type.name), !whole.types.isEmpty else {
      return [type]
    }
    var wholes: [EntityInfo] = []
    for type in whole.types { wholes.append(try load(type.outline.file).info(type.index)) }
    return wholes
  }

  private func candidate(_ entity: EntityInfo) throws(StoreError) -> Candidate {
    Candidate(outline: try resolver.outline(entity.file), index: entity.index, isHidden: false)
  }

  /// What an entity says itself that it is made from.
  fileprivate func bases(writtenIn entity: EntityInfo) throws(StoreError) -> [EdgeInfo] {
    try edges(in: entity, from: { $0.from == entity.index && ($0.kind == .inherits || $0.kind == .implements) })
  }
}

/// Depth first, so that each stands below what led to it.
private struct HierarchySearch {
  private let query: GraphQuery
  private let deepest: Int
  private var seen: Set<String> = []
  private(set) var found: [GraphQuery.Relative] = []
  private(set) var isCut = false

  init(_ query: GraphQuery, _ deepest: Int) {
    self.query = query
    self.deepest = deepest
  }

  mutating func follow(_ type: EntityInfo, _ depth: Int, upwards: Bool) throws(StoreError) {
    seen.insert(type.id)
    if depth > deepest { return }
    if upwards { try climb(type, depth) } else { try descend(type, depth) }
  }

  private mutating func climb(_ type: EntityInfo, _ depth: Int) throws(StoreError) {
    for piece in [type] + (try query.pieces(of: type)) {
      for edge in try query.bases(writtenIn: piece) {
        if edge.target.ids.isEmpty { add(nil, edge, depth) }
        for (id, place) in zip(edge.target.ids, edge.meant) where !seen.contains(id) {
          let base = try query.info(place)
          if add(base, edge, depth) { try follow(base, depth + 1, upwards: true) }
        }
      }
    }
  }

  private mutating func descend(_ type: EntityInfo, _ depth: Int) throws(StoreError) {
    for edge in try query.uses(of: type, kinds: [.inherits, .implements]) {
      guard let from = edge.from else { continue }
      for derived in try query.wholes(of: from) where !seen.contains(derived.id) {
        if add(derived, edge, depth) { try follow(derived, depth + 1, upwards: false) }
      }
    }
  }

  /// False if there is no room.
  @discardableResult
  private mutating func add(_ entity: EntityInfo?, _ edge: EdgeInfo, _ depth: Int) -> Bool {
    if found.count >= GraphQuery.mostRelatives {
      isCut = true
      return false
    }
    found.append(GraphQuery.Relative(entity: entity, name: edge.name, depth: depth, edge: edge))
    return true
  }
}
