import Store

/// Goes from a file to those whose text it takes in, and on to those that they take in, nearest first and only as far as somebody
/// asks: a header of a large tree may lead to a thousand others, and most of what is looked for is near.
struct InclusionWalk {
  /// Whose numbers these are, even if the resolver has another by now.
  private let finder: FileFinder
  /// By place, by how many inclusions a file is reached, as far as was gone; 0 for none.
  private var distances: [UInt32] = []
  /// What was reached last.
  private var front: [FileFinder.Place] = []
  private var distance: UInt32 = 0

  init(_ finder: FileFinder, from nearest: [FileFinder.Place]) {
    self.finder = finder
    reach(nearest)
  }

  /// Nil for a file that was not reached so far.
  func distance(to file: FileID) -> Int? {
    guard let place = finder.place(of: file), place < distances.count, distances[place] > 0 else { return nil }
    return Int(distances[place])
  }

  /// Goes one inclusion further. False if nothing is left.
  mutating func advance() throws(StoreError) -> Bool {
    if front.isEmpty { return false }
    var next: [FileFinder.Place] = []
    for place in front { next += try finder.inclusions(of: place) }
    reach(next)
    return true
  }

  private mutating func reach(_ places: [FileFinder.Place]) {
    front.removeAll(keepingCapacity: true)
    distance += 1
    if finder.count > distances.count {
      distances.append(contentsOf: repeatElement(0, count: finder.count - distances.count))
    }
    for place in places where distances[place] == 0 {
      distances[place] = distance
      front.append(place)
    }
  }
}
