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
  /// What the entity stands in.
  var container: FileOutline.Container? { outline.container(entry.parent) }
  var address: [UInt8] { outline.address(around: index) }
}

/// All that is known of one name, from all files.
final class NameEntry {
  let candidates: [Candidate]
  /// Files in which a hidden entity bears the name: what it means there, it means nowhere else.
  private let hidingFiles: Set<FileID>
  /// Places in `candidates`, where they are so many that to go through them takes long.
  private lazy var byFile = Dictionary(grouping: candidates.indices) { candidates[$0].outline.file }
  private static let many = 32
  /// Meanings that do not depend on the file, by ``Reach``, role and family.
  private var meanings: [MeaningKey: ResolvedTarget] = [:]

  init(_ candidates: [Candidate]) {
    self.candidates = candidates
    hidingFiles = Set(candidates.lazy.filter(\.isHidden).map(\.outline.file))
  }

  private struct MeaningKey: Hashable {
    let reach: Reach
    let role: EdgeRole
    let family: Int
  }
}

/// Which entities a use can mean that nothing but the name leads to.
enum Reach: Hashable {
  /// A name by itself.
  case bare
  /// The same where members of the enclosing type need no qualifier: those of its bases are meant too.
  case bareWithMembers
  /// The same where a file sees of others only what it imports: what is left is what expands before names matter.
  case bareMacro
  /// A member of who knows what.
  case member
}

extension NameEntry {
  /// What the name means where neither the file nor its imports say: all that fit.
  func meaning(_ reach: Reach, _ role: EdgeRole, family: Int, in file: FileID) -> ResolvedTarget {
    // Most names have few bearers: looking again is cheaper than to keep what was found.
    if candidates.count <= 4 || hidingFiles.contains(file) { return compute(reach, role, family: family, in: file) }
    let key = MeaningKey(reach: reach, role: role, family: family)
    if let known = meanings[key] { return known }
    let meaning = compute(reach, role, family: family, in: file)
    meanings[key] = meaning
    return meaning
  }

  private func compute(_ reach: Reach, _ role: EdgeRole, family: Int, in file: FileID) -> ResolvedTarget {
    let reachable = visible(family: family, from: file)
    switch reach {
    case .bare:
      return .unguided(reachable.filter { $0.entry.standing == .open }, role)
    case .bareWithMembers:
      let open = ResolvedTarget.unguided(reachable.filter { $0.entry.standing == .open }, role)
      return open.ids.isEmpty ? .unguided(reachable.filter { $0.entry.standing == .member }, role) : open
    case .bareMacro:
      return .unguided(reachable.filter { $0.entry.standing == .open && $0.entry.kind == .macro }, role)
    case .member:
      return .unguided(reachable.filter { $0.entry.standing == .member }, role)
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

extension ResolvedTarget {
  static let external = ResolvedTarget(ids: [], resolution: .external)

  /// Of `candidates` those of the least tier; `resolution` if it is one, ambiguous if there are several. Nil if none
  /// fits the role.
  static func best(_ candidates: [Candidate], _ role: EdgeRole, _ resolution: Resolution) -> ResolvedTarget? {
    var least = EdgeRole.tiers
    var chosen: [Candidate] = []
    for candidate in candidates {
      guard let tier = role.tier(candidate.entry.kind), tier <= least else { continue }
      if tier < least { chosen.removeAll(keepingCapacity: true) }
      least = tier
      chosen.append(candidate)
    }
    if chosen.isEmpty { return nil }
    if chosen.count == 1 { return ResolvedTarget(ids: [chosen[0].id], resolution: resolution) }
    let ids = chosen.map(\.id).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return ResolvedTarget(ids: ids, resolution: .ambiguous)
  }

  static func unguided(_ candidates: [Candidate], _ role: EdgeRole) -> ResolvedTarget {
    best(candidates, role, .unique) ?? external
  }
}
