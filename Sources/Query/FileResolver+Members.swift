import Graph
import Store

// What a name means by what stands before it.
extension FileResolver {
  /// A member of the type around the use, of another piece of that type, or of one it is made from.
  func member(_ name: NameID, ofType type: EntityIndex, _ role: EdgeRole) throws(StoreError) -> ResolvedTarget {
    guard type != Entity.noParent else { return try memberOfAnything(name, role) }
    let typeName = facts.entities[Int(type)].name
    if let found = ownMember(name, of: typeName, role) { return found }
    let candidates = try entry(name).visible(family: outline.family, from: outline.file)
    if candidates.isEmpty { return .external }
    var makers: Set<[UInt8]> = [Array(facts.names[typeName])]
    if let found = Self.member(of: makers, candidates, role) { return found }
    makers = bases(of: typeName)
    if !makers.isEmpty, let found = Self.member(of: makers, candidates, role) { return found }
    return try memberOfAnything(name, role)
  }

  private static func member(of holders: Set<[UInt8]>, _ candidates: [Candidate], _ role: EdgeRole) -> ResolvedTarget? {
    let held = candidates.filter { $0.container.map { holders.contains($0.name) } ?? false }
    return .best(held, role, .unique)
  }

  /// Names of the types that a type of this file inherits from or implements.
  private func bases(of typeName: NameID) -> Set<[UInt8]> {
    var bases: Set<[UInt8]> = []
    for edge in facts.edges where edge.kind == .inherits || edge.kind == .implements {
      guard edge.from != Entity.noParent, facts.entities[Int(edge.from)].name == typeName else { continue }
      bases.insert(Array(facts.names[edge.name]))
    }
    return bases
  }

  private func ownMember(_ name: NameID, of holder: NameID, _ role: EdgeRole) -> ResolvedTarget? {
    var candidates: [Candidate] = []
    forEachOwn(name) { index in
      let parent = facts.entities[Int(index)].parent
      guard parent != Entity.noParent else { return }
      let outer = facts.entities[Int(parent)]
      // What stands in a function is no member of it.
      if outer.name == holder, outline.entries[Int(index)].standing != .local { candidates.append(own(index)) }
    }
    return .best(candidates, role, .scope)
  }

  /// What a path of names leads to.
  func member(_ name: NameID, ofPath path: [[UInt8]], _ role: EdgeRole) throws(StoreError) -> ResolvedTarget {
    let last = path[path.count - 1]
    if let holder = nameID(last), let found = ownMember(name, of: holder, role) { return found }
    let candidates = try entry(name).visible(family: outline.family, from: outline.file)
    if candidates.isEmpty { return .external }
    switch try throughImport(path, candidates, role) {
    case .found(let target): return target
    case .outside: return .external
    case .value: return try memberOfAnything(name, role)
    case .unknown: break
    }
    if let found = held(by: path, candidates, role) { return found }
    // Where paths are written apart from members, this is one: it leads out of the tree.
    if pathsStandApart, path.count > 1 { return .external }
    if last.looksLikeType, try resolver.entry(last).candidates.isEmpty { return .external }
    return try memberOfAnything(name, role)
  }

  private var pathsStandApart: Bool { language.separator != "." }

  /// Those that stand in something of that name, wherever it is.
  private func held(by path: [[UInt8]], _ candidates: [Candidate], _ role: EdgeRole) -> ResolvedTarget? {
    if pathsStandApart {
      let wanted = WantedAddress(ImportPath(path, language.imports), from: outline.path)
      return .best(Self.nearest(candidates, wanted, deeper: false), role, .unique)
    }
    let last = path[path.count - 1]
    return .best(candidates.filter { $0.container?.name == last && $0.entry.standing != .local }, role, .unique)
  }

  /// A member of that name, whatever of.
  func memberOfAnything(_ name: NameID, _ role: EdgeRole) throws(StoreError) -> ResolvedTarget {
    try entry(name).meaning(.member, role, family: outline.family, in: outline.file)
  }

  /// Of those that fit a path the ones that fit best.
  static func nearest(_ candidates: [Candidate], _ wanted: WantedAddress, deeper: Bool) -> [Candidate] {
    var best: Fit?
    var chosen: [Candidate] = []
    for candidate in candidates where candidate.entry.standing != .local {
      let outline = candidate.outline
      let isTop = candidate.entry.parent == Entity.noParent
      var fit = wanted.fit(candidate.address, of: outline.path, deeper: deeper && isTop)
      if fit == nil, isTop, !outline.package.isEmpty {
        fit = wanted.fit(outline.package, of: outline.path, deeper: false)
      }
      guard let fit else { continue }
      if let best, best < fit { continue }
      if let best, fit < best { chosen.removeAll(keepingCapacity: true) }
      best = fit
      chosen.append(candidate)
    }
    return chosen
  }
}
