import Graph
import Store

// What a file takes in, and what that takes in.
extension FileResolver {
  struct Inclusions {
    /// The files that it names.
    let files: Set<FileID>
    fileprivate let places: [FileFinder.Place]
    /// On from there.
    fileprivate var walk: InclusionWalk
  }

  /// The files that this one names to take in.
  func filesIncluded() throws(StoreError) -> Set<FileID> {
    if let inclusions { return inclusions.files }
    let finder = resolver.finder
    var places: [FileFinder.Place] = []
    for edge in imports.included {
      places += try finder.places(edge, facts.names, language.imports, from: outline)
    }
    let files = Set(places.map(finder.file))
    inclusions = Inclusions(files: files, places: places, walk: InclusionWalk(finder, from: places))
    return files
  }

  /// How many inclusions lead to each of some files, 1 where this one names it: to all that any leads to, or at least to the nearest.
  func distances(to wanted: [FileID], onlyNearest: Bool) throws(StoreError) -> [FileID: Int] {
    _ = try filesIncluded()
    guard var inclusions else { return [:] }
    defer { self.inclusions = inclusions }
    self.inclusions = nil
    // Where files are named as they are called it is known what can lead to one: often little, where a walk leads to a thousand others.
    var files: [FileID: [FileID]] = [:]
    var near: Set<FileID> = []
    var leading: Set<FileID> = []
    for file in wanted where files[file] == nil {
      if !language.imports.keepsSuffix {
        files[file] = []
      } else if let all = try resolver.leading(to: file) {
        near.insert(file)
        leading.formUnion(all)
      } else {
        files[file] = try resolver.namers(of: resolver.snapshot.requiredPlace(file).path.name)
      }
    }
    var distances = try inclusions.walk.distances(to: near, from: inclusions.places, within: leading)
    while !files.isEmpty {
      for (file, namers) in files {
        guard let distance = try inclusions.walk.distance(to: file, namedBy: namers) else { continue }
        distances[file] = distance
        files[file] = nil
      }
      // What was not found yet is further than all that was.
      if onlyNearest, let nearest = distances.values.min(), nearest <= inclusions.walk.distance + 1 { break }
      if !(try inclusions.walk.advance()) { break }
    }
    return distances
  }
}
