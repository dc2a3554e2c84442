public import Graph
public import Store

/// Says what the edges of one file mean. Belongs to its ``Resolver``'s thread.
public final class FileResolver {
  let resolver: Resolver
  let outline: FileOutline
  let facts: FileFacts
  let language: LanguageTraits
  let imports: ImportBindings
  /// First entity of a name + 1, by ``NameID``; 0 for none.
  private var firstOfName: [EntityIndex]
  /// The next entity of the same name + 1, by index.
  private var nextOfName: [EntityIndex]
  /// Number + 1 in `answers` of what a bare name means beyond this file, by name and role.
  private var bareAnswers: [UInt32]
  private var qualifiedAnswers: [QualifiedUse: UInt32] = [:]
  private var answers: [ResolvedTarget] = []
  private var qualifiers: [NameID: Qualifier] = [:]
  /// Filled when first asked for.
  private var includedFiles: Set<FileID>?
  private var nameSearch: NameTable?

  private struct QualifiedUse: Hashable {
    let name: NameID
    let qualifier: NameID
    let role: EdgeRole
    /// The enclosing type, where that matters.
    let type: EntityIndex
  }

  init(_ resolver: Resolver, _ outline: FileOutline, _ facts: FileFacts, _ language: LanguageTraits) {
    self.resolver = resolver
    self.outline = outline
    self.facts = facts
    self.language = language
    imports = ImportBindings(facts, path: outline.path, rule: language.imports)
    firstOfName = [EntityIndex](repeating: 0, count: facts.names.count)
    nextOfName = [EntityIndex](repeating: 0, count: facts.entities.count)
    bareAnswers = [UInt32](repeating: 0, count: facts.names.count * EdgeRole.allCases.count)
    for index in facts.entities.indices.reversed() {
      let name = Int(facts.entities[index].name.rawValue)
      nextOfName[index] = firstOfName[name]
      firstOfName[name] = EntityIndex(index) + 1
    }
  }

  /// What an edge of this file means. O(1) for most, since uses of one name mostly mean the same.
  public func target(of edge: Edge) throws(StoreError) -> ResolvedTarget {
    guard let role = EdgeRole(edge.kind) else { return .external }
    if edge.kind == .imports { return try importTarget(edge) }
    if edge.qualifier != .none { return try qualifiedTarget(edge, role) }
    if firstOfName[Int(edge.name.rawValue)] != 0, let found = inScope(edge.name, role, from: edge.from) { return found }
    let slot = Int(edge.name.rawValue) * EdgeRole.allCases.count + role.rawValue
    if bareAnswers[slot] == 0 { bareAnswers[slot] = keep(try bareTarget(edge.name, role)) }
    return answers[Int(bareAnswers[slot]) - 1]
  }

  private func keep(_ answer: ResolvedTarget) -> UInt32 {
    answers.append(answer)
    return UInt32(answers.count)
  }

  private func qualifiedTarget(_ edge: Edge, _ role: EdgeRole) throws(StoreError) -> ResolvedTarget {
    let qualifier = qualifier(edge.qualifier)
    let type = qualifier == .receiver ? enclosingType(of: edge.from) : Entity.noParent
    let use = QualifiedUse(name: edge.name, qualifier: edge.qualifier, role: role, type: type)
    if let known = qualifiedAnswers[use] { return answers[Int(known) - 1] }
    let answer: ResolvedTarget
    switch qualifier {
    case .receiver: answer = try member(edge.name, ofType: type, role)
    case .path(let path): answer = try member(edge.name, ofPath: path, role)
    case .expression: answer = try memberOfAnything(edge.name, role)
    }
    qualifiedAnswers[use] = keep(answer)
    return answer
  }

  private func qualifier(_ id: NameID) -> Qualifier {
    if let known = qualifiers[id] { return known }
    let qualifier = Qualifier(Array(facts.names[id]), language)
    qualifiers[id] = qualifier
    return qualifier
  }

  /// The files whose text this one takes in; what those take in does not count.
  func filesIncluded() throws(StoreError) -> Set<FileID> {
    if let includedFiles { return includedFiles }
    let files = try resolver.files(imports.included, from: outline)
    includedFiles = files
    return files
  }

  // MARK: Own entities

  /// Calls `body` with the entities of this file that bear a name, in source order.
  func forEachOwn(_ name: NameID, _ body: (EntityIndex) -> Void) {
    var next = firstOfName[Int(name.rawValue)]
    while next != 0 {
      body(next - 1)
      next = nextOfName[Int(next - 1)]
    }
  }

  func own(_ index: EntityIndex) -> Candidate { Candidate(outline: outline, index: index, isHidden: false) }

  /// The id of a name in this file's facts.
  func nameID(_ name: [UInt8]) -> NameID? {
    if nameSearch == nil {
      var names = facts.names
      names.index()
      nameSearch = names
    }
    return name.withUnsafeBytes { nameSearch!.id(of: $0) }
  }

  func entry(_ name: NameID) throws(StoreError) -> NameEntry {
    let range = facts.names.range(name)
    return try facts.names.bytes.withUnsafeBufferPointer { (all) throws(StoreError) in
      try resolver.entry(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: all[range])))
    }
  }
}
