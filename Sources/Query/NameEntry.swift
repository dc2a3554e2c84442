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

/// All that is known of one name, from all files.
final class NameEntry {
  let candidates: [Candidate]
  /// Files in which a hidden entity bears the name: what it means there, it means nowhere else.
  private let hidingFiles: Set<FileID>
  /// Places in `candidates`, where they are so many that to go through them takes long.
  private lazy var byFile = Dictionary(grouping: candidates.indices) { candidates[$0].outline.file }
  private static let many = 32
  /// Meanings that do not depend on the file.
  private var meanings: [MeaningKey: Meaning] = [:]
  /// True if one of them stands in something else.
  private(set) lazy var isHeld = candidates.contains {
    $0.entry.parent != Entity.noParent && $0.entry.standing != .local
  }

  init(_ candidates: [Candidate]) {
    self.candidates = candidates
    hidingFiles = Set(candidates.lazy.filter(\.isHidden).map(\.outline.file))
  }

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
  func meaning(_ reach: Reach, _ use: Use, family: Int, in file: FileID) -> Meaning {
    // Most names have few bearers: looking again is cheaper than to keep what was found.
    if candidates.count <= 4 || hidingFiles.contains(file) { return compute(reach, use, family: family, in: file) }
    let key = MeaningKey(reach: reach, use: use, family: family)
    if let known = meanings[key] { return known }
    let meaning = compute(reach, use, family: family, in: file)
    meanings[key] = meaning
    return meaning
  }

  private func compute(_ reach: Reach, _ use: Use, family: Int, in file: FileID) -> Meaning {
    let reachable = visible(family: family, from: file)
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
  func visible(family: Int, from file: FileID, in files: Set<FileID>) -> [Candidate] {
    if candidates.count <= Self.many {
      return visible(family: family, from: file).filter { files.contains($0.outline.file) }
    }
    return files.flatMap { byFile[$0] ?? [] }.map { candidates[$0] }
      .filter { $0.outline.family == family && (!$0.isHidden || $0.outline.file == file) }
  }

  /// Those of a family that a file can mean at all.
  func visible(family: Int, from file: FileID) -> [Candidate] {
    func isVisible(_ candidate: Candidate) -> Bool {
      candidate.outline.family == family && (!candidate.isHidden || candidate.outline.file == file)
    }
    // Mostly all are, and then there is nothing to copy.
    return candidates.allSatisfy(isVisible) ? candidates : candidates.filter(isVisible)
  }
}
