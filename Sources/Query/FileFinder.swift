import Graph
import Store

/// Finds the files that imports mean. Files, directories and what imports name have small numbers here, since in a large tree that
/// takes in text a single question leads over ten thousand of them. Belongs to one thread.
final class FileFinder {
  /// Number of a file that an import may mean.
  typealias Place = Int

  /// A file that bears the name that an import has.
  private struct Bearer {
    let file: FileID
    let path: TreePath
    let language: LanguageID
  }

  private struct Found {
    let file: FileID
    let path: TreePath
    let language: LanguageID
    let directory: Int
  }

  /// What an import names, in files of one family.
  private struct Wanted {
    /// Where it is the same from everywhere.
    let only: [Place]?
    let path: ImportPath
    let family: Int
    /// The places that fit equally well but for how near they are, and the depths of their addresses; nil if it depends on the importing
    /// directory which fit.
    let fitting: [(place: Place, depth: Int)]?
  }

  private let snapshot: Snapshot
  private let families: Families
  private var places: [Found] = []
  private var placesOfFiles: [FileID: Place] = [:]
  private var names = NameTable()
  /// By the number of their name; nil where they could not be read.
  private var bearers: [[Bearer]?] = []
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

  /// The same of an import by which a file takes in text: what has the same text is looked for once.
  func places(_ edge: Edge, _ names: NameTable, _ rule: ImportRule, from outline: FileOutline) throws(StoreError)
    -> [Place]
  {
    let number = try names.bytes.withUnsafeBufferPointer { (bytes) throws(StoreError) in
      let bytes = UnsafeRawBufferPointer(bytes)
      let inclusion = Inclusion(
        qualifier: edge.qualifier == .none ? nil : UnsafeRawBufferPointer(rebasing: bytes[names.range(edge.qualifier)]),
        name: UnsafeRawBufferPointer(rebasing: bytes[names.range(edge.name)]))
      return try self.number(of: inclusion, rule, from: outline.path, outline.language)
    }
    return try nearest(number, directory: self.number(ofDirectoryOf: outline.path))
  }

  /// The files whose text a file takes in; one that is taken in twice may be there twice.
  func inclusions(of place: Place) throws(StoreError) -> [Place] {
    if let known = takenIn[place] { return known }
    let from = places[place]
    let rule = try snapshot.traits(from.language).imports
    var found: [Place] = []
    if rule.bringsAll {
      try snapshot.forEachInclusion(of: from.file) { (inclusion) throws(StoreError) in
        let number = try number(of: inclusion, rule, from: from.path, from.language)
        found += try nearest(number, directory: from.directory)
      }
    }
    takenIn[place] = found
    bytes += found.count * MemoryLayout<Place>.stride
    return found
  }

  // MARK: What imports name

  private func nearest(_ number: Int, directory: Int) throws(StoreError) -> [Place] {
    if let only = wanted[number].only { return only }
    let key = UInt64(number) << 32 | UInt64(directory)
    if let known = nearest[key] { return known }
    let importer = importers[directory]
    let chosen: [Place]
    if let fitting = wanted[number].fitting {
      chosen = nearest(fitting, from: importer)
    } else {
      let address = WantedAddress(wanted[number].path, from: importer)
      let bearers = try bearers(of: wanted[number].path, address)
      chosen = try best(bearers, wanted[number].family) { address.fit($0, of: $1, deeper: false) }
    }
    nearest[key] = chosen
    bytes += 60 + chosen.count * MemoryLayout<Place>.stride
    return chosen
  }

  /// Of places that fit equally well.
  private func nearest(_ fitting: [(place: Place, depth: Int)], from importer: TreePath) -> [Place] {
    var most = -1
    var least = 0
    var chosen: [Place] = []
    for (place, depth) in fitting {
      let common = Segments.commonDirectories(importer.bytes, places[place].path.bytes)
      if common < most || common == most && depth > least { continue }
      if common > most || depth < least { chosen.removeAll(keepingCapacity: true) }
      (most, least) = (common, depth)
      chosen.append(place)
    }
    return chosen
  }

  /// Of some files those of a family that are in the least order by their address and path.
  private func best<Order: Comparable>(
    _ bearers: [Bearer], _ family: Int, _ order: ([UInt8], TreePath) -> Order?
  ) throws(StoreError) -> [Place] {
    var least: Order?
    var chosen: [Place] = []
    for bearer in bearers where families[bearer.language] == family {
      guard let own = order(try address(of: bearer.path, bearer.language), bearer.path) else { continue }
      if let least, least < own { continue }
      if let least, own < least { chosen.removeAll(keepingCapacity: true) }
      least = own
      chosen.append(add(bearer))
    }
    return chosen
  }

  private func address(of path: TreePath, _ language: LanguageID) throws(StoreError) -> [UInt8] {
    try snapshot.traits(language).imports.address(of: path)
  }

  /// The number of what an inclusion of a file names.
  private func number(
    of inclusion: Inclusion, _ rule: ImportRule, from importer: TreePath, _ language: LanguageID
  ) throws(StoreError) -> Int {
    key.removeAll(keepingCapacity: true)
    withUnsafeBytes(of: (Int32(inclusion.qualifier?.count ?? -1), UInt32(language.rawValue))) {
      key.append(contentsOf: $0)
    }
    if let qualifier = inclusion.qualifier { key.append(contentsOf: qualifier) }
    key.append(contentsOf: inclusion.name)
    let text = key.withUnsafeBytes { Int(inclusionTexts.intern($0).rawValue) }
    if text == wantedByText.count {
      wantedByText.append(nil)
      bytes += 40 + key.count
    }
    if let known = wantedByText[text] { return known }
    let path = ImportPath(qualifier: inclusion.qualifier.map { Array($0) }, name: Array(inclusion.name), rule)
    let number = try number(of: path, from: importer, families[language])
    wantedByText[text] = number
    return number
  }

  private func number(of path: ImportPath, from importer: TreePath, _ family: Int) throws(StoreError) -> Int {
    key.removeAll(keepingCapacity: true)
    path.appendKey(to: &key)
    withUnsafeBytes(of: UInt32(family)) { key.append(contentsOf: $0) }
    let number = key.withUnsafeBytes { Int(paths.intern($0).rawValue) }
    if number < wanted.count { return number }
    bytes += 200 + key.count
    wanted.append(Wanted(only: nil, path: path, family: family, fitting: nil))
    if path.up == nil {
      let address = WantedAddress(path, from: importer)
      let fitting = try best(try bearers(of: path, address), family) {
        address.fit($0, of: $1, deeper: false)?.way.rawValue
      }
      let depths = try fitting.map { place throws(StoreError) in
        Segments.count(try self.address(of: places[place].path, places[place].language))
      }
      wanted[number] = Wanted(
        only: fitting.count <= 1 ? fitting : nil, path: path, family: family,
        fitting: zip(fitting, depths).map { ($0, $1) })
    }
    return number
  }

  /// The files whose names an import can mean.
  private func bearers(of path: ImportPath, _ wanted: WantedAddress) throws(StoreError) -> [Bearer] {
    var names = path.lastSegments
    // A file that stands for its directory bears the directory's name.
    if names.isEmpty, let directory = wanted.exactName { names = [directory] }
    var found: [Bearer] = []
    for name in names { found += try bearers(called: name) }
    return found
  }

  /// The files whose addresses have this last segment.
  private func bearers(called name: [UInt8]) throws(StoreError) -> [Bearer] {
    let number = Int(names.intern(name).rawValue)
    if number == bearers.count {
      bearers.append(nil)
      bytes += 60 + name.count
    }
    if let known = bearers[number] { return known }
    var found: [Bearer] = []
    for file in try snapshot.files(called: name) {
      let (path, language) = try snapshot.requiredPlace(file)
      found.append(Bearer(file: file, path: path, language: language))
      bytes += 60 + path.bytes.count
    }
    bearers[number] = found
    return found
  }

  private func add(_ bearer: Bearer) -> Place {
    if let known = placesOfFiles[bearer.file] { return known }
    let place = places.count
    places.append(
      Found(
        file: bearer.file, path: bearer.path, language: bearer.language,
        directory: number(ofDirectoryOf: bearer.path)))
    placesOfFiles[bearer.file] = place
    takenIn.append(nil)
    bytes += 160
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

  /// Where a file stands that an index leads to.
  func requiredPlace(_ file: FileID) throws(StoreError) -> (path: TreePath, language: LanguageID) {
    if let found = try place(of: file) { return found }
    throw damaged("the index names a missing file")
  }
}
