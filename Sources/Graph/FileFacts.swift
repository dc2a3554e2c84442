/// Number of an entity within its file's facts, in source order. It changes with every edit above; see ``LocalID``.
public typealias EntityIndex = UInt32

/// Number of an entity within its file that stays with it from one version of the file to the next.
public typealias LocalID = UInt32

public struct EntityFlags: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Test code, by attribute, naming convention or path.
  public static let test = EntityFlags(rawValue: 1)
  /// Visible in its own file only (C's `static`).
  public static let fileLocal = EntityFlags(rawValue: 2)
  /// What an import means that names its file and nothing in it.
  public static let defaultExport = EntityFlags(rawValue: 4)
  /// In a file that a program wrote, by a mark at its top or by its path.
  public static let generated = EntityFlags(rawValue: 8)
  /// Said to be for users outside of the tree, or called by them without it.
  public static let exported = EntityFlags(rawValue: 16)
  /// Called on values of a type other than the one it stands in (an extension method).
  public static let extending = EntityFlags(rawValue: 32)
  /// Its members are those of the type that it stands in as well (a companion object).
  public static let companion = EntityFlags(rawValue: 64)
  /// What stands in it is found as if it stood around it, beside being a member of it (an enum whose members need no qualifier).
  public static let open = EntityFlags(rawValue: 128)
}

/// How many arguments something takes.
public struct ParameterCount: Hashable, Sendable {
  public var least: UInt8
  /// ``unbounded`` if there is no limit, or none known.
  public var most: UInt8

  public static let unbounded = UInt8.max
  public static let unknown = ParameterCount(least: 0, most: unbounded)

  public init(least: UInt8, most: UInt8) {
    self.least = least
    self.most = most
  }

  /// `arguments` may be ``Edge/unknownCount``.
  public func takes(_ arguments: UInt8) -> Bool {
    arguments == Edge.unknownCount || arguments >= least && (most == Self.unbounded || arguments <= most)
  }
}

/// A named thing defined in source.
public struct Entity: Hashable, Sendable {
  public var kind: EntityKind
  public var flags: EntityFlags
  public var parameters: ParameterCount
  public var name: NameID
  /// One line, body cut off.
  public var signature: NameID
  /// What a value is of, or what a call gives, as written: a type, or ``TypeText/valueMark`` and the expression that makes
  /// the value. ``NameID/none`` where nothing is said.
  public var type: NameID
  /// The enclosing entity, which stands before this one; ``noParent`` at the top of the file.
  public var parent: EntityIndex
  public var local: LocalID
  public var span: Span
  /// Hash of the entity's own source: whole for one that contains no other, else of its signature.
  public var digest: UInt32

  public static let noParent = EntityIndex.max

  public init(
    kind: EntityKind, flags: EntityFlags = [], parameters: ParameterCount = .unknown, name: NameID, signature: NameID,
    type: NameID = .none, parent: EntityIndex = Entity.noParent, local: LocalID = 0, span: Span, digest: UInt32 = 0
  ) {
    self.kind = kind
    self.flags = flags
    self.parameters = parameters
    self.name = name
    self.signature = signature
    self.type = type
    self.parent = parent
    self.local = local
    self.span = span
    self.digest = digest
  }
}

/// A mention: from an entity, or from the file, to a name. `contains` edges are not held; an entity's parent says them.
public struct Edge: Hashable, Sendable {
  public var kind: EdgeKind
  /// Given in a call; ``unknownCount`` where that cannot be counted.
  public var arguments: UInt8
  /// True if the language's separator joins qualifier and name, in a language that joins members by something else.
  public var isPath: Bool
  /// True of a call that makes an instance of what it names, as the source says (`new A()`): that is a type.
  public var makes: Bool
  /// The enclosing entity; ``Entity/noParent`` for code outside any.
  public var from: EntityIndex
  /// The last segment as written.
  public var name: NameID
  /// What stands before the name; ``NameID/none`` if nothing does.
  public var qualifier: NameID
  /// What the source says of the local that the qualifier begins with, in the form of ``Entity/type``; an empty name for a
  /// local of which it says nothing, ``NameID/none`` if the qualifier begins with no local.
  public var receiver: NameID
  /// The name that an import brings in, where it differs from `name`, or ``defaultName`` where what is named is what the
  /// file offers by default; ``NameID/none`` else.
  public var alias: NameID
  public var position: Position

  public init(
    kind: EdgeKind, from: EntityIndex, name: NameID, qualifier: NameID = .none, isPath: Bool = false,
    makes: Bool = false, receiver: NameID = .none, alias: NameID = .none, arguments: UInt8 = unknownCount,
    position: Position
  ) {
    self.kind = kind
    self.arguments = arguments
    self.isPath = isPath
    self.makes = makes
    self.from = from
    self.name = name
    self.qualifier = qualifier
    self.receiver = receiver
    self.alias = alias
    self.position = position
  }

  public static let unknownCount = UInt8.max
  /// What a file offers by default is called in imports.
  public static let defaultName = "default"
}

/// The form in which facts say what something is of.
public enum TypeText {
  /// Before an expression, the type of whose value is meant.
  public static let valueMark = UInt8(ascii: "=")
  /// Between an expression that begins with a local and what the source says of that.
  public static let localMark = UInt8(0)
}

/// All entities and edges of one file: a pure function of its path, language and bytes (but for local ids, which
/// the store hands on from version to version). Entities and edges are in source order.
public struct FileFacts: Sendable {
  public var names: NameTable
  public var entities: [Entity]
  public var edges: [Edge]
  public var lines: UInt32
  /// Nodes that the parser marked as an error or as missing.
  public var errors: UInt32

  public init(
    names: NameTable = NameTable(), entities: [Entity] = [], edges: [Edge] = [], lines: UInt32 = 0, errors: UInt32 = 0
  ) {
    self.names = names
    self.entities = entities
    self.edges = edges
    self.lines = lines
    self.errors = errors
  }
}
