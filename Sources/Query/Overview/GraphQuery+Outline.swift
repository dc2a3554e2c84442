public import Graph
public import Store

extension GraphQuery {
  public struct OutlineItem: Sendable {
    public let entity: EntityInfo
    /// How many entities it stands in.
    public let depth: Int
  }

  /// A file's entities in source order. Nil if the file is not in the graph. O(entities of the file).
  public func outline(of path: TreePath) throws(StoreError) -> [OutlineItem]? {
    guard let (file, _) = try snapshot.file(path) else { return nil }
    let loaded = try load(file)
    var depths: [Int] = []
    var items: [OutlineItem] = []
    for (index, entity) in loaded.facts.entities.enumerated() {
      let depth = entity.parent == Entity.noParent ? 0 : depths[Int(entity.parent)] + 1
      depths.append(depth)
      items.append(OutlineItem(entity: loaded.info(EntityIndex(index)), depth: depth))
    }
    return items
  }

  /// Files whose paths end like one that is not in the graph, or whose names are much like its: no more than `limit`. O(files).
  public func files(near path: TreePath, limit: Int = 3) throws -> [TreePath] {
    let name = Array(path.name)
    let measure = NameDistance(to: name)
    var best: [(distance: Int, path: TreePath)] = []
    try snapshot.forEachFile(below: .root) { candidate, _, _ in
      let candidateName = Array(candidate.name)
      guard let slips = candidateName.withUnsafeBytes({ measure.distance($0, limit: measure.limit) }) else { return }
      let distance = slips * 2 + (candidate.bytes.suffix(path.bytes.count).elementsEqual(path.bytes) ? 0 : 1)
      let place = best.firstIndex { $0.distance > distance } ?? best.count
      if place < limit { best.insert((distance, candidate), at: place) }
      if best.count > limit { best.removeLast() }
    }
    return best.map(\.path)
  }
}
