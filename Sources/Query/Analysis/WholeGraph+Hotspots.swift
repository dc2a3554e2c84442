import Graph

extension WholeGraph {
  public struct Hotspot: Sendable {
    public let node: Node
    /// Files and entities that use it.
    public let fanIn: Int
    /// Files and entities that it uses.
    public let fanOut: Int
    /// PageRank: the share, in parts of a million, of a walk along uses that is spent at it.
    public let rank: Double
  }

  public enum Measure: String, CaseIterable, Sendable {
    case fanIn = "fan-in"
    case fanOut = "fan-out"
    case rank
  }

  /// Entities of which a measure is highest, descending, but for pieces of types, which are meant where the type is not in the tree; with the same, in order of nodes. O(links), about 30 times for ranks.
  /// `goesOn` is asked between the rounds of which the ranks are made; where it says no, they are not exact.
  public func hotspots(
    by measure: Measure, limit: Int, where isWanted: (Node) -> Bool = { _ in true }, while goesOn: () -> Bool = { true }
  ) -> [Hotspot] {
    let edges = self.edges { $0 != .imports && $0 != .contains }
    var fanIn = [Int](repeating: 0, count: count)
    for target in edges.targets { fanIn[Int(target)] += 1 }
    let rank = edges.pageRank(while: goesOn)
    let all = (0..<count).filter { kinds[$0].map { !$0.extendsType } ?? false && isWanted($0) }.map {
      Hotspot(node: $0, fanIn: fanIn[$0], fanOut: edges.starts[$0 + 1] - edges.starts[$0], rank: rank[$0] * 1_000_000)
    }
    let value: (Hotspot) -> Double = { spot in
      switch measure {
      case .fanIn: Double(spot.fanIn)
      case .fanOut: Double(spot.fanOut)
      case .rank: spot.rank
      }
    }
    let sorted = all.sorted { value($0) != value($1) ? value($0) > value($1) : $0.node < $1.node }
    return Array(sorted.prefix(limit))
  }
}

extension Adjacency {
  private static let damping = 0.85
  private static let mostRounds = 100
  /// Sum of all changes in a round with which it ends.
  private static let tolerance = 1e-7

  /// The probability of each node in a random walk that starts anew with 15 % at each step, and where nothing leads on.
  func pageRank(while goesOn: () -> Bool) -> [Double] {
    guard count > 0 else { return [] }
    var rank = [Double](repeating: 1 / Double(count), count: count)
    for _ in 0..<Self.mostRounds where goesOn() {
      var next = [Double](repeating: 0, count: count)
      var lost = 0.0
      for node in 0..<count {
        let out = starts[node + 1] - starts[node]
        if out == 0 {
          lost += rank[node]
          continue
        }
        let share = rank[node] / Double(out)
        for place in starts[node]..<starts[node + 1] { next[Int(targets[place])] += share }
      }
      let everywhere = (1 - Self.damping + Self.damping * lost) / Double(count)
      var change = 0.0
      for node in 0..<count {
        next[node] = everywhere + Self.damping * next[node]
        change += abs(next[node] - rank[node])
      }
      rank = next
      if change < Self.tolerance { break }
    }
    return rank
  }
}
