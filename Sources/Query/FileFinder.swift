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
    var only: [Place]?
    let path: ImportPath
    let family: Int
    /// The places that fit equally well but for how near they are, and the depths of their addresses; nil if it depends on the importing
    /// directory which fit.
    var fitting: [(place: Place, depth: Int)]?
  }

  private let snapshot: Snapshot
  private let families: Families
  /// By ``LanguageID``; each by itself, since the traits of a language cost more to copy than most questions here.
  private let rules: [ImportRule]
  private var places: [Found] = []
  private var placesOfFiles: [FileID: Place] = [:]
  /// By their name.
  private var bearers = KnownTexts<[Bearer]>()
  private var directories = NameTable()
  /// A file of each directory, which serves for all of them.
  private var importers: [TreePath] = []
  private var wanted: [Wanted] = []
  /// Numbers of what paths name.
  private var wantedByPath = KnownTexts<Int>()
  /// Numbers of what inclusions' texts name.
  private var wantedByText = KnownTexts<Int>()
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
    rules = snapshot.languages.map(\.imports)
  }

  // MARK: Places

  /// How many numbers there are so far.
  var count: Int { places.count }

  func file(_ place: Place) -> FileID { places[place].file }

  /// Nil for a file to which nothing has led so far.
  func place(of file: FileID) -> Place? { placesOfFiles[file] }

  func place(of file: FileID, _ path: TreePath, _ language: LanguageID) -> Place {
    add(Bearer(file: file, path: path, language: language))
  }

  /// The files that an import of this path means: of those that fit it the nearest.
  func places(_ path: ImportPath, from importer: TreePath, family: Int) throws(StoreError) -> [Place] {
    try nearest(try number(of: path, from: importer, family), directory: number(ofDirectoryOf: importer))
  }

  /// The files whose text a file takes in; one that is taken in twice may be there twice.
  func inclusions(of place: Place) throws(StoreError) -> [Place] {
    if let known = takenIn[place] { return known }
    let from = places[place]
    var found: [Place] = []
    found.reserveCapacity(16)
    if rules[Int(from.language.rawValue)].bringsAll {
      try snapshot.forEachInclusion(of: from.file) { (inclusion) throws(StoreError) in
        found += try nearest(try number(of: inclusion, from.language, from: from.path), directory: from.directory)
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
      chosen = best(bearers, wanted[number].family) { address.fit($0, of: $1, deeper: false) }
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
  ) -> [Place] {
    var least: Order?
    var chosen: [Place] = []
    for bearer in bearers where families[bearer.language] == family {
      guard let own = order(address(of: bearer.path, bearer.language), bearer.path) else { continue }
      if let least, least < own { continue }
      if let least, own < least { chosen.removeAll(keepingCapacity: true) }
      least = own
      chosen.append(add(bearer))
    }
    return chosen
  }

  private func address(of path: TreePath, _ language: LanguageID) -> [UInt8] {
    rules[Int(language.rawValue)].address(of: path)
  }

  /// The number of what an inclusion of a file names.
  private func number(
    of inclusion: Inclusion, _ language: LanguageID, from importer: TreePath
  ) throws(StoreError) -> Int {
    key.removeAll(keepingCapacity: true)
    withUnsafeBytes(of: (Int32(inclusion.qualifier?.count ?? -1), UInt32(language.rawValue))) {
      key.append(contentsOf: $0)
    }
    if let qualifier = inclusion.qualifier { key.append(contentsOf: qualifier) }
    key.append(contentsOf: inclusion.name)
    let text = wantedByText.number(of: key)
    if let known = wantedByText[text] { return known }
    let path = ImportPath(
      qualifier: inclusion.qualifier.map { Array($0) }, name: Array(inclusion.name), rules[Int(language.rawValue)])
    let number = try add(path, from: importer, families[language])
    wantedByText[text] = number
    bytes += 40 + key.count
    return number
  }

  private func number(of path: ImportPath, from importer: TreePath, _ family: Int) throws(StoreError) -> Int {
    key.removeAll(keepingCapacity: true)
    path.appendKey(to: &key)
    withUnsafeBytes(of: UInt32(family)) { key.append(contentsOf: $0) }
    let text = wantedByPath.number(of: key)
    if let known = wantedByPath[text] { return known }
    let number = try add(path, from: importer, family)
    wantedByPath[text] = number
    bytes += key.count
    return number
  }

  private func add(_ path: ImportPath, from importer: TreePath, _ family: Int) throws(StoreError) -> Int {
    var new = Wanted(only: nil, path: path, family: family, fitting: nil)
    if path.up == nil {
      let address = WantedAddress(path, from: importer)
      let fitting = best(try bearers(of: path, address), family) { address.way($0, of: $1)?.rawValue }
      if fitting.count <= 1 {
        new.only = fitting
      } else {
        new.fitting = fitting.map { ($0, Segments.count(self.address(of: places[$0].path, places[$0].language))) }
      }
    }
    bytes += 200
    wanted.append(new)
    return wanted.count - 1
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
    let number = bearers.number(of: name)
    if let known = bearers[number] { return known }
    bytes += 60 + name.count
    let files = try snapshot.files(called: name)
    var found: [Bearer] = []
    found.reserveCapacity(files.count)
    for file in files {
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

/// What is known of some texts. They are numbered as they come.
private struct KnownTexts<Value> {
  private var texts = NameTable()
  /// By number; nil where nothing could be found out.
  private var values: [Value?] = []

  mutating func number(of text: [UInt8]) -> Int {
    let number = Int(texts.intern(text).rawValue)
    if number == values.count { values.append(nil) }
    return number
  }

  subscript(number: Int) -> Value? {
    get { values[number] }
    set { values[number] = newValue }
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
    guard let found = try place(of: file) else { throw damaged("the index names a missing file") }
    guard Int(found.language.rawValue) < languages.count else { throw damaged("a file's language is unknown") }
    return found
  }
}
