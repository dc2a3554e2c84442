public import Graph
public import Store

/// Says what the edges of one file mean. Belongs to its ``Resolver``'s thread.
public final class FileResolver {
  let resolver: Resolver
  let outline: FileOutline
  let facts: FileFacts
  let language: LanguageTraits
  let imports: ImportBindings
  /// True where members of the enclosing type are meant by their names alone: no qualifier is one of the receivers.
  let membersNeedNoQualifier: Bool
  /// Lengths, each a bit, of the words for what is around a use; the last bit for all from 63 bytes on.
  private let lengthsOfWords: UInt64
  /// Those of the facts first, then names that were looked for.
  private(set) var names: NameTable
  private var isIndexed = false
  /// First entity of a name + 1, by ``NameID``; 0 for none.
  private var firstOfName: [EntityIndex]
  /// The next entity of the same name + 1, by index.
  private var nextOfName: [EntityIndex]
  /// Number + 1 in `answers` of what a bare name means beyond this file, by name and role; empty where few are asked for.
  private var bareAnswers: [UInt32]
  private var bareAnswersByUse: [BareUse: UInt32] = [:]
  private var qualifiedAnswers: [QualifiedUse: UInt32] = [:]
  private var answers: [Meaning] = []
  private var expressions: [NameID: ValueExpression?] = [:]

  /// Filled when first asked for.
  var includedFiles: IncludedFiles?

  private struct BareUse: Hashable {
    let name: NameID
    let use: Use
    /// The namespaces around it.
    let module: EntityIndex
  }

  private struct QualifiedUse: Hashable {
    let name: NameID
    let qualifier: NameID
    let receiver: NameID
    let isPath: Bool
    let use: Use
    let type: EntityIndex
  }

  init(_ resolver: Resolver, _ outline: FileOutline, _ facts: FileFacts, _ language: LanguageTraits) {
    self.resolver = resolver
    self.outline = outline
    self.facts = facts
    self.language = language
    names = facts.names
    imports = ImportBindings(facts, rule: language.imports)
    membersNeedNoQualifier = language.receivers.contains("")
    lengthsOfWords = language.receivers.union(language.bases).reduce(0) { $0 | Self.bit(ofLength: $1.utf8.count) }
    firstOfName = [EntityIndex](repeating: 0, count: facts.names.count)
    nextOfName = [EntityIndex](repeating: 0, count: facts.entities.count)
    // Of a file with few edges that would be more than all answers.
    let isSparse = facts.edges.count < facts.names.count / 4
    bareAnswers = [UInt32](repeating: 0, count: isSparse ? 0 : facts.names.count * EdgeRole.allCases.count)
    for index in facts.entities.indices.reversed() {
      let name = Int(facts.entities[index].name.rawValue)
      nextOfName[index] = firstOfName[name]
      firstOfName[name] = EntityIndex(index) + 1
    }
  }

  /// What an edge of this file means. O(1) for most, since uses of one name mostly mean the same.
  public func target(of edge: Edge) throws(StoreError) -> ResolvedTarget { try meaning(of: edge, .everywhere).target }

  /// How far a name is followed.
  enum Lookup: Hashable {
    case everywhere
    /// Not into what types are made from, nor into what values are of: for names on which these themselves depend.
    case declared
  }

  func meaning(of edge: Edge, _ lookup: Lookup) throws(StoreError) -> Meaning {
    guard let role = EdgeRole(edge, language) else { return resolver.external }
    if edge.kind == .imports { return try importMeaning(edge) }
    let use = Use(role: role, arguments: edge.arguments)
    if edge.qualifier == .none { return try bareMeaning(edge.name, use, from: edge.from, lookup) }
    // Whatever stands before the name is looked for from the type or test around, so that all uses in it mean the same.
    let type = surroundings(of: edge.from)
    if lookup == .declared {
      let path = expression(edge.qualifier)?.path
      return try path.map { path throws(StoreError) in
        try member(edge.name, ofPath: path, use, edge, from: type, lookup)
      }
        ?? resolver.external
    }
    let key = QualifiedUse(
      name: edge.name, qualifier: edge.qualifier, receiver: edge.receiver, isPath: edge.isPath, use: use, type: type)
    if let known = qualifiedAnswers[key] { return answers[Int(known) - 1] }
    let answer = try qualifiedMeaning(edge, use, from: type)
    qualifiedAnswers[key] = keep(answer)
    return answer
  }

  private func keep(_ answer: Meaning) -> UInt32 {
    answers.append(answer)
    return UInt32(answers.count)
  }

  /// What a name by itself means.
  func bareMeaning(
    _ name: NameID, _ use: Use, from: EntityIndex, _ lookup: Lookup
  ) throws(StoreError) -> Meaning {
    if use.isCall, let made = try constructorByWord(name, use, from: from) { return made }
    let own = hasOwn(name) ? inScope(name, use, from: from) : nil
    if lookup == .everywhere, membersNeedNoQualifier,
      let inherited = try inherited(
        name, use, from: from, deeperThan: own.map { $0.fits ? $0.depth : $0.depth - 1 } ?? -1)
    {
      return inherited
    }
    guard let own else { return try beyond(name, use, from: from) }
    // A variable that an import sets further down is what that brings in.
    if own.meaning.candidates.allSatisfy({ $0.entry.kind == .variable && isSet($0.index, byImportOf: name) }),
      let set = try bound(name, use), !set.candidates.isEmpty
    {
      return set
    }
    if own.isApart {
      // Only where a name means what stands anywhere in the tree, what another test holds may be meant.
      let further = try beyond(name, use, from: from)
      return further.isExternal && language.sharing == .tree ? own.meaning : further
    }
    // A type's pieces stand for it where it is not itself to be found.
    if use.role == .mention, own.meaning.candidates.allSatisfy(\.entry.kind.standsForType) {
      let type = try beyond(name, use, from: from)
      if type.candidates.count == 1, !type.candidates[0].entry.kind.standsForType { return type }
    }
    return own.meaning
  }

  private func isSet(_ variable: EntityIndex, byImportOf name: NameID) -> Bool {
    guard imports.bindings[[text(name)]] != nil else { return false }
    let row = facts.entities[Int(variable)].span.start.row
    return facts.edges.contains {
      $0.kind == .imports && ($0.alias == .none ? $0.name : $0.alias) == name && $0.position.row > row
    }
  }

  /// What it means outside of the file's own scopes.
  func beyond(_ name: NameID, _ use: Use, from: EntityIndex) throws(StoreError) -> Meaning {
    let module = namespacesMatter ? enclosingModule(of: from) : Entity.noParent
    let slot = Int(name.rawValue) * EdgeRole.allCases.count + use.role.rawValue
    if module == Entity.noParent, use.arguments == Edge.unknownCount, slot < bareAnswers.count {
      if bareAnswers[slot] == 0 { bareAnswers[slot] = keep(try foreign(name, use, module)) }
      return answers[Int(bareAnswers[slot]) - 1]
    }
    let key = BareUse(name: name, use: use, module: module)
    if let known = bareAnswersByUse[key] { return answers[Int(known) - 1] }
    let answer = try foreign(name, use, module)
    bareAnswersByUse[key] = keep(answer)
    return answer
  }

  func expression(_ id: NameID) -> ValueExpression? {
    if let known = expressions[id] { return known }
    let expression = ValueExpression(names[id], separator: language.separator)
    expressions[id] = expression
    return expression
  }

  // MARK: Own entities

  func hasOwn(_ name: NameID) -> Bool { Int(name.rawValue) < firstOfName.count && firstOfName[Int(name.rawValue)] != 0 }

  /// Calls `body` with the entities of this file that bear a name, in source order.
  func forEachOwn(_ name: NameID, _ body: (EntityIndex) -> Void) {
    guard hasOwn(name) else { return }
    var next = firstOfName[Int(name.rawValue)]
    while next != 0 {
      body(next - 1)
      next = nextOfName[Int(next - 1)]
    }
  }

  func own(_ index: EntityIndex) -> Candidate { Candidate(outline: outline, index: index, isHidden: false) }

  // MARK: Names

  /// The id of a name here, whether the file's facts hold it or not.
  func id(_ name: [UInt8]) -> NameID {
    if !isIndexed {
      names.index()
      isIndexed = true
    }
    return names.intern(name)
  }

  private static func bit(ofLength length: Int) -> UInt64 { 1 << UInt64(min(length, 63)) }

  /// False for what is surely none of the words for what is around a use, and costs nothing to ask.
  func mayBeWord(_ name: NameID) -> Bool { lengthsOfWords & Self.bit(ofLength: names.range(name).count) != 0 }

  func text(_ name: NameID) -> [UInt8] { Array(names[name]) }

  func entry(_ name: NameID) throws(StoreError) -> NameEntry {
    let range = names.range(name)
    return try names.bytes.withUnsafeBufferPointer { (all) throws(StoreError) in
      try resolver.entry(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: all[range])))
    }
  }
}
