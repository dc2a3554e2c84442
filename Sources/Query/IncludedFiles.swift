import Graph
import Store

/// What a file takes in, and what that takes in. Belongs to its resolver's thread.
final class IncludedFiles {
  let file: FileID
  private unowned let resolver: Resolver
  private let family: Int
  private let language: LanguageTraits
  /// The files that it names.
  private let places: [FileFinder.Place]
  private let files: Set<FileID>
  /// On from there.
  private var walk: InclusionWalk
  /// How many inclusions lead to a file to which few can; nil if none does.
  private var near: [FileID: Int?] = [:]
  private var asked = 0
  /// Whoever asks more often, as a dump does, is served sooner by a walk to the end.
  private static let fewAsked = 2

  init(_ resolver: Resolver, of file: FileID) throws(StoreError) {
    self.file = file
    self.resolver = resolver
    let (path, id) = try resolver.snapshot.requiredPlace(file)
    language = try resolver.snapshot.traits(id)
    family = resolver.family(of: id)
    let finder = resolver.finder
    places = try finder.inclusions(of: finder.place(of: file, path, id))
    files = Set(places.map(finder.file))
    walk = InclusionWalk(finder, from: places)
  }

  /// What the files that this one names hold of a name for others.
  func named(_ entry: NameEntry) throws(StoreError) -> [Candidate] { try open(entry, in: files) }

  /// The same of the files that these take in in their turn: of those to which the fewest inclusions lead. None where only one
  /// thing can be meant, for then nothing is to be chosen.
  func nearest(_ entry: NameEntry) throws(StoreError) -> [Candidate] {
    if files.isEmpty { return [] }
    // The only one there is needs no looking for.
    if entry.openRows.count <= NameEntry.few, try isAlone(entry) { return [] }
    var files = entry.openFiles
    while !files.isEmpty {
      let distances = try distances(to: files, onlyNearest: true)
      guard let nearest = distances.values.min() else { return [] }
      let near = Set(files.filter { distances[$0] == nearest })
      let open = try open(entry, in: near)
      if !open.isEmpty { return try isAlone(entry) ? [] : open }
      files.removeAll(where: near.contains)
    }
    return []
  }

  private func open(_ entry: NameEntry, in files: Set<FileID>) throws(StoreError) -> [Candidate] {
    try entry.visible(family: family, from: file, in: files).filter { $0.entry.standing == .open }
  }

  /// True if at most one open entity of the name can be meant where files share all their names.
  private func isAlone(_ entry: NameEntry) throws(StoreError) -> Bool {
    guard language.sharing == .tree else { return false }
    return try !entry.hasSeveralOpen(family: family, from: file)
  }

  /// How many inclusions lead to each of some files, 1 where this one names it: to all that any leads to, or at least to the nearest.
  func distances(to wanted: [FileID], onlyNearest: Bool) throws(StoreError) -> [FileID: Int] {
    asked += 1
    if asked > Self.fewAsked { try walk.finish() }
    if walk.isOver {
      return wanted.reduce(into: [:]) { distances, file in
        if let distance = walk.distance(to: file) { distances[file] = distance }
      }
    }
    // Where files are named as they are called it is known what can lead to one: often little, where a walk leads to a thousand others.
    var files: [FileID: [FileID]] = [:]
    var distances: [FileID: Int] = [:]
    for file in wanted where files[file] == nil && distances[file] == nil {
      if let known = near[file] {
        if let known { distances[file] = known }
      } else if !language.imports.keepsSuffix {
        files[file] = []
      } else if let leading = try resolver.leading(to: file) {
        let distance = try walk.distance(to: file, from: places, within: leading)
        near[file] = .some(distance)
        if let distance { distances[file] = distance }
      } else {
        files[file] = try resolver.namers(of: resolver.snapshot.requiredPlace(file).path.name)
      }
    }
    while !files.isEmpty {
      for (file, namers) in files {
        guard let distance = try walk.distance(to: file, namedBy: namers) else { continue }
        distances[file] = distance
        files[file] = nil
      }
      // What was not found yet is further than all that was.
      if onlyNearest, let nearest = distances.values.min(), nearest <= walk.distance + 1 { break }
      if !(try walk.advance()) { break }
    }
    return distances
  }
}

extension IncludedFiles {
  /// False if surely no use of its name in this file means an entity of another, told without the facts of this one: the nearest of
  /// that name that are taken in are others, and whatever the entity could be used as one of these can.
  func mayMean(_ entity: Candidate, _ entry: NameEntry) throws(StoreError) -> Bool {
    guard entity.outline.family == family else { return false }
    guard language.meansByInclusion, entity.entry.standing == .open, !entity.entry.kind.isAlwaysMember,
      entity.entry.parent == Entity.noParent, !entry.isIn(file)
    else { return true }
    let named = try named(entry)
    if named.contains(where: { $0.isSame(entity) }) { return true }
    if entity.isCovered(by: named) { return false }
    let nearest = try nearest(entry)
    if nearest.contains(where: { $0.isSame(entity) }) { return true }
    if entity.isCovered(by: nearest) { return false }
    guard try resolver.isBehindOthers(entity, entry, seenFrom: file) else { return true }
    return try distances(to: [entity.outline.file], onlyNearest: false)[entity.outline.file] != nil
  }
}

extension Resolver {
  /// Of some files those that may mean an entity, told without looking at what they take in: of a macro behind others those that can take it in,
  /// where these are few. O(files).
  func mayMean(_ entity: Candidate, _ entry: NameEntry, among files: [FileID]) throws(StoreError) -> [FileID] {
    guard entity.entry.kind == .macro, entity.entry.standing == .open, entity.entry.parent == Entity.noParent,
      try isBehindOthers(entity, entry, seenFrom: nil), let leading = try leading(to: entity.outline.file)
    else { return files }
    let means = snapshot.languages.map(\.meansByInclusion)
    var found: [FileID] = []
    for file in files {
      if leading.contains(file) || entry.isIn(file) {
        found.append(file)
      } else if case let language = try snapshot.requiredPlace(file).language, !means[Int(language.rawValue)] {
        found.append(file)
      }
    }
    return found
  }

  /// A macro that is not taken in goes behind anything else of the name, wherever that stands: true if there is something for each use of it.
  /// Seen from no file, it is without what is hidden in one.
  fileprivate func isBehindOthers(
    _ entity: Candidate, _ entry: NameEntry, seenFrom file: FileID?
  ) throws(StoreError) -> Bool {
    guard entity.entry.kind == .macro else { return false }
    let others = try entry.open(family: entity.outline.family, from: file ?? entity.outline.file).filter {
      $0.entry.kind != .macro && $0.entry.parameters.takesAll(of: entity.entry.parameters)
        && (file != nil || !$0.isHidden)
    }
    return entity.isCovered(by: others, asWell: true)
  }
}

extension Candidate {
  /// True if there is one of these for each use that this one fits, and if asked fits it as well as this one.
  fileprivate func isCovered(by others: [Candidate], asWell: Bool = false) -> Bool {
    EdgeRole.allCases.allSatisfy { role in
      guard let own = role.tier(entry.kind) else { return true }
      return others.contains { other in role.tier(other.entry.kind).map { !asWell || $0 <= own } ?? false }
    }
  }
}

extension ParameterCount {
  fileprivate func takesAll(of other: ParameterCount) -> Bool { least <= other.least && most >= other.most }
}

extension LanguageTraits {
  /// True where a name by itself means what stands in this file, or what the files that it takes in hold, and a qualified one
  /// a member.
  fileprivate var meansByInclusion: Bool {
    imports.bringsAll && imports.keepsSuffix && sharing == .tree && receivers.isEmpty && bases.isEmpty
      && separator == "."
  }
}
