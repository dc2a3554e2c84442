public import Graph
public import Store

extension GraphQuery {
  /// Something that may behave otherwise when something else changes.
  public struct Affected: Sendable {
    /// Nil for the code of a file outside of any entity.
    public let entity: EntityInfo?
    public let path: TreePath
    /// Over how many uses: 1 for who uses the changed thing itself.
    public let hops: Int
    /// The use by which it is affected.
    public let edge: EdgeInfo
    /// True if a use on the way there may mean another.
    public let isDoubtful: Bool

    public var isTest: Bool { entity?.flags.contains(.test) ?? false }
  }

  public struct Impact: Sendable {
    /// In order of hops, then of path and place.
    public let affected: [Affected]
    /// True if there are more, not looked at.
    public let isCut: Bool
  }

  /// Who uses some entities, who uses these in turn, and so on, as far as `hops` uses. `doubtful`: takes ambiguous uses too. At most
  /// `most` are looked for.
  public func impact(
    of changed: [EntityInfo], hops: Int, doubtful: Bool, most: Int = mostVisited
  ) throws(StoreError) -> Impact {
    var known = Set(changed.map(\.id))
    var affected: [Affected] = []
    var front = changed.map { ($0, false) }
    var hop = 1
    while hop <= hops, !front.isEmpty {
      var level: [Affected] = []
      for (entity, isDoubtful) in front {
        for edge in try mentions(of: entity, where: { _ in true }) {
          let isUnsure = edge.target.resolution == .ambiguous
          if isUnsure && !doubtful { continue }
          guard known.insert(edge.from?.id ?? "\(edge.path)").inserted else { continue }
          if affected.count + level.count >= most {
            return Impact(affected: affected + level.inOrder(), isCut: true)
          }
          level.append(
            Affected(
              entity: edge.from, path: edge.path, hops: hop, edge: edge, isDoubtful: isDoubtful || isUnsure))
        }
      }
      front = level.compactMap { one in one.entity.map { ($0, one.isDoubtful) } }
      affected += level.inOrder()
      hop += 1
    }
    return Impact(affected: affected, isCut: false)
  }

  /// The innermost entities on some lines of a file, which count from 1. Empty if the file is not in the graph.
  public func entities(in path: TreePath, lines: [ClosedRange<Int>]) throws(StoreError) -> [EntityInfo] {
    guard let file = try file(endOf: path) else { return [] }
    let loaded = try load(file)
    var found: Set<EntityIndex> = []
    for line in lines.lazy.flatMap({ $0 }) {
      let innermost = loaded.facts.entities.lastIndex {
        $0.span.start.row < line && $0.span.end.row + 1 >= line
      }
      if let innermost { found.insert(EntityIndex(innermost)) }
    }
    return found.sorted().map(loaded.info)
  }

  /// A file by its path, or by what is left of it without its first directories: the tree may be a part of the repository.
  private func file(endOf path: TreePath) throws(StoreError) -> FileID? {
    var bytes = path.bytes[...]
    while true {
      if let (file, _) = try snapshot.file(TreePath(bytes: Array(bytes))) { return file }
      guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else { return nil }
      bytes = bytes[(slash + 1)...]
    }
  }
}

extension [GraphQuery.Affected] {
  fileprivate func inOrder() -> Self {
    sorted {
      $0.path != $1.path
        ? $0.path < $1.path
        : ($0.entity?.span.start ?? $0.edge.position) < ($1.entity?.span.start ?? $1.edge.position)
    }
  }
}
