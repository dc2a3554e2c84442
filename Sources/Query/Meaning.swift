import Graph

/// The entities that a use of a name means, and how far that is known.
final class Meaning {
  /// Empty if it is `external`.
  let candidates: [Candidate]
  let resolution: Resolution
  private(set) lazy var target = ResolvedTarget(
    ids: candidates.count == 1 ? [candidates[0].id] : ordered.map(\.id), resolution: resolution)
  /// Of the ids in `target`, in their order.
  private(set) lazy var places = ordered.map(\.place)
  private lazy var ordered = candidates.map { (id: $0.id, place: $0.place) }
    .sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }

  private init(_ candidates: [Candidate], _ resolution: Resolution) {
    self.candidates = candidates
    self.resolution = resolution
  }

  /// In no file of the tree.
  // SAFETY: shared by the resolvers of a thread, and its ids are empty whoever asks for them first.
  static func external() -> Meaning { Meaning([], .external) }

  /// Of a name by which an import names a file or directory, for which there is no id.
  static func place() -> Meaning { Meaning([], .import) }

  var isExternal: Bool { candidates.isEmpty && resolution == .external }

  /// Of `candidates` those of the least tier, and of these those that take as many arguments as are given, if any does.
  /// `resolution` if it is one, ambiguous if there are several. Nil if none fits the role.
  static func best(_ candidates: [Candidate], _ use: Use, _ resolution: Resolution) -> Meaning? {
    var least = EdgeRole.tiers
    var chosen: [Candidate] = []
    for candidate in candidates {
      guard let tier = use.role.tier(candidate.entry.kind), tier <= least else { continue }
      if tier < least { chosen.removeAll(keepingCapacity: true) }
      least = tier
      chosen.append(candidate)
    }
    if chosen.isEmpty { return nil }
    if chosen.count > 1 {
      let types = chosen.filter { !$0.entry.aliasesNamesake }
      if types.contains(where: \.entry.kind.isType) { chosen = types }
    }
    if chosen.count > 1, use.arguments != Edge.unknownCount {
      let fitting = chosen.filter { $0.entry.parameters.takes(use.arguments) }
      if !fitting.isEmpty { chosen = fitting }
    }
    return Meaning(chosen, areOne(chosen) ? resolution : .ambiguous)
  }

  /// True for a single entity, and for all that are written of one type in several places.
  private static func areOne(_ candidates: [Candidate]) -> Bool {
    let first = candidates[0]
    return candidates.dropFirst().allSatisfy { other in
      first.outline.joinsPieces && other.outline.joinsPieces && other.entry.kind == first.entry.kind
        && (first.entry.kind.hasMembers || first.entry.kind.isModule)
        && other.outline.scope(around: other.index) == first.outline.scope(around: first.index)
    }
  }

  /// The same where nothing but the name leads to the candidates: one that takes another number of arguments is not meant.
  static func unguided(_ candidates: [Candidate], _ use: Use) -> Meaning {
    let fitting =
      use.arguments == Edge.unknownCount
      ? candidates : candidates.filter { $0.entry.parameters.takes(use.arguments) }
    return best(fitting, use, .unique) ?? external()
  }

  /// The same where something outside of the tree may be meant as well.
  var doubted: Meaning { resolution == .unique ? Meaning(candidates, .ambiguous) : self }

  func takes(_ arguments: UInt8) -> Bool { candidates.contains { $0.entry.parameters.takes(arguments) } }

  /// Known no better than what led to it.
  func through(_ other: Resolution) -> Meaning {
    // Of several types that a value may be of, one has such a member.
    let other = other == .ambiguous ? .unique : other
    return other.rank > resolution.rank && !candidates.isEmpty ? Meaning(candidates, other) : self
  }
}

extension Resolution {
  /// The least is the surest.
  var rank: Int {
    switch self {
    case .scope: 0
    case .import: 1
    case .unique: 2
    case .ambiguous: 3
    case .external: 4
    }
  }
}

/// How a name is used, beside what stands around it.
struct Use: Hashable {
  let role: EdgeRole
  /// ``Edge/unknownCount`` if they are not counted.
  var arguments: UInt8 = Edge.unknownCount

  var isCall: Bool { role == .call || role == .command || role == .making }

  /// Those that can be meant at all, however well others fit a path: a type goes before its pieces.
  func fitting(_ candidates: [Candidate]) -> [Candidate] {
    let fitting = candidates.filter { role.tier($0.entry.kind) != nil }
    guard role == .mention, fitting.contains(where: { !$0.entry.kind.standsForType }) else { return fitting }
    return fitting.filter { !$0.entry.kind.standsForType }
  }
}
