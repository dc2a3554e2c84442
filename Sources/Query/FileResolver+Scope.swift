import Graph
import Store

// What a name means by where it stands.
extension FileResolver {
  /// The entities of a name in the innermost enclosing scope that has some of such a kind, how deep that lies, and whether
  /// they take as many arguments as are given; nil if none has.
  func inScope(_ name: NameID, _ use: Use, from: EntityIndex) -> (meaning: Meaning, depth: Int, fits: Bool)? {
    var innermost = -1
    var candidates: [Candidate] = []
    forEachOwn(name) { index in
      guard use.role.tier(facts.entities[Int(index)].kind) != nil, let depth = depth(of: index, seenFrom: from) else {
        return
      }
      if depth > innermost {
        innermost = depth
        candidates.removeAll(keepingCapacity: true)
      }
      if depth == innermost { candidates.append(own(index)) }
    }
    return Meaning.best(candidates, use, .scope).map { ($0, innermost, $0.takes(use.arguments)) }
  }

  /// A member of a type around the use, or of what such a type is made from, where that lies deeper than a scope.
  func inherited(
    _ name: NameID, _ use: Use, from: EntityIndex, deeperThan limit: Int
  ) throws(StoreError) -> Meaning? {
    let entry = try entry(name)
    guard entry.isHeld else { return nil }
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

  /// How deep the scope lies that an entity is in, if that is around `from`: 0 for the top of the file.
  private func depth(of index: EntityIndex, seenFrom from: EntityIndex) -> Int? {
    let entry = outline.entries[Int(index)]
    if entry.standing == .member, !membersNeedNoQualifier { return nil }
    let parent = scope(around: index)
    guard parent != Entity.noParent else { return 0 }
    var around = from
    while around != Entity.noParent {
      if around == parent || isSamePlace(around, parent) { return depth(around) }
      around = facts.entities[Int(around)].parent
    }
    return nil
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

  /// The entity whose scope an entity's name is in.
  private func scope(around index: EntityIndex) -> EntityIndex {
    let entity = facts.entities[Int(index)]
    var parent = entity.parent
    if entity.kind == .constructor, parent != Entity.noParent, facts.entities[Int(parent)].name == entity.name {
      // It is found where its type is.
      parent = facts.entities[Int(parent)].parent
    }
    while parent != Entity.noParent, language.transparent.contains(facts.entities[Int(parent)].kind) {
      parent = facts.entities[Int(parent)].parent
    }
    return parent
  }

  /// Two pieces of one type or one namespace.
  private func isSamePlace(_ a: EntityIndex, _ b: EntityIndex) -> Bool {
    let (x, y) = (facts.entities[Int(a)], facts.entities[Int(b)])
    return x.name == y.name && x.kind.isPlace && y.kind.isPlace
      && outline.address(around: a) == outline.address(around: b)
  }

  /// The innermost type around an entity, or else module; ``Entity/noParent`` if there is none.
  func enclosingType(of from: EntityIndex) -> EntityIndex {
    var around = from
    while around != Entity.noParent {
      if facts.entities[Int(around)].kind.hasMembers { return around }
      around = facts.entities[Int(around)].parent
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
