import Graph
import Store

/// Finds the files that imports mean. Files, directories and what imports name have small numbers here, since in a large tree that
/// takes in text a single question leads over ten thousand of them. Belongs to one thread.
final class FileFinder {
  /// Number of a file that an import may mean.
  typealias Place = Int

  private struct Found {
    let file: FileID
    let path: TreePath
    let address: [UInt8]
    let language: LanguageID
    let family: Int
    let directory: Int
  }

  /// What an import names, in files of one family.
  private struct Wanted {
    let path: ImportPath
    let family: Int
    /// The places that fit equally well but for how near they are; nil if it depends on the importing directory which fit.
    let fitting: [Place]?
  }

  private let snapshot: Snapshot
  private let families: Families
  private var places: [Found] = []
  private var placesOfFiles: [FileID: Place] = [:]
  private var names = NameTable()
  /// By the number of their name; nil where they could not be read.
  private var placesByName: [[Place]?] = []
  private var directories = NameTable()
  /// A file of each directory, which serves for all of them.
  private var importers: [TreePath] = []
  private var paths = NameTable()
  /// By the number of their path.
  private var wanted: [Wanted] = []
  private var inclusionTexts = NameTable()
  /// Number of what it names, by the number of an inclusion's text; nil where that could not be read.
  private var wantedByText: [Int?] = []
  /// Of what may be several files, by the number of that and of the directory.
  private var nearest: [UInt64: [Place]] = [:]
  /// By place; nil where nobody has asked.
  private var takenIn: [[Place]?] = []
  private var key: [UInt8] = []
  /// In memory, about.
  private(set) var bytes = 0

  init(_ snapshot: Snapshot, _ families: Families) {
    self.snapshot = snapshot
    self.families = families
  }

  // MARK: Places

  /// How many numbers there are so far.
  var count: Int { places.count }

  func file(_ place: Place) -> FileID { places[place].file }

  /// Nil for a file to which nothing has led so far.
  func place(of file: FileID) -> Place? { placesOfFiles[file] }

  /// The files that an import of this path means: of those that fit it the nearest.
  func places(_ path: ImportPath, from importer: TreePath, family: Int) throws(StoreError) -> [Place] {
    try nearest(try number(of: path, from: importer, family), directory: number(ofDirectoryOf: importer))
  }

  /// The files whose text a file takes in; one that is taken in twice may be there twice.
  func inclusions(of place: Place) throws(StoreError) -> [Place] {
    if let known = takenIn[place] { return known }
    let from = places[place]
    let rule = try snapshot.traits(from.language).imports
    let facts = try snapshot.inclusions(from.file)
    var found: [Place] = []
    for edge in facts.edges where rule.bringsAll {
      found += try nearest(try number(of: edge, facts.names, rule, from), directory: from.directory)
    }
    takenIn[place] = found
    bytes += found.count * MemoryLayout<Place>.stride
    return found
  }

  // MARK: What imports name

  private func nearest(_ number: Int, directory: Int) throws(StoreError) -> [Place] {
    if let fitting = wanted[number].fitting, fitting.count <= 1 { return fitting }
    let key = UInt64(number) << 32 | UInt64(directory)
    if let known = nearest[key] { return known }
    let chosen = try findNearest(wanted[number], from: importers[directory])
    nearest[key] = chosen
    bytes += 60 + chosen.count * MemoryLayout<Place>.stride
    return chosen
  }

  private func findNearest(_ wanted: Wanted, from importer: TreePath) throws(StoreError) -> [Place] {
    if let fitting = wanted.fitting {
      return best(fitting) { Fit(.suffix, places[$0].address, of: places[$0].path, from: importer) }
    }
    let address = WantedAddress(wanted.path, from: importer)
    return best(try bearers(wanted.path, address, wanted.family)) {
      address.fit(places[$0].address, of: places[$0].path, deeper: false)
    }
  }

  /// Those of the least fit.
  private func best<Order: Comparable>(_ candidates: [Place], _ order: (Place) -> Order?) -> [Place] {
    var least: Order?
    var chosen: [Place] = []
    for place in candidates {
      guard let own = order(place) else { continue }
      if let least, least < own { continue }
      if let least, own < least { chosen.removeAll(keepingCapacity: true) }
      least = own
      chosen.append(place)
    }
    return chosen
  }

  /// The number of what an edge of a file names that takes in text.
  private func number(
    of edge: Edge, _ names: NameTable, _ rule: ImportRule, _ from: Found
  ) throws(StoreError) -> Int {
    key.removeAll(keepingCapacity: true)
    let qualifier = edge.qualifier == .none ? 0 : UInt32(names.range(edge.qualifier).count)
    withUnsafeBytes(of: from.language.rawValue) { key.append(contentsOf: $0) }
    withUnsafeBytes(of: qualifier) { key.append(contentsOf: $0) }
    if edge.qualifier != .none { key.append(contentsOf: names[edge.qualifier]) }
    key.append(contentsOf: names[edge.name])
    let text = Int(inclusionTexts.intern(key).rawValue)
    if text == wantedByText.count {
      wantedByText.append(nil)
      bytes += 40 + key.count
    }
    if let known = wantedByText[text] { return known }
    let number = try number(of: ImportPath(edge, names, rule), from: from.path, from.family)
    wantedByText[text] = number
    return number
  }

  private func number(of path: ImportPath, from importer: TreePath, _ family: Int) throws(StoreError) -> Int {
    key.removeAll(keepingCapacity: true)
    path.appendKey(to: &key)
    withUnsafeBytes(of: UInt32(family)) { key.append(contentsOf: $0) }
    let number = Int(paths.intern(key).rawValue)
    if number < wanted.count { return number }
    bytes += 200 + key.count
    wanted.append(Wanted(path: path, family: family, fitting: nil))
    if path.up == nil {
      let address = WantedAddress(path, from: importer)
      let fitting = best(try bearers(path, address, family)) {
        address.fit(places[$0].address, of: places[$0].path, deeper: false)?.way.rawValue
      }
      wanted[number] = Wanted(path: path, family: family, fitting: fitting)
    }
    return number
  }

  /// The files of a family whose names an import can mean.
  private func bearers(_ path: ImportPath, _ wanted: WantedAddress, _ family: Int) throws(StoreError) -> [Place] {
    var names = path.lastSegments
    // A file that stands for its directory bears the directory's name.
    if names.isEmpty, let directory = wanted.exactName { names = [directory] }
    var found: [Place] = []
    for name in names { found += try places(called: name).filter { places[$0].family == family } }
    return found
  }

  /// The files whose addresses have this last segment.
  private func places(called name: [UInt8]) throws(StoreError) -> [Place] {
    let number = Int(names.intern(name).rawValue)
    if number == placesByName.count {
      placesByName.append(nil)
      bytes += 60 + name.count
    }
    if let known = placesByName[number] { return known }
    var found: [Place] = []
    for file in try snapshot.files(called: name) { found.append(try add(file)) }
    placesByName[number] = found
    bytes += found.count * MemoryLayout<Place>.stride
    return found
  }

  private func add(_ file: FileID) throws(StoreError) -> Place {
    if let known = placesOfFiles[file] { return known }
    let (path, record) = try snapshot.required(file)
    let address = try snapshot.traits(record.language).imports.address(of: path)
    let place = places.count
    places.append(
      Found(
        file: file, path: path, address: address, language: record.language, family: families[record.language],
        directory: number(ofDirectoryOf: path)))
    placesOfFiles[file] = place
    takenIn.append(nil)
    bytes += 160 + path.bytes.count + address.count
    return place
  }

  private func number(ofDirectoryOf path: TreePath) -> Int {
    let end = path.bytes.lastIndex(of: Segments.slash) ?? 0
    let number = path.bytes.withUnsafeBytes {
      Int(directories.intern(UnsafeRawBufferPointer(rebasing: $0[..<end])).rawValue)
    }
    if number == importers.count {
      importers.append(path)
      bytes += 100 + path.bytes.count * 2
    }
    return number
  }
}

extension Snapshot {
  /// A file that an index leads to.
  func required(_ file: FileID) throws(StoreError) -> (TreePath, FileRecord) {
    if let found = try self.file(file) { return found }
    throw damaged("the index names a missing file")
  }

  /// Until the store has its own.
  func entities(_ file: FileID) throws(StoreError) -> FileFacts { try facts(file) }
}
