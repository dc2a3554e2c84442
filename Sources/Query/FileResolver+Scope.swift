import Graph
import Store

// What a name means by where it stands.
extension FileResolver {
  /// What a name means by the scopes of the file.
  struct InScope {
    let meaning: Meaning
    /// How deep the scope lies: 0 for the top of the file.
    let depth: Int
    /// True if they take as many arguments as are given.
    let fits: Bool
    /// True if they stand in a test that is not around the use.
    let isApart: Bool
  }

  /// The entities of a name in the innermost enclosing scope that has some of such a kind; nil if none has.
  func inScope(_ name: NameID, _ use: Use, from: EntityIndex) -> InScope? {
    var nearest: Place?
    var candidates: [Candidate] = []
    forEachOwn(name) { index in
      guard use.role.tier(facts.entities[Int(index)].kind) != nil, let place = place(of: index, seenFrom: from) else {
        return
      }
      if nearest.map({ $0 < place }) ?? true {
        nearest = place
        candidates.removeAll(keepingCapacity: true)
      }
      if place == nearest { candidates.append(own(index)) }
    }
    guard let nearest, let meaning = Meaning.best(candidates, use, .scope) else { return nil }
    return InScope(
      meaning: meaning, depth: nearest.depth, fits: meaning.takes(use.arguments), isApart: nearest.isApart)
  }

  /// Where a scope lies, seen from a use. The less is looked in later.
  private struct Place: Comparable {
    var depth: Int
    var isApart = false

    static func < (a: Place, b: Place) -> Bool { a.isApart == b.isApart ? a.depth < b.depth : a.isApart }
  }

  /// A member of a type around the use, or of what such a type is made from, where that lies deeper than a scope.
  func inherited(
    _ name: NameID, _ use: Use, from: EntityIndex, deeperThan limit: Int
  ) throws(StoreError) -> Meaning? {
    let entry = try entry(name)
    guard try entry.mayBeHeld(family: outline.family) else { return nil }
    var around = from
    while around != Entity.noParent, depth(around) > limit {
      if facts.entities[Int(around)].kind.hasMembers,
        case .found(let meaning) = try resolver.member(entry, of: [own(around)], use, seenFrom: self)
      {
        return meaning
      }
      around = facts.entities[Int(around)].parent
    }
    return nil
  }

  /// The scope that an entity is in, if that is around `from`. What stands in something transparent is in that, seen from
  /// there, and in what is around it for the others; but of a test, which is a scope though it qualifies no name, apart.
  private func place(of index: EntityIndex, seenFrom from: EntityIndex) -> Place? {
    let entry = outline.entries[Int(index)]
    if entry.standing == .member, !membersNeedNoQualifier { return nil }
    var parent = holder(of: index)
    var isApart = false
    while parent != Entity.noParent {
      var around = from
      while around != Entity.noParent {
        if around == parent || isSamePlace(around, parent) { return Place(depth: depth(around), isApart: isApart) }
        around = facts.entities[Int(around)].parent
      }
      let outer = facts.entities[Int(parent)]
      guard language.isTransparent(outer) else { return nil }
      if outer.kind == .test { isApart = true }
      parent = outer.parent
    }
    return Place(depth: 0, isApart: isApart)
  }

  private func depth(_ index: EntityIndex) -> Int {
    var depth = 0
    var around = index
    while around != Entity.noParent {
      depth += 1
      around = facts.entities[Int(around)].parent
    }
    return depth
  }

  /// What an entity's name is looked for in.
  private func holder(of index: EntityIndex) -> EntityIndex {
    let entity = facts.entities[Int(index)]
    guard entity.kind == .constructor, entity.parent != Entity.noParent else { return entity.parent }
    // It is found where its type is.
    let type = facts.entities[Int(entity.parent)]
    return type.name == entity.name ? type.parent : entity.parent
  }

  /// Two pieces of one type or one namespace.
  private func isSamePlace(_ a: EntityIndex, _ b: EntityIndex) -> Bool {
    let (x, y) = (facts.entities[Int(a)], facts.entities[Int(b)])
    return x.name == y.name && x.kind.isPlace && y.kind.isPlace
      && outline.address(around: a) == outline.address(around: b)
  }

  /// The innermost type around an entity, or else module; ``Entity/noParent`` if there is none.
  func enclosingType(of from: EntityIndex) -> EntityIndex { innermost(from, orTest: false) }

  /// The innermost type or test around an entity, or else module: what stands before a name is looked for from there.
  func surroundings(of from: EntityIndex) -> EntityIndex { innermost(from, orTest: true) }

  private func innermost(_ from: EntityIndex, orTest: Bool) -> EntityIndex {
    var around = from
    while around != Entity.noParent {
      let entity = facts.entities[Int(around)]
      if entity.kind.hasMembers || orTest && entity.kind == .test { return around }
      // Of a type without a name the function that makes it holds the members.
      if entity.kind.isAlwaysMember, entity.parent != Entity.noParent,
        facts.entities[Int(entity.parent)].kind == .function
      {
        return entity.parent
      }
      around = entity.parent
    }
    return enclosingModule(of: from)
  }

  /// The innermost module or namespace around an entity; ``Entity/noParent`` if there is none.
  func enclosingModule(of from: EntityIndex) -> EntityIndex {
    var around = from
    while around != Entity.noParent, !facts.entities[Int(around)].kind.isModule {
      around = facts.entities[Int(around)].parent
    }
    return around
  }
}

extension EntityKind {
  /// True for kinds of which one entity may be defined in several pieces.
  fileprivate var isPlace: Bool { hasMembers || isModule }
}
