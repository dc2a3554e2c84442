/// What an entity is: the names of the SCIP protocol's symbol kinds. The raw value is what the store holds, so numbers
/// are only ever added.
public enum EntityKind: UInt8, CaseIterable, Sendable {
  case function = 1
  case method = 2
  case constructor = 3
  case `class` = 4
  case `struct` = 5
  case `enum` = 6
  case enumMember = 7
  case union = 8
  case interface = 9
  case trait = 10
  case `protocol` = 11
  case typeAlias = 12
  case module = 13
  case namespace = 14
  case macro = 15
  case constant = 16
  case variable = 17
  case field = 18
  case property = 19
  case `extension` = 20
  case impl = 21
  case package = 22
  case object = 23
  case accessor = 24
  case destructor = 25
  case `operator` = 26
  case event = 27
  case delegate = 28
  case associatedType = 29
  case mixin = 30
  case getter = 31
  case setter = 32
  case `subscript` = 33
  case type = 34
  case test = 35

  /// The kind as it is written in dumps, commands and `tags.scm`: snake_case.
  public var name: String { Self.names[Int(rawValue)] }

  /// By raw value; made once, since `String(describing:)` costs a microsecond.
  private static let names: [String] = {
    var names = [String](repeating: "", count: 256)
    for kind in allCases {
      switch kind {
      case .enumMember: names[Int(kind.rawValue)] = "enum_member"
      case .typeAlias: names[Int(kind.rawValue)] = "type_alias"
      case .associatedType: names[Int(kind.rawValue)] = "associated_type"
      default: names[Int(kind.rawValue)] = String(describing: kind)
      }
    }
    return names
  }()

  /// The same in UTF-8, made once.
  public var nameBytes: [UInt8] { Self.namesInBytes[Int(rawValue)] }

  private static let namesInBytes = names.map { Array($0.utf8) }

  public init?(name: some StringProtocol) {
    guard let kind = Self.byName[String(name)] else { return nil }
    self = kind
  }

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })

  /// True for kinds that code calls.
  public var isCallable: Bool {
    switch self {
    case .function, .method, .constructor, .destructor, .macro, .accessor, .getter, .setter, .operator, .subscript,
      .delegate:
      true
    default: false
    }
  }

  /// True for kinds that name a type, or something that stands where a type stands.
  public var isType: Bool {
    switch self {
    case .class, .struct, .enum, .union, .interface, .trait, .protocol, .typeAlias, .associatedType, .object, .mixin,
      .type, .delegate:
      true
    default: false
    }
  }
}

/// How an entity, or a file, relates to a name. The raw value is what the store holds.
public enum EdgeKind: UInt8, CaseIterable, Sendable {
  case contains = 1
  case calls = 2
  case references = 3
  case imports = 4
  case inherits = 5
  case implements = 6

  public var name: String {
    switch self {
    case .contains: "contains"
    case .calls: "calls"
    case .references: "references"
    case .imports: "imports"
    case .inherits: "inherits"
    case .implements: "implements"
    }
  }
}
