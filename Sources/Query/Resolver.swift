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
  private(set) var finder: FileFinder
  let external = Meaning.external()
  let place = Meaning.place()
  /// Numbers the names of `entries`.
  private var names = NameTable()
  private var entries: [NameEntry] = []
  private lazy var none = NameEntry([], self)
  /// Files with an import of a file of this name.
  private var namers: [[UInt8]: [FileID]] = [:]
  /// Of the file that was asked for last: mostly it is asked for again.
  private var included: IncludedFiles?
  /// See ``leading(to:)``.
  private var leading: [FileID: Set<FileID>?] = [:]

  private var builtDirectories: Directories?

  /// `cacheBytes` bounds what is kept in memory of names and entities: about 30 bytes for each entity, 100 for each name.
  public init(_ snapshot: Snapshot, cacheBytes: Int = Resolver.defaultCacheBytes) {
    self.snapshot = snapshot
    families = Families(snapshot.languages)
    finder = FileFinder(snapshot, families)
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
    if cachedBytes + finder.bytes > cacheLimit { forget() }
    if let known = outlines[file] { return known }
    return try keep(file, path, record, facts)
  }

  /// Files that are in use stay as long as their users.
  private func forget() {
    outlines = [:]
    contexts = [:]
    knownBases = [:]
    finder = FileFinder(snapshot, families)
    names = NameTable()
    entries = []
    namers = [:]
    included = nil
    leading = [:]
    cachedBytes = 0
  }

  // MARK: Files

  func outline(_ file: FileID) throws(StoreError) -> FileOutline {
    if let known = outlines[file] { return known }
    let (path, record) = try snapshot.required(file)
    return try keep(file, path, record, try snapshot.entities(file))
  }

  /// What resolves the names in a file: kept, since the types of values lead there again.
  func context(_ file: FileID) throws(StoreError) -> FileResolver {
    if let known = contexts[file] { return known }
    let outline = try outline(file)
    let facts = try snapshot.facts(file)
    let (_, record) = try snapshot.required(file)
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

  func included(by file: FileID) throws(StoreError) -> IncludedFiles {
    if let included, included.file == file { return included }
    let new = try IncludedFiles(self, of: file)
    included = new
    return new
  }

  /// Built when first asked for: O(files).
  private func directories() throws(StoreError) -> Directories {
    if let builtDirectories { return builtDirectories }
    let directories = try Directories(snapshot)
    builtDirectories = directories
    return directories
  }

  /// The files that an import of a file means.
  func files(_ path: ImportPath, from outline: FileOutline) throws(StoreError) -> [FileID] {
    try finder.places(path, from: outline.path, family: outline.family).map(finder.file)
  }

  /// True if an import from a file names another file, or a directory.
  func isInTree(_ path: ImportPath, from outline: FileOutline, _ rule: ImportRule) throws(StoreError) -> Bool {
    guard let last = path.segments.last else { return path.isAnchored }
    if !(try files(path, from: outline).isEmpty) { return true }
    if rule.keepsSuffix { return false }
    let wanted = WantedAddress(path, from: outline.path)
    return try directories().called(last).contains {
      wanted.fit($0, of: TreePath(bytes: $0), deeper: false) != nil
    }
  }

  // MARK: Names

  /// True for a member that types outside of the tree have too.
  func isCommonMember(_ name: [UInt8], family: Int) -> Bool { commonMembers[family]?.contains(name) ?? false }

  /// O(entities of that name) when first asked for, without reading them.
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
    if !entry.isEmpty { cachedBytes += 200 + entry.count * (MemoryLayout<Candidate>.stride + 12) }
    return entry
  }

  func entry(_ name: [UInt8]) throws(StoreError) -> NameEntry {
    try name.withUnsafeBufferPointer { (name) throws(StoreError) in try entry(UnsafeRawBufferPointer(name)) }
  }

  private func load(_ name: UnsafeRawBufferPointer) throws(StoreError) -> NameEntry {
    let rows = try snapshot.definitions(of: name)
    return rows.isEmpty ? none : NameEntry(rows, self)
  }

  /// The family of a file that an index leads to.
  func family(of file: FileID) throws(StoreError) -> Int {
    if let known = outlines[file] { return known.family }
    guard let language = try snapshot.language(of: file) else {
      throw snapshot.damaged("the index names a missing file")
    }
    return families[language]
  }

  func family(of language: LanguageID) -> Int { families[language] }

  func candidate(_ place: EntityPlace) throws(StoreError) -> Candidate {
    Candidate(outline: try outline(place.file), index: place.index, isHidden: false)
  }

  /// What a row of the index leads to.
  func candidate(_ row: DefinitionRow) throws(StoreError) -> Candidate {
    let outline = try outline(row.file)
    guard let index = outline.index(of: row.local), outline.entries[Int(index)].kind == row.kind else {
      throw snapshot.damaged("the index names an entity that is not there")
    }
    let isFileLocal = outline.entries[Int(index)].flags.contains(.fileLocal)
    return Candidate(outline: outline, index: index, isHidden: isFileLocal ? try !isIncluded(outline) : false)
  }

  /// True if other files take in this one's text, so that what it keeps to itself is theirs too.
  private func isIncluded(_ outline: FileOutline) throws(StoreError) -> Bool {
    guard families.bringsAll(outline.family, snapshot.languages) else { return false }
    return try !namers(of: outline.path.name).isEmpty
  }

  /// True if no use in another file can mean an entity.
  func isKeptToItsFile(_ entity: EntityInfo) throws(StoreError) -> Bool {
    guard entity.flags.contains(.fileLocal) else { return false }
    let outline = try outline(entity.file)
    let language = try snapshot.traits(outline.language)
    // Types that lead from one to the next, or a file's default, may lead to what is hidden.
    guard language.sharing != .file, language.receivers.isEmpty, language.bases.isEmpty else { return false }
    return try !isIncluded(outline)
  }

  /// The files with an import that names a file with its suffix, in order of their ids. By the last component of its path only, which no
  /// two files that matter are likely to share with different answers.
  func namers(of name: ArraySlice<UInt8>) throws(StoreError) -> [FileID] {
    let name = Array(name)
    if let known = namers[name] { return known }
    var found: [FileID] = []
    for row in try snapshot.mentions(of: name) where row.kind == .imports && row.file != found.last {
      found.append(row.file)
    }
    namers[name] = found
    cachedBytes += 100 + name.count + found.count * 4
    return found
  }

  /// Most files that are looked for as leading to one.
  private static let mostLeading = 200

  /// A file and all that can take it in, whatever there is between; nil if they are many.
  func leading(to file: FileID) throws(StoreError) -> Set<FileID>? {
    if let known = leading[file] { return known }
    var found: Set<FileID> = [file]
    var names = [try snapshot.requiredPlace(file).path.name]
    while let name = names.popLast() {
      let namers = try namers(of: name)
      if namers.count > Self.mostLeading || found.count > Self.mostLeading {
        leading[file] = .some(nil)
        return nil
      }
      for namer in namers where found.insert(namer).inserted {
        names.append(try snapshot.requiredPlace(namer).path.name)
      }
    }
    leading[file] = found
    cachedBytes += 100 + found.count * 8
    return found
  }
}

extension Families {
  func bringsAll(_ family: Int, _ languages: [LanguageTraits]) -> Bool {
    languages.indices.contains(family) && languages[family].imports.bringsAll
  }
}
