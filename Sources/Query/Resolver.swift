public import Graph
public import Store

/// Says what the names in a snapshot's edges mean. What it has learned of names and files it keeps, up to a limit, so one
/// resolver is to be used for all questions to a snapshot. Belongs to one thread.
public final class Resolver {
  public static let defaultCacheBytes = 256 << 20

  let snapshot: Snapshot
  private let families: Families
  /// Made when first asked for: few questions come to members.
  private lazy var commonMembers = families.commonMembers(snapshot.languages)
  private let cacheLimit: Int
  private var cachedBytes = 0
  private var outlines: [FileID: FileOutline] = [:]
  /// Of files whose facts had to be looked into again, to see what their names mean.
  private var contexts: [FileID: FileResolver] = [:]
  var knownBases: [TypeKey: Bases] = [:]
  /// By file, the files that it names to take in.
  private var includedBy: [FileID: [FileID]] = [:]
  let external = Meaning.external()
  let place = Meaning.place()
  /// Numbers the names of `entries`.
  private var names = NameTable()
  private var entries: [NameEntry] = []
  private let none = NameEntry([])
  /// Whether an import names a file of this name, by which what is hidden in it gets into other files.
  private var included: [[UInt8]: Bool] = [:]
  /// What an include means in the files of one directory, where most include the same.
  private var includes: [Include: [FileID]] = [:]

  private var builtDirectories: Directories?
  private var placesByName: [[UInt8]: [Place]] = [:]

  /// A file as an import may mean it.
  private struct Place {
    let file: FileID
    let path: TreePath
    let address: [UInt8]
    let family: Int
  }

  private struct Include: Hashable {
    let directory: [UInt8]
    let path: [[UInt8]]
    let up: Int?
    let family: Int
  }

  /// `cacheBytes` bounds what is kept in memory of names and entities: about 30 bytes for each entity, 100 for each name.
  public init(_ snapshot: Snapshot, cacheBytes: Int = Resolver.defaultCacheBytes) {
    self.snapshot = snapshot
    families = Families(snapshot.languages)
    cacheLimit = cacheBytes
  }

  /// For the edges of one file, whose facts these are. O(entities). Throws `StoreError`.
  public func resolver(
    of file: FileID, path: TreePath, record: FileRecord, facts: FileFacts
  ) throws(StoreError) -> FileResolver {
    let outline = try outline(of: file, path: path, record: record, facts: facts)
    return FileResolver(self, outline, facts, try snapshot.traits(record.language))
  }

  /// The outline of a file whose facts these are.
  func outline(
    of file: FileID, path: TreePath, record: FileRecord, facts: FileFacts
  ) throws(StoreError) -> FileOutline {
    if cachedBytes > cacheLimit { forget() }
    if let known = outlines[file] { return known }
    return try keep(file, path, record, facts)
  }

  /// Files that are in use stay as long as their users.
  private func forget() {
    outlines = [:]
    contexts = [:]
    knownBases = [:]
    includedBy = [:]
    names = NameTable()
    entries = []
    included = [:]
    includes = [:]
    placesByName = [:]
    cachedBytes = 0
  }

  // MARK: Files

  func outline(_ file: FileID) throws(StoreError) -> FileOutline {
    if let known = outlines[file] { return known }
    let (path, record) = try located(file)
    return try keep(file, path, record, try snapshot.facts(file))
  }

  private func located(_ file: FileID) throws(StoreError) -> (TreePath, FileRecord) {
    if let found = try snapshot.file(file) { return found }
    throw snapshot.damaged("the index names a missing file")
  }

  /// What resolves the names in a file: kept, since the types of values lead there again.
  func context(_ file: FileID) throws(StoreError) -> FileResolver {
    if let known = contexts[file] { return known }
    let outline = try outline(file)
    let facts = try snapshot.facts(file)
    let (_, record) = try located(file)
    let context = FileResolver(self, outline, facts, try snapshot.traits(record.language))
    contexts[file] = context
    cachedBytes +=
      facts.names.bytes.count * 2 + facts.entities.count * 64 + facts.edges.count * 40 + facts.names.count * 40
    return context
  }

  private func keep(
    _ file: FileID, _ path: TreePath, _ record: FileRecord, _ facts: FileFacts
  ) throws(StoreError) -> FileOutline {
    let outline = FileOutline(
      file, path, facts, try snapshot.traits(record.language), record.language, family: families[record.language])
    outlines[file] = outline
    cachedBytes += outline.bytes
    return outline
  }

  /// Built when first asked for: O(files).
  private func directories() throws(StoreError) -> Directories {
    if let builtDirectories { return builtDirectories }
    let directories = try Directories(snapshot)
    builtDirectories = directories
    return directories
  }

  /// The files that a file includes.
  func files(_ paths: [ImportPath], from outline: FileOutline) throws(StoreError) -> Set<FileID> {
    try files(paths, from: outline.path, family: outline.family)
  }

  private func files(_ paths: [ImportPath], from path: TreePath, family: Int) throws(StoreError) -> Set<FileID> {
    var found: Set<FileID> = []
    for wanted in paths { found.formUnion(try files(wanted, from: path, family: family)) }
    return found
  }

  private func files(_ wanted: ImportPath, from path: TreePath, family: Int) throws(StoreError) -> [FileID] {
    let directory = path.parent.bytes
    let include = Include(directory: directory, path: wanted.segments, up: wanted.up, family: family)
    if let known = includes[include] { return known }
    let files = try nearestFiles(wanted, from: path, family: family)
    includes[include] = files
    cachedBytes += 200 + directory.count
    return files
  }

  /// The files that an import of this path means: of those that fit it the nearest.
  private func nearestFiles(
    _ path: ImportPath, from importer: TreePath, family: Int
  ) throws(StoreError) -> [FileID] {
    let wanted = WantedAddress(path, from: importer)
    var best: Fit?
    var chosen: [FileID] = []
    var names = path.lastSegments
    // A file that stands for its directory bears the directory's name.
    if names.isEmpty, let directory = wanted.exactName { names = [directory] }
    for name in names {
      for place in try places(name) where place.family == family {
        guard let fit = wanted.fit(place.address, of: place.path, deeper: false) else { continue }
        if let best, best < fit { continue }
        if let best, fit < best { chosen.removeAll() }
        best = fit
        chosen.append(place.file)
      }
    }
    return chosen
  }

  /// The files whose addresses have this last segment.
  private func places(_ name: [UInt8]) throws(StoreError) -> [Place] {
    if let known = placesByName[name] { return known }
    var places: [Place] = []
    for file in try snapshot.files(called: name) {
      let (path, record) = try located(file)
      let address = try snapshot.traits(record.language).imports.address(of: path)
      places.append(Place(file: file, path: path, address: address, family: families[record.language]))
      cachedBytes += 100 + path.bytes.count + address.count
    }
    placesByName[name] = places
    cachedBytes += 100
    return places
  }

  /// The files whose text a file takes in.
  func inclusions(of file: FileID) throws(StoreError) -> [FileID] {
    if let known = includedBy[file] { return known }
    // Of most files that are taken in nothing else is asked.
    let (path, record) = try located(file)
    let language = try snapshot.traits(record.language)
    let bindings = ImportBindings(try snapshot.inclusions(file), rule: language.imports)
    let files = Array(try files(bindings.included, from: path, family: families[record.language]))
    includedBy[file] = files
    cachedBytes += 60 + files.count * 4
    return files
  }

  /// True if an import from a file names another file, or a directory.
  func isInTree(_ path: ImportPath, from outline: FileOutline, _ rule: ImportRule) throws(StoreError) -> Bool {
    guard let last = path.segments.last else { return path.isAnchored }
    if !(try files([path], from: outline).isEmpty) { return true }
    if rule.keepsSuffix { return false }
    let wanted = WantedAddress(path, from: outline.path)
    return try directories().called(last).contains {
      wanted.fit($0, of: TreePath(bytes: $0), deeper: false) != nil
    }
  }

  // MARK: Names

  /// True for a member that types outside of the tree have too.
  func isCommonMember(_ name: [UInt8], family: Int) -> Bool { commonMembers[family]?.contains(name) ?? false }

  /// O(entities of that name) when first asked for.
  func entry(_ name: UnsafeRawBufferPointer) throws(StoreError) -> NameEntry {
    let known = names.count
    let number = Int(names.intern(name).rawValue)
    if number < known { return entries[number] }
    // Even of a name that the store cannot give, so that the numbers agree.
    let entry: NameEntry
    do throws(StoreError) {
      entry = try load(name)
    } catch {
      forget()
      throw error
    }
    entries.append(entry)
    cachedBytes += 40 + name.count
    if !entry.candidates.isEmpty { cachedBytes += 160 + entry.candidates.count * MemoryLayout<Candidate>.stride }
    return entry
  }

  func entry(_ name: [UInt8]) throws(StoreError) -> NameEntry {
    try name.withUnsafeBufferPointer { (name) throws(StoreError) in try entry(UnsafeRawBufferPointer(name)) }
  }

  private func load(_ name: UnsafeRawBufferPointer) throws(StoreError) -> NameEntry {
    let rows = try snapshot.definitions(of: name)
    if rows.isEmpty { return none }
    var candidates: [Candidate] = []
    candidates.reserveCapacity(rows.count)
    for row in rows {
      let outline = try outline(row.file)
      guard let index = outline.index(of: row.local), outline.entries[Int(index)].kind == row.kind else {
        throw snapshot.damaged("the index names an entity that is not there")
      }
      let isFileLocal = outline.entries[Int(index)].flags.contains(.fileLocal)
      candidates.append(
        Candidate(outline: outline, index: index, isHidden: isFileLocal ? try !isIncluded(outline) : false))
    }
    return NameEntry(candidates)
  }

  /// True if other files take in this one's text, so that what it keeps to itself is theirs too. By the last component
  /// of its path only, which no two files that matter are likely to share with different answers.
  private func isIncluded(_ outline: FileOutline) throws(StoreError) -> Bool {
    guard families.bringsAll(outline.family, snapshot.languages) else { return false }
    let name = Array(outline.path.name)
    if let known = included[name] { return known }
    let isIncluded = try snapshot.mentions(of: name).contains { $0.kind == .imports }
    included[name] = isIncluded
    return isIncluded
  }
}

extension Families {
  func bringsAll(_ family: Int, _ languages: [LanguageTraits]) -> Bool {
    languages.indices.contains(family) && languages[family].imports.bringsAll
  }
}
