import Graph
import Store

/// An entity that bears the name looked up.
struct Candidate {
  let outline: FileOutline
  let index: EntityIndex
  /// Hidden from other files.
  let isHidden: Bool

  var entry: FileOutline.Entry { outline.entries[Int(index)] }
  var id: String { outline.id(index) }
  var name: ArraySlice<UInt8> { outline.name(index) }
  var place: EntityPlace { EntityPlace(file: outline.file, index: index) }
  /// What the entity stands in.
  var container: FileOutline.Container? { outline.container(entry.parent) }
  /// Where other files look for it: see ``FileOutline/address(of:)``.
  var address: [UInt8] { outline.address(around: sought) }
  /// The same without the file.
  var scope: [UInt8] { outline.scope(around: sought) }

  /// What stands where its name is looked for: of a constructor that bears its type's name, the type.
  private var sought: EntityIndex { isMadeByTypeName ? entry.parent : index }

  /// True if members stand in it.
  var holdsMembers: Bool {
    outline.container(index) != nil
      && outline.entries.contains { $0.parent == index && $0.standing == .member }
  }

  var isMadeByTypeName: Bool {
    entry.kind == .constructor && entry.standing != .member && entry.parent != Entity.noParent
  }

  /// What it is a member of.
  var holder: Candidate? {
    let parent = outline.entries[Int(sought)].parent
    return parent == Entity.noParent ? nil : Candidate(outline: outline, index: parent, isHidden: false)
  }
}

/// All that is known of one name, from all files. These are read when somebody asks for what they hold.
final class NameEntry {
  /// In order of files.
  private let rows: [DefinitionRow]
  /// Whose entry this is.
  private unowned let resolver: Resolver
  /// By row.
  private var known: [Candidate?]
  private var pools: [PoolKey: Pool] = [:]
  /// By family.
  private var held: [Int: Bool] = [:]
  /// Meanings that do not depend on the file.
  private var meanings: [MeaningKey: Meaning] = [:]

  private struct PoolKey: Hashable {
    let isOpen: Bool
    let family: Int
  }

  /// Some of the entities of a family.
  private struct Pool {
    let candidates: [Candidate]
    /// Files in which a hidden one bears the name: what it means there, it means nowhere else.
    let hidingFiles: Set<FileID>

    init(_ candidates: [Candidate]) {
      self.candidates = candidates
      hidingFiles = Set(candidates.lazy.filter(\.isHidden).map(\.outline.file))
    }
  }

  init(_ rows: [DefinitionRow], _ resolver: Resolver) {
    self.rows = rows
    self.resolver = resolver
    known = [Candidate?](repeating: nil, count: rows.count)
  }

  var isEmpty: Bool { rows.isEmpty }
  var count: Int { rows.count }

  /// Those that can be open at all: of names like `device` and `name` a few among thousands.
  private(set) lazy var openRows = rows.indices.filter { rows[$0].kind != .field }

  /// Those of files with one that can be open, each once.
  var openFiles: [FileID] {
    var files: [FileID] = []
    for number in openRows where rows[number].file != files.last { files.append(rows[number].file) }
    return files
  }

  /// In order, each once.
  private lazy var files = rows.indices.filter { $0 == 0 || rows[$0].file != rows[$0 - 1].file }.map { rows[$0].file }

  /// Those of a family. O(entities of the name) when first asked for.
  func candidates(family: Int) throws(StoreError) -> [Candidate] { try pool(.member, family).candidates }

  private func pool(_ reach: Reach, _ family: Int) throws(StoreError) -> Pool {
    let key = PoolKey(isOpen: reach != .member, family: family)
    if let known = pools[key] { return known }
    var candidates: [Candidate] = []
    for number in key.isOpen ? openRows : Array(rows.indices) {
      if let candidate = try candidate(number, family) { candidates.append(candidate) }
    }
    let pool = Pool(candidates)
    pools[key] = pool
    return pool
  }

  /// Nil if it is of another family: files of these are not read.
  private func candidate(_ number: Int, _ family: Int) throws(StoreError) -> Candidate? {
    if let candidate = known[number] { return candidate.outline.family == family ? candidate : nil }
    guard try resolver.family(of: rows[number].file) == family else { return nil }
    let candidate = try resolver.candidate(rows[number])
    known[number] = candidate
    return candidate
  }

  /// False if none of a family stands in something else, as far as that is told by reading few of them.
  func mayBeHeld(family: Int) throws(StoreError) -> Bool {
    if rows.count > Self.few { return true }
    if let known = held[family] { return known }
    let isHeld = try candidates(family: family).contains(where: \.isHeld)
    held[family] = isHeld
    return isHeld
  }

  /// To read so many entities of a name costs less than to look for another way.
  static let few = 32

  private struct MeaningKey: Hashable {
    let reach: Reach
    let use: Use
    let family: Int
  }
}

/// Which entities a use can mean that nothing but the name leads to.
enum Reach: Hashable {
  /// A name by itself.
  case bare
  /// The same where what stands in a type is not seen from outside of it.
  case bareOutside
  /// The same where a file sees of others only what it imports: what is left is what expands before names matter.
  case bareMacro
  /// A member of who knows what.
  case member
}

extension NameEntry {
  /// What the name means where neither the file nor its imports say: all that fit.
  func meaning(_ reach: Reach, _ use: Use, family: Int, in file: FileID) throws(StoreError) -> Meaning {
    let pool = try pool(reach, family)
    // Most names have few bearers: looking again is cheaper than to keep what was found.
    if pool.candidates.count <= 4 || pool.hidingFiles.contains(file) {
      return compute(reach, use, pool.candidates, in: file)
    }
    let key = MeaningKey(reach: reach, use: use, family: family)
    if let known = meanings[key] { return known }
    let meaning = compute(reach, use, pool.candidates, in: file)
    meanings[key] = meaning
    return meaning
  }

  private func compute(_ reach: Reach, _ use: Use, _ candidates: [Candidate], in file: FileID) -> Meaning {
    let reachable = candidates.filter { $0.isVisible(from: file) }
    switch reach {
    case .bare:
      // A piece by itself says that its type lies outside.
      return .unguided(reachable.filter { $0.entry.standing == .open && !$0.entry.kind.extendsType }, use)
    case .bareOutside:
      return .unguided(
        reachable.filter {
          $0.entry.standing == .open && !$0.entry.kind.extendsType
            && !($0.entry.kind.isType && $0.holder?.entry.kind.hasMembers == true)
        }, use)
    case .bareMacro:
      return .unguided(reachable.filter { $0.entry.standing == .open && $0.entry.kind == .macro }, use)
    case .member:
      return .unguided(
        reachable.filter { $0.entry.standing == .member || $0.entry.standing == .open && $0.entry.kind.isAlwaysMember },
        use)
    }
  }

  /// Those in some files that a file can mean at all.
  func visible(
    family: Int, from file: FileID, in files: some Sequence<FileID>
  ) throws(StoreError) -> [Candidate] {
    var found: [Candidate] = []
    for other in files {
      var number = firstRow(of: other)
      while number < rows.count, rows[number].file == other {
        if let candidate = try candidate(number, family), candidate.isVisible(from: file) { found.append(candidate) }
        number += 1
      }
    }
    return found
  }

  /// The same in files where something bears another name too.
  func visible(family: Int, from file: FileID, beside other: NameEntry) throws(StoreError) -> [Candidate] {
    let files = count < other.count ? files.filter(other.isIn) : other.files.filter(isIn)
    return try visible(family: family, from: file, in: files)
  }

  func isIn(_ file: FileID) -> Bool {
    let row = firstRow(of: file)
    return row < rows.count && rows[row].file == file
  }

  private func firstRow(of file: FileID) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].file < file { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Those of a family that a file can mean at all.
  func visible(family: Int, from file: FileID) throws(StoreError) -> [Candidate] {
    let candidates = try candidates(family: family)
    // Mostly all are, and then there is nothing to copy.
    let areAll = candidates.allSatisfy { $0.isVisible(from: file) }
    return areAll ? candidates : candidates.filter { $0.isVisible(from: file) }
  }

  /// Those that a file can mean by the name alone, wherever they stand.
  func open(family: Int, from file: FileID) throws(StoreError) -> [Candidate] {
    try pool(.bare, family).candidates.filter { $0.entry.standing == .open && $0.isVisible(from: file) }
  }

  /// True if a file can mean several by the name alone. Reads no more than it takes to find the second.
  func hasSeveralOpen(family: Int, from file: FileID) throws(StoreError) -> Bool {
    var found = 0
    for number in openRows {
      guard let candidate = try candidate(number, family) else { continue }
      if candidate.entry.standing == .open, candidate.isVisible(from: file) { found += 1 }
      if found > 1 { return true }
    }
    return false
  }
}

extension Candidate {
  /// True for what stands in something else.
  var isHeld: Bool { entry.parent != Entity.noParent && entry.standing != .local }

  /// From a file of its family.
  fileprivate func isVisible(from file: FileID) -> Bool { !isHidden || outline.file == file }
}
