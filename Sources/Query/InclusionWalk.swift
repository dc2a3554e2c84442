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
  /// Whether what was reached by then takes in a file.
  private var ahead: [FileID: (from: Int, isThere: Bool)] = [:]

  init(_ finder: FileFinder, from nearest: [FileFinder.Place]) {
    self.finder = finder
    distance = 1
    reach(nearest)
  }

  /// Nil for a file that was not reached so far.
  func distance(to file: FileID) -> Int? {
    guard let place = finder.place(of: file), place < distances.count, distances[place] > 0 else { return nil }
    return Int(distances[place])
  }

  /// How many inclusions lead to a file, if no more than one beyond what was reached. `namers` are in order of their ids, and all that can
  /// take it in.
  mutating func distance(to file: FileID, namedBy namers: [FileID]) throws(StoreError) -> Int? {
    if let known = distance(to: file) { return known }
    if let sought = ahead[file], sought.isThere || sought.from == distance {
      return sought.isThere ? sought.from + 1 : nil
    }
    let isThere = try isAhead(file, namers)
    ahead[file] = (distance, isThere)
    return isThere ? distance + 1 : nil
  }

  private func isAhead(_ file: FileID, _ namers: [FileID]) throws(StoreError) -> Bool {
    if namers.count < front.count {
      for case let place? in namers.lazy.map(finder.place) where isAtFront(place) {
        if try takesIn(place, file) { return true }
      }
      return false
    }
    for place in front where namers.holdsSorted(finder.file(place)) {
      if try takesIn(place, file) { return true }
    }
    return false
  }

  private func isAtFront(_ place: FileFinder.Place) -> Bool {
    place < distances.count && distances[place] == UInt32(distance)
  }

  private func takesIn(_ place: FileFinder.Place, _ file: FileID) throws(StoreError) -> Bool {
    try finder.inclusions(of: place).contains { finder.file($0) == file }
  }

  /// How many inclusions lead from some places to a file, by way of others only, itself among them; nil if none does.
  func distance(
    to file: FileID, from places: [FileFinder.Place], within others: Set<FileID>
  ) throws(StoreError) -> Int? {
    var level = places
    var distance = 1
    var seen: Set<FileFinder.Place> = []
    while !level.isEmpty {
      var next: [FileFinder.Place] = []
      for place in level where others.contains(finder.file(place)) && seen.insert(place).inserted {
        if finder.file(place) == file { return distance }
        next += try finder.inclusions(of: place)
      }
      level = next
      distance += 1
    }
    return nil
  }

  /// True if all is reached.
  var isOver: Bool { front.isEmpty }

  mutating func finish() throws(StoreError) { while try advance() {} }

  /// Goes one inclusion further. False if nothing is left.
  mutating func advance() throws(StoreError) -> Bool {
    if front.isEmpty { return false }
    let last = front
    front.removeAll(keepingCapacity: true)
    distance += 1
    for place in last { reach(try finder.inclusions(of: place)) }
    return true
  }

  private mutating func reach(_ places: [FileFinder.Place]) {
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
