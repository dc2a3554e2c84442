import Graph
import Store

/// The files of a tree, by what an import can call them. Held in a few large arrays, since it is built anew by each
/// command that needs it.
struct PathIndex {
  private struct Place {
    let file: FileID
    let family: Int32
    /// In `paths`.
    let start: UInt32
    let end: UInt32
    let addressEnd: UInt32
    /// The next place with the same last segment + 1, 0 for none.
    let next: UInt32
  }

  private var paths: [UInt8] = []
  private var places: [Place] = []
  /// Last segments of addresses.
  private var names = NameTable()
  /// The first place + 1, by name.
  private var first: [UInt32] = []
  /// True if `places` are in order of their paths.
  private var isOrdered = true

  /// O(files).
  init(_ snapshot: Snapshot, _ families: Families) throws(StoreError) {
    let rules = snapshot.languages.map(\.imports)
    places.reserveCapacity(try snapshot.counts().files)
    isOrdered = try snapshot.forEachPath { path, file, language in
      guard rules.indices.contains(Int(language.rawValue)) else { return }
      add(path, file, rules[Int(language.rawValue)].addressLength(of: path), Int32(families[language]))
    }
  }

  private mutating func add(_ path: UnsafeRawBufferPointer, _ file: FileID, _ length: Int, _ family: Int32) {
    let address = path[..<length]
    let name = address[(address.lastIndex(of: Segments.slash).map { $0 + 1 } ?? 0)...]
    let id = Int(names.intern(UnsafeRawBufferPointer(rebasing: name)).rawValue)
    if id == first.count { first.append(0) }
    let start = UInt32(paths.count)
    paths.append(contentsOf: path)
    places.append(
      Place(
        file: file, family: family, start: start, end: UInt32(paths.count), addressEnd: start + UInt32(length),
        next: first[id]))
    first[id] = UInt32(places.count)
  }

  /// The files that an import of this path from `importer` means: of those that fit it the nearest.
  func files(_ path: ImportPath, from importer: TreePath, family: Int) -> [FileID] {
    let wanted = WantedAddress(path, from: importer)
    var best: Fit?
    var chosen: [FileID] = []
    var names = path.lastSegments
    // A file that stands for its directory bears the directory's name.
    if names.isEmpty, let directory = wanted.exactName { names = [directory] }
    for name in names {
      forEachPlace(name, family) { file, path, address in
        guard let fit = wanted.fit(address, of: path, deeper: false) else { return }
        if let best, best < fit { return }
        if let best, fit < best { chosen.removeAll() }
        best = fit
        chosen.append(file)
      }
    }
    return chosen
  }

  private func forEachPlace(_ name: [UInt8], _ family: Int, _ body: (FileID, TreePath, [UInt8]) -> Void) {
    guard let id = name.withUnsafeBytes({ names.id(of: $0) }) else { return }
    var next = first[Int(id.rawValue)]
    while next != 0 {
      let place = places[Int(next) - 1]
      if place.family == family {
        body(
          place.file, TreePath(bytes: Array(path(place))),
          Array(paths[Int(place.start)..<Int(place.addressEnd)]))
      }
      next = place.next
    }
  }

  /// Some of the files, in order of their paths. O(files in all).
  func ordered(_ some: Set<FileID>) -> [FileID] {
    var chosen = places.filter { some.contains($0.file) }
    if !isOrdered { chosen.sort { path($0).lexicographicallyPrecedes(path($1)) } }
    return chosen.map(\.file)
  }

  private func path(_ place: Place) -> ArraySlice<UInt8> { paths[Int(place.start)..<Int(place.end)] }

  /// All directories that hold files, by their last segment. O(files).
  func directories() -> [[UInt8]: Set<[UInt8]>] {
    var directories: [[UInt8]: Set<[UInt8]>] = [:]
    var last: ArraySlice<UInt8> = []
    for place in places {
      let file = path(place)
      // Files come in order, so those of a directory mostly follow each other.
      var directory = file[..<(file.lastIndex(of: Segments.slash) ?? file.startIndex)]
      if directory.elementsEqual(last) { continue }
      last = directory
      while !directory.isEmpty {
        let slash = directory.lastIndex(of: Segments.slash)
        let name = Array(directory[(slash.map { $0 + 1 } ?? directory.startIndex)...])
        if !directories[name, default: []].insert(Array(directory)).inserted { break }
        directory = directory[..<(slash ?? directory.startIndex)]
      }
    }
    return directories
  }
}
