import Graph
import Store

/// What a type is made from: what it inherits from and implements.
struct Bases {
  var types: [Candidate] = []
  /// Of the least sure of them.
  var resolution = Resolution.scope
}

enum MemberSearch {
  case found(Meaning)
  case absent
}

// Members, by type.
extension Resolver {
  /// Levels of inheritance that are searched.
  private static let deepest = 32

  /// The nearest members of a name, from some types up through what they are made from.
  func member(
    _ entry: NameEntry, of types: [Candidate], _ use: Use, seenFrom asker: FileResolver
  ) throws(StoreError) -> MemberSearch {
    guard try entry.mayBeHeld(family: asker.outline.family) else { return .absent }
    var level = types
    var seen: [Candidate] = []
    var resolution = Resolution.scope
    var nearest: Meaning?
    for _ in 0..<Self.deepest where !level.isEmpty {
      var held: [Candidate] = []
      for type in level {
        for candidate in try inFiles(of: type, entry, seenFrom: asker) where candidate.isHeld {
          if held.contains(where: { $0.isSame(candidate) }) { continue }
          if try holds(type, candidate) { held.append(candidate) }
        }
      }
      if let found = Meaning.best(held, use, .scope)?.through(resolution) {
        if found.takes(use.arguments) { return .found(found) }
        // One further up may take as many arguments as are given.
        if nearest == nil { nearest = found }
      }
      seen += level
      var next: [Candidate] = []
      for type in level {
        let bases = try bases(of: type)
        if bases.resolution.rank > resolution.rank { resolution = bases.resolution }
        for base in bases.types
        where !seen.contains(where: { $0.isSame(base) }) && !next.contains(where: { $0.isSame(base) }) {
          next.append(base)
        }
      }
      level = next
    }
    return nearest.map { .found($0) } ?? .absent
  }

  /// Those that may stand in a type or in a piece of it, which bears the same name: by their files.
  private func inFiles(
    of type: Candidate, _ entry: NameEntry, seenFrom asker: FileResolver
  ) throws(StoreError) -> [Candidate] {
    let (family, file) = (asker.outline.family, asker.outline.file)
    // What has no name has no pieces.
    if type.name.isEmpty { return try entry.visible(family: family, from: file, in: [type.outline.file]) }
    return try entry.visible(family: family, from: file, beside: try self.entry(Array(type.name)))
  }

  /// True if an entity stands in a type, or in a piece of it.
  private func holds(_ type: Candidate, _ member: Candidate) throws(StoreError) -> Bool {
    guard let parent = member.holder else { return false }
    if try isPart(parent, of: type) { return true }
    // What stands in something open, or in a companion, is held by what is around that too.
    guard !parent.entry.flags.isDisjoint(with: [.open, .companion]), let around = parent.holder else { return false }
    return try isPart(around, of: type)
  }

  /// True for a type itself, and for a piece of it.
  private func isPart(_ part: Candidate, of type: Candidate) throws(StoreError) -> Bool {
    if part.isSame(type) { return true }
    guard part.name == type.name, part.outline.container(part.index) != nil else { return false }
    return try isPiece(part, Array(part.name), of: type)
  }

  /// True for an extension of a type, and for one more piece of one that may be written in several.
  private func isPiece(_ piece: Candidate, _ name: [UInt8], of type: Candidate) throws(StoreError) -> Bool {
    guard piece.outline.family == type.outline.family, type.name == name[...] else { return false }
    let extends = piece.entry.kind.extendsType || type.entry.kind.extendsType
    if !extends {
      guard piece.entry.kind == type.entry.kind else { return false }
      if !piece.outline.joinsPieces { return standsBeside(piece, type) }
      return piece.outline.scope(around: piece.index) == type.outline.scope(around: type.index)
    }
    if standsBeside(piece, type) { return true }
    // A piece in a piece (`extension A.B`) is of the type that stands in what that is of.
    if let outer = piece.holder, outer.entry.kind.extendsType, let around = type.holder,
      try isPart(outer, of: around)
    {
      return true
    }
    let namesakes = try entry(name).candidates(family: type.outline.family).filter { $0.entry.kind.isType }
    if namesakes.count <= 1 { return true }
    // Of several types of that name the piece is of the one that its own file means.
    let context = try context(piece.outline.file)
    let meant = try context.bareMeaning(context.id(name), Use(role: .base), from: piece.entry.parent, .declared)
    if meant.candidates.contains(where: { $0.isSame(type) }) { return true }
    guard type.entry.kind.extendsType else { return false }
    if meant.candidates.isEmpty { return true }
    // Two pieces are of one type if both files can mean it.
    let other = try self.context(type.outline.file)
    let wanted = try other.bareMeaning(other.id(name), Use(role: .base), from: type.entry.parent, .declared)
    return wanted.candidates.contains { type in meant.candidates.contains { $0.isSame(type) } }
  }

  /// True in one scope of one file.
  private func standsBeside(_ a: Candidate, _ b: Candidate) -> Bool {
    a.outline.file == b.outline.file && a.outline.scope(around: a.index) == b.outline.scope(around: b.index)
      && a.outline.test(around: a.index) == b.outline.test(around: b.index)
  }

  /// True if something stands in an entity, or, of a value of which nothing is said, in a piece beside it: a table to which
  /// functions are added.
  func holdsMembers(_ entity: Candidate) throws(StoreError) -> Bool {
    if entity.outline.container(entity.index) != nil { return true }
    guard try context(entity.outline.file).facts.entities[Int(entity.index)].type == .none else { return false }
    return try entry(Array(entity.name)).candidates(family: entity.outline.family).contains {
      $0.entry.kind.extendsType && standsBeside($0, entity)
    }
  }

  /// Those of what types are made from that bear a name: several where that may be one of several.
  func bases(_ name: [UInt8], of types: [Candidate]) throws(StoreError) -> [Candidate] {
    var found: [Candidate] = []
    for type in types {
      let named = try bases(of: type).types.filter { $0.name == name[...] }
      found += named.filter { base in !found.contains { $0.isSame(base) } }
    }
    return found
  }

  func bases(of type: Candidate) throws(StoreError) -> Bases {
    let key = TypeKey(file: type.outline.file, index: type.index)
    if let known = knownBases[key] { return known }
    var bases = Bases()
    let name = Array(type.name)
    try addBases(of: type, to: &bases)
    for piece in try pieces(of: type, name) { try addBases(of: piece, to: &bases) }
    // Of a piece, what it is a piece of.
    if let whole = try whole(of: type, name) { bases.add(whole.types, whole.resolution) }
    knownBases[key] = bases
    return bases
  }

  /// The other pieces of a type.
  func pieces(of type: Candidate, _ name: [UInt8]) throws(StoreError) -> [Candidate] {
    var pieces: [Candidate] = []
    for piece in try entry(name).candidates(family: type.outline.family)
    where (piece.entry.kind.extendsType || piece.entry.kind == type.entry.kind) && !piece.isSame(type) {
      if try isPiece(piece, name, of: type) { pieces.append(piece) }
    }
    return pieces
  }

  /// What an extension extends; nil for what is none.
  func whole(of piece: Candidate, _ name: [UInt8]) throws(StoreError) -> Bases? {
    guard piece.entry.kind.extendsType else { return nil }
    let context = try context(piece.outline.file)
    let whole = try whole(of: piece, name, context)
    var bases = Bases()
    bases.add(
      try context.followed(whole.candidates.filter { $0.entry.kind.isType && !$0.isSame(piece) }), whole.resolution)
    return bases
  }

  private func addBases(of type: Candidate, to bases: inout Bases) throws(StoreError) {
    let context = try context(type.outline.file)
    for edge in context.facts.edges
    where edge.from == type.index && (edge.kind == .inherits || edge.kind == .implements) {
      let meaning = try context.meaning(of: edge, .declared)
      bases.add(try context.followed(meaning.candidates.filter { !$0.isSame(type) }), meaning.resolution)
    }
  }

  /// What a piece is a piece of.
  private func whole(of piece: Candidate, _ name: [UInt8], _ context: FileResolver) throws(StoreError) -> Meaning {
    if let outer = piece.holder, outer.entry.kind.extendsType {
      var inside: [Candidate] = []
      for type in try entry(name).candidates(family: piece.outline.family) where type.entry.kind.isType {
        if let around = type.holder, try isPart(outer, of: around) { inside.append(type) }
      }
      if let found = Meaning.best(inside, Use(role: .base), .unique) { return found }
    }
    return try context.bareMeaning(context.id(name), Use(role: .base), from: piece.entry.parent, .declared)
  }

  func constructors(of type: Candidate) throws(StoreError) -> [Candidate] {
    let outline = type.outline
    return outline.entries.indices.lazy
      .filter { outline.entries[$0].kind == .constructor && outline.entries[$0].parent == type.index }
      .map { Candidate(outline: outline, index: EntityIndex($0), isHidden: false) }
  }

  struct TypeKey: Hashable {
    let file: FileID
    let index: EntityIndex
  }
}

extension Bases {
  fileprivate mutating func add(_ more: [Candidate], _ resolution: Resolution) {
    for type in more where !types.contains(where: { $0.isSame(type) }) { types.append(type) }
    if !more.isEmpty, resolution.rank > self.resolution.rank { self.resolution = resolution }
  }
}

extension Candidate {
  func isSame(_ other: Candidate) -> Bool { index == other.index && outline.file == other.outline.file }
}

extension FileResolver {
  /// Of entities what has members: of an alias what it stands for.
  func followed(_ entities: [Candidate]) throws(StoreError) -> [Candidate] {
    var types: [Candidate] = []
    for entity in entities {
      if entity.entry.kind == .typeAlias,
        case .types(let followed, _) = try holder(of: [entity], isCalled: false, depth: 0)
      {
        types += followed
      } else if entity.entry.kind.hasMembers || entity.entry.kind.isModule {
        types.append(entity)
      }
    }
    return types
  }
}
