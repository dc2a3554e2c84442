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
  private(set) var distance = 0

  init(_ finder: FileFinder, from nearest: [FileFinder.Place]) {
    self.finder = finder
    reach(nearest)
  }

  /// Nil for a file that was not reached so far.
  func distance(to file: FileID) -> Int? {
    guard let place = finder.place(of: file), place < distances.count, distances[place] > 0 else { return nil }
    return Int(distances[place])
  }

  /// How many inclusions lead to a file, if no more than one beyond what was reached. `namers` are in order of their ids, and all that can
  /// take it in.
  func distance(to file: FileID, namedBy namers: [FileID]) throws(StoreError) -> Int? {
    if let known = distance(to: file) { return known }
    for place in front where namers.holdsSorted(finder.file(place)) {
      if try finder.inclusions(of: place).contains(where: { finder.file($0) == file }) { return distance + 1 }
    }
    return nil
  }

  /// How many inclusions lead from some places to some files, by way of others only.
  func distances(
    to files: Set<FileID>, from places: [FileFinder.Place], within others: Set<FileID>
  ) throws(StoreError) -> [FileID: Int] {
    var distances: [FileID: Int] = [:]
    var level = files.isEmpty ? [] : places
    var distance = 1
    var seen: Set<FileFinder.Place> = []
    while !level.isEmpty, distances.count < files.count {
      var next: [FileFinder.Place] = []
      for place in level where others.contains(finder.file(place)) && seen.insert(place).inserted {
        if files.contains(finder.file(place)) { distances[finder.file(place)] = distance }
        next += try finder.inclusions(of: place)
      }
      level = next
      distance += 1
    }
    return distances
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
      distances[place] = UInt32(distance)
      front.append(place)
    }
  }
}

extension [FileID] {
  fileprivate func holdsSorted(_ file: FileID) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < file { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == file
  }
}
