import Graph
import Store

// What a name means by what stands before it.
extension FileResolver {
  /// `from` is the type around the edge.
  func qualifiedMeaning(_ edge: Edge, _ use: Use, from: EntityIndex) throws(StoreError) -> Meaning {
    guard let expression = expression(edge.qualifier) else {
      return isText(edge.qualifier) ? try memberOfText(edge, use) : try memberOfAnything(edge, use)
    }
    if edge.receiver == .none, let path = expression.path, !isWord(path[0]) {
      return try member(edge.name, ofPath: path, use, edge, from: from, .everywhere)
    }
    switch try holder(expression, receiver: edge.receiver, from: from, depth: 0) {
    case .types(let types, let resolution): return try member(edge, of: types, use, resolution)
    case .outside: return try extending(edge.name, use, from: edge.from)
    case .unknown: return try memberOfAnything(edge, use)
    }
  }

  /// True for a receiver's word, or one for what the enclosing type is made from. Where paths are written apart from
  /// members, such a word may begin a path.
  private func isWord(_ name: [UInt8]) -> Bool {
    let word = String(decoding: name, as: UTF8.self)
    return language.receivers.contains(word) || language.bases.contains(word)
  }

  private func member(
    _ edge: Edge, of types: [Candidate], _ use: Use, _ resolution: Resolution
  ) throws(StoreError) -> Meaning {
    switch try resolver.member(try entry(edge.name), of: types, use, seenFrom: self) {
    case .found(let meaning): return meaning.through(resolution)
    case .absent:
      // What is embedded bears its type's name.
      if !use.isCall, let embedded = Meaning.best(try resolver.bases(text(edge.name), of: types), use, .scope) {
        return embedded.through(resolution)
      }
      // A function that makes a type need not hold all that the type has.
      if types.contains(where: { $0.entry.kind == .function }) { return try memberOfAnything(edge, use) }
      guard language.extendsFromOutside else { return resolver.external }
      let extending = try extending(edge.name, use, from: edge.from)
      return extending.isExternal ? try memberOfAnything(edge, use) : extending
    }
  }

  /// What extends types from outside of them: those that are marked, wherever they stand, else what is open here.
  func extending(_ name: NameID, _ use: Use, from: EntityIndex) throws(StoreError) -> Meaning {
    guard language.extendsFromOutside else { return resolver.external }
    let marked = try entry(name).visible(family: outline.family, from: outline.file)
      .filter { $0.entry.flags.contains(.extending) }
    if let found = Meaning.best(marked, use, .unique) { return found }
    return try beyond(name, use, from: from)
  }

  private func ownMember(_ name: NameID, of holder: NameID, _ use: Use) -> Meaning? {
    var candidates: [Candidate] = []
    forEachOwn(name) { index in
      let parent = facts.entities[Int(index)].parent
      guard parent != Entity.noParent else { return }
      let outer = facts.entities[Int(parent)]
      // What stands in a function is no member of it.
      if outer.name == holder, outline.entries[Int(index)].standing != .local { candidates.append(own(index)) }
    }
    return .best(candidates, use, .scope)
  }

  /// What a path of names leads to.
  func member(
    _ name: NameID, ofPath path: [[UInt8]], _ use: Use, _ edge: Edge, from: EntityIndex, _ lookup: Lookup
  ) throws(StoreError) -> Meaning {
    let last = path[path.count - 1]
    if let found = ownMember(name, of: id(last), use) { return found }
    let candidates = use.fitting(try entry(name).visible(family: outline.family, from: outline.file))
    switch try throughImport(path, name, candidates, use) {
    case .found(let meaning): return meaning
    case .outside:
      // A member of what the imported file holds, or of what a value in it is of.
      guard lookup == .everywhere, path.count > 1 else { return resolver.external }
      let beyond = try holder(ValueExpression(path: path), receiver: .none, from: from, depth: 0)
      guard case .types(let types, let resolution) = beyond else { return resolver.external }
      return try member(edge, of: types, use, resolution)
    case .value(let values):
      if lookup == .everywhere, case .types(let types, _) = try holder(of: values, isCalled: false, depth: 0) {
        return try member(edge, of: types, use, .import)
      }
      return candidates.isEmpty ? resolver.external : try memberOfAnything(edge, use)
    case .unknown: break
    }
    if candidates.isEmpty { return resolver.external }
    if lookup == .everywhere {
      switch try holder(ValueExpression(path: path), receiver: .none, from: from, depth: 0) {
      case .types(let types, let resolution):
        let found = try member(edge, of: types, use, resolution)
        if !found.isExternal || !types.isEmpty { return found }
      case .outside: return resolver.external
      case .unknown: break
      }
    }
    if let found = held(by: path, candidates, use) { return found }
    // Where paths are written apart from members, this is one: it leads out of the tree.
    if edge.isPath || pathsStandApart && path.count > 1 { return resolver.external }
    if last.looksLikeType, try resolver.entry(last).isEmpty { return resolver.external }
    return try memberOfAnything(edge, use)
  }

  private var pathsStandApart: Bool { language.separator != "." }

  /// Those that stand in something of that name, wherever it is.
  private func held(by path: [[UInt8]], _ candidates: [Candidate], _ use: Use) -> Meaning? {
    if pathsStandApart {
      let wanted = WantedAddress(ImportPath(path, language.imports), from: outline.path)
      return .best(Self.nearest(candidates, wanted, deeper: false), use, .unique)
    }
    let last = path[path.count - 1]
    return .best(candidates.filter { $0.container?.name == last && $0.entry.standing != .local }, use, .unique)
  }

  /// A member of that name, whatever of.
  private func memberOfAnything(_ edge: Edge, _ use: Use) throws(StoreError) -> Meaning {
    if edge.isPath { return resolver.external }
    let meaning = try entry(edge.name).meaning(.member, use, family: outline.family, in: outline.file)
    guard meaning.resolution == .unique else { return meaning }
    let isDoubtful = !language.trustsMembers || resolver.isCommonMember(text(edge.name), family: outline.family)
    return isDoubtful ? meaning.doubted : meaning
  }

  /// True for a text in quotes, whatever letters stand before it.
  private func isText(_ qualifier: NameID) -> Bool {
    let text = names[qualifier].drop { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
    guard text.count > 1, let quote = text.first, "\"'`".utf8.contains(quote) else { return false }
    return text.last == quote
  }

  /// A member of a text: its type is the language's own, so that in the tree only what extends types can have it.
  private func memberOfText(_ edge: Edge, _ use: Use) throws(StoreError) -> Meaning {
    if language.extendsFromOutside || language.hasOpenTypes { return try memberOfAnything(edge, use) }
    let candidates = try entry(edge.name).visible(family: outline.family, from: outline.file)
    return .unguided(candidates.filter { $0.holder?.entry.kind.extendsType ?? false }, use)
  }

  /// Of those that fit a path the ones that fit best.
  static func nearest(_ candidates: [Candidate], _ wanted: WantedAddress, deeper: Bool) -> [Candidate] {
    var best: Fit?
    var chosen: [Candidate] = []
    for candidate in candidates where candidate.entry.standing != .local {
      // An anchor alone names no type that a member could be of.
      if wanted.isNearby, candidate.entry.standing != .open { continue }
      let outline = candidate.outline
      let isTop = candidate.entry.parent == Entity.noParent
      var fit = wanted.fit(candidate.address, of: outline.path, deeper: deeper && isTop)
      if fit == nil, !outline.package.isEmpty {
        fit = wanted.fit(declared: candidate.scope, of: outline.path)
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
