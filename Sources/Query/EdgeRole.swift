import Graph

/// What a name is used as, which decides the kinds of entities that it can mean.
enum EdgeRole: Int, CaseIterable {
  case call
  case mention
  case base
  /// A call, in a language in which none means a value.
  case command
  /// A call that makes an instance of a type.
  case making

  /// Nil for `contains`, which needs no resolving.
  init?(_ edge: Edge, _ language: LanguageTraits) {
    switch edge.kind {
    case .contains: return nil
    case .calls where edge.makes: self = .making
    case .calls: self = language.callsMeanValues ? .call : .command
    case .references, .imports: self = .mention
    case .inherits, .implements: self = .base
    }
  }

  static let tiers = 3

  /// Of the entities within reach those of the least tier are meant; nil for a kind that never is.
  func tier(_ kind: EntityKind) -> Int? {
    switch self {
    case .call:
      if kind.isCallable { return 0 }
      // A type's name called makes an instance; a variable's calls what it points to.
      return kind == .object ? 2 : kind.isType ? 1 : kind.holdsValue ? 2 : nil
    case .command:
      if kind.isCallable { return 0 }
      // An enum's member that is called makes an instance, as a type does.
      return kind.isType ? 1 : kind == .enumMember ? 2 : nil
    case .making:
      return kind == .constructor ? 0 : kind.isType && kind != .object ? 1 : nil
    case .mention:
      // Of a class and the object of its name the class.
      return kind.standsForType || kind == .object ? 1 : 0
    case .base:
      if kind.isType { return kind == .object ? 1 : 0 }
      // A constructor bears its type's name, and a member may.
      if kind.isAlwaysMember { return nil }
      // A mixed-in module; a type made by a call and held in a variable.
      return kind.isModule && kind != .package || kind.isCallable || kind.holdsValue ? 1 : nil
    }
  }
}

extension EntityKind {
  var holdsValue: Bool {
    switch self {
    case .variable, .constant, .field, .property, .enumMember, .event: true
    default: false
    }
  }

  /// Bears the name of the type that it belongs to, which is what is meant by it.
  var standsForType: Bool { self == .constructor || self == .destructor || extendsType }

  /// A further piece of a type that is defined elsewhere.
  var extendsType: Bool { self == .impl || self == .extension }

  var isModule: Bool { self == .module || self == .namespace || self == .package }

  /// True for kinds whose children are its members, which a qualifier or a receiver leads to.
  var hasMembers: Bool { isType || extendsType }

  /// True for kinds that are called without looking so.
  var isAccessor: Bool { self == .accessor || self == .getter || self == .setter }

  /// True for kinds that belong to a type, whatever stands around them.
  var isAlwaysMember: Bool {
    switch self {
    case .method, .constructor, .destructor, .accessor, .getter, .setter, .field, .property, .subscript: true
    default: false
    }
  }
}

/// From where an entity can be meant without more being said.
enum Standing: UInt8 {
  /// By its name, from anywhere.
  case open
  /// Through the type or value it belongs to.
  case member
  /// Within the function it stands in.
  case local
}
