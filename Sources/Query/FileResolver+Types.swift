import Graph
import Store

/// Of what the members are to be looked for.
enum Holder {
  case types([Candidate], Resolution)
  /// Known, and not in the tree.
  case outside
  case unknown
}

// What values are of.
extension FileResolver {
  /// How many values may lead from one to the next. What lies further is not followed, so that no two values that are set
  /// to each other lead in a circle.
  private static let deepest = 6
  /// A value that may be of more types than these is of an unknown one.
  private static let mostTypes = 8

  /// What an expression is of. `from` is the type or test around it.
  func holder(
    _ expression: ValueExpression, receiver: NameID, from: EntityIndex, depth: Int
  ) throws(StoreError) -> Holder {
    guard depth < Self.deepest else { return .unknown }
    var holder: Holder
    var rest = expression.parts.dropFirst()
    if receiver == .none, let through = try throughFile(expression.parts, depth: depth) {
      (holder, rest) = through
    } else {
      holder = try head(expression.parts[0], receiver: receiver, from: from, depth: depth)
    }
    for part in rest {
      guard case .types(let types, let resolution) = holder else { return holder }
      let use = Use(role: part.isCalled ? .call : .mention)
      let member: Meaning
      if case .found(let own) = try resolver.member(try entry(id(part.name)), of: types, use, seenFrom: self) {
        member = own
      } else if case let bases = part.isCalled ? [] : try resolver.bases(part.name, of: types), !bases.isEmpty {
        // What is embedded bears its type's name.
        holder = .types(bases, bases.count > 1 ? .ambiguous : resolution)
        continue
      } else {
        member = try extending(id(part.name), use, from: from)
      }
      if try giveReceiver(member.candidates) { continue }
      holder = try self.holder(of: member.candidates, isCalled: part.isCalled, depth: depth + 1)
      if case .types(let types, let own) = holder {
        holder = .types(types, own.rank > resolution.rank ? own : resolution)
      }
    }
    return holder
  }

  /// True if members give what they are called on (`return this`), which may be more than the type that they stand in.
  private func giveReceiver(_ members: [Candidate]) throws(StoreError) -> Bool {
    for member in members {
      let context = try resolver.context(member.outline.file)
      let type = context.facts.entities[Int(member.index)].type
      guard type != .none, member.entry.kind.isCallable else { return false }
      let text = context.text(type)
      let word = String(decoding: text.first == TypeText.valueMark ? text.dropFirst() : text[...], as: UTF8.self)
      guard !word.isEmpty, context.language.receivers.contains(word) else { return false }
    }
    return !members.isEmpty
  }

  /// What an expression is of as far as it leads through an imported file or directory, for which there is no entity, to
  /// the first that is one, and what is left of it.
  private func throughFile(
    _ parts: [ValueExpression.Part], depth: Int
  ) throws(StoreError) -> (Holder, ArraySlice<ValueExpression.Part>)? {
    guard imports.bindings[[parts[0].name]] != nil, !hasOwn(id(parts[0].name)) else { return nil }
    let names = parts.prefix { !$0.isCalled }.map(\.name)
    for count in 1..<max(1, min(names.count + 1, parts.count)) {
      let part = parts[count]
      let use = Use(role: part.isCalled ? .call : .mention)
      let name = id(part.name)
      let candidates = try entry(name).visible(family: outline.family, from: outline.file)
      guard case .found(let meaning) = try throughImport(Array(names[..<count]), name, candidates, use) else {
        continue
      }
      var holder = try holder(of: meaning.candidates, isCalled: part.isCalled, depth: depth + 1)
      if case .types(let types, let own) = holder, meaning.resolution.rank > own.rank {
        holder = .types(types, meaning.resolution)
      }
      return (holder, parts[(count + 1)...])
    }
    return nil
  }

  private func head(
    _ part: ValueExpression.Part, receiver: NameID, from: EntityIndex, depth: Int
  ) throws(StoreError) -> Holder {
    if receiver != .none {
      // What a local's call gives is not said.
      return part.isCalled ? .unknown : try types(text(receiver), from: from, depth: depth + 1)
    }
    let word = String(decoding: part.name, as: UTF8.self)
    if language.receivers.contains(word) { return typeAround(from) }
    if language.bases.contains(word) {
      guard case .types(let types, _) = typeAround(from) else { return .unknown }
      let bases = try resolver.bases(of: types[0])
      return bases.types.isEmpty ? .outside : .types(bases.types, bases.resolution)
    }
    let use = Use(role: part.isCalled ? .call : .mention)
    let meaning = try bareMeaning(id(part.name), use, from: from, depth == 0 ? .everywhere : .declared)
    if meaning.candidates.isEmpty {
      if part.isCalled, part.name.looksLikeType, try resolver.entry(part.name).isEmpty { return .outside }
      return imports.bindings[[part.name]] != nil ? .outside : .unknown
    }
    let holder = try holder(of: meaning.candidates, isCalled: part.isCalled, depth: depth + 1)
    if case .types(let types, let own) = holder, meaning.resolution.rank > own.rank {
      return .types(types, meaning.resolution)
    }
    return holder
  }

  /// What a receiver's word means; `from` is the type or test around it.
  private func typeAround(_ from: EntityIndex) -> Holder {
    let isInTest = from != Entity.noParent && facts.entities[Int(from)].kind == .test
    let type = isInTest ? enclosingType(of: from) : from
    return type == Entity.noParent ? .unknown : .types([own(type)], .scope)
  }

  /// What entities are, or hold, or give when called.
  func holder(of entities: [Candidate], isCalled: Bool, depth: Int) throws(StoreError) -> Holder {
    var entities = entities
    if !isCalled, entities.count > 1 {
      // A field beside a method of its name.
      let values = entities.filter { $0.entry.kind.holdsValue }
      if !values.isEmpty { entities = values }
    }
    guard depth < Self.deepest, !entities.isEmpty, entities.count <= Self.mostTypes else { return .unknown }
    var found: [Candidate] = []
    var resolution = Resolution.scope
    for entity in entities {
      let kind = entity.entry.kind
      if kind == .typeAlias {
        guard case .types(let types, let own) = try declaredType(of: entity, depth: depth) else {
          found.append(entity)
          continue
        }
        found += types
        if own.rank > resolution.rank { resolution = own }
      } else if kind.hasMembers || kind.isModule {
        found.append(entity)
      } else if kind == .constructor || kind == .enumMember {
        guard entity.entry.parent != Entity.noParent else { return .unknown }
        found.append(Candidate(outline: entity.outline, index: entity.entry.parent, isHidden: false))
      } else if kind.holdsValue || kind.isAccessor ? !isCalled : isCalled {
        let holder = try declaredType(of: entity, depth: depth)
        if case .unknown = holder,
          try kind.holdsValue ? resolver.holdsMembers(entity) : kind == .function && entity.holdsMembers
        {
          // Its type, or the type that it makes, has no name but its own.
          found.append(entity)
          continue
        }
        guard case .types(let types, let own) = holder else {
          if entities.count == 1 { return holder }
          return .unknown
        }
        found += types
        if own.rank > resolution.rank { resolution = own }
      } else {
        return .unknown
      }
    }
    var unique: [Candidate] = []
    for type in found where !unique.contains(where: { $0.isSame(type) }) { unique.append(type) }
    return .types(unique, unique.count > 1 ? .ambiguous : resolution)
  }

  private func declaredType(of entity: Candidate, depth: Int) throws(StoreError) -> Holder {
    let context = try resolver.context(entity.outline.file)
    let type = context.facts.entities[Int(entity.index)].type
    if type == .none { return .unknown }
    let around = entity.entry.kind.isAlwaysMember ? entity.index : entity.entry.parent
    return try context.types(context.text(type), from: context.surroundings(of: around), depth: depth + 1)
  }

  /// What a text in the form of `Entity.type` says.
  func types(_ text: [UInt8], from: EntityIndex, depth: Int) throws(StoreError) -> Holder {
    guard depth < Self.deepest, let first = text.first else { return .unknown }
    if first == TypeText.valueMark {
      let end = text.firstIndex(of: TypeText.localMark) ?? text.endIndex
      guard let expression = ValueExpression(text[1..<end], separator: language.separator) else {
        let isNumber = end > 1 && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[1])
        return isNumber && language.trustsMembers ? .outside : .unknown
      }
      let receiver = end < text.endIndex ? id(Array(text[(end + 1)...])) : NameID.none
      return try holder(expression, receiver: receiver, from: from, depth: depth)
    }
    guard let type = TypeName(text[...], separator: language.separator), let name = type.path.last else {
      return .unknown
    }
    let word = String(decoding: name, as: UTF8.self)
    if language.wrappers.contains(word), let argument = type.argument {
      return try types(Array(argument), from: from, depth: depth + 1)
    }
    if type.path.count == 1, language.receivers.contains(word) { return typeAround(from) }
    let meaning = try meaning(ofType: type.path, from: from)
    let types = meaning.candidates.filter { $0.entry.kind.hasMembers || $0.entry.kind == .typeAlias }
    if types.isEmpty {
      // One letter is what a parameter for types is called.
      return meaning.candidates.isEmpty && (name.count > 1 || type.path.count > 1) ? .outside : .unknown
    }
    guard case .types(let followed, let own) = try holder(of: types, isCalled: false, depth: depth + 1) else {
      return .unknown
    }
    return .types(followed, own.rank > meaning.resolution.rank ? own : meaning.resolution)
  }

  private func meaning(ofType path: [[UInt8]], from: EntityIndex) throws(StoreError) -> Meaning {
    let name = id(path[path.count - 1])
    let use = Use(role: .base)
    if path.count == 1 { return try bareMeaning(name, use, from: from, .declared) }
    let edge = Edge(kind: .inherits, from: from, name: name, isPath: true, position: Position(row: 0, column: 0))
    return try member(name, ofPath: Array(path.dropLast()), use, edge, from: from, .declared)
  }

  /// What a call of a word like `this` or `super` itself makes; nil for any other name.
  func constructorByWord(_ name: NameID, _ use: Use, from: EntityIndex) throws(StoreError) -> Meaning? {
    guard mayBeWord(name) else { return nil }
    let word = String(decoding: text(name), as: UTF8.self)
    let isBase = language.bases.contains(word)
    guard isBase || !word.isEmpty && language.receivers.contains(word) else { return nil }
    // Where the word is itself called to come to the members of a base, it calls nothing of the tree.
    if isBase, language.bases.contains(word + "()") { return resolver.external }
    let type = enclosingType(of: from)
    guard type != Entity.noParent else { return resolver.external }
    let bases = isBase ? try resolver.bases(of: own(type)) : nil
    let types = bases?.types ?? [own(type)]
    // The same method of what the type is made from, where a word says no more than that.
    if isBase, let method = enclosingMethod(of: from), facts.entities[Int(method)].kind != .constructor,
      case .found(let meaning) = try resolver.member(
        try entry(facts.entities[Int(method)].name), of: types, use, seenFrom: self)
    {
      return meaning.through(bases!.resolution)
    }
    var constructors: [Candidate] = []
    for type in types { constructors += try resolver.constructors(of: type) }
    return (Meaning.best(constructors, use, .scope) ?? Meaning.best(types, use, .scope))?
      .through(bases?.resolution ?? .scope) ?? resolver.external
  }

  private func enclosingMethod(of from: EntityIndex) -> EntityIndex? {
    var around = from
    while around != Entity.noParent, !facts.entities[Int(around)].kind.isCallable {
      if facts.entities[Int(around)].kind.hasMembers { return nil }
      around = facts.entities[Int(around)].parent
    }
    return around == Entity.noParent ? nil : around
  }
}
