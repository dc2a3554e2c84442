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
}

/// A named thing defined in source.
public struct Entity: Hashable, Sendable {
  public var kind: EntityKind
  public var flags: EntityFlags
  public var name: NameID
  /// One line, body cut off.
  public var signature: NameID
  /// The enclosing entity, which stands before this one; ``noParent`` at the top of the file.
  public var parent: EntityIndex
  public var local: LocalID
  public var span: Span
  /// Hash of the entity's own source: whole for one that contains no other, else of its signature.
  public var digest: UInt32

  public static let noParent = EntityIndex.max

  public init(
    kind: EntityKind, flags: EntityFlags = [], name: NameID, signature: NameID, parent: EntityIndex = Entity.noParent,
    local: LocalID = 0, span: Span, digest: UInt32 = 0
  ) {
    self.kind = kind
    self.flags = flags
    self.name = name
    self.signature = signature
    self.parent = parent
    self.local = local
    self.span = span
    self.digest = digest
  }
}

/// A mention: from an entity, or from the file, to a name. `contains` edges are not held; an entity's parent says them.
public struct Edge: Hashable, Sendable {
  public var kind: EdgeKind
  /// The enclosing entity; ``Entity/noParent`` for code outside any.
  public var from: EntityIndex
  /// The last segment as written.
  public var name: NameID
  /// What stands before the name; ``NameID/none`` if nothing does.
  public var qualifier: NameID
  /// The name that an import brings in, where it differs from `name`; ``NameID/none`` else.
  public var alias: NameID
  public var position: Position

  public init(
    kind: EdgeKind, from: EntityIndex, name: NameID, qualifier: NameID = .none, alias: NameID = .none,
    position: Position
  ) {
    self.kind = kind
    self.from = from
    self.name = name
    self.qualifier = qualifier
    self.alias = alias
    self.position = position
  }
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
