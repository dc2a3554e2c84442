/// What a batch did to one file, as the store's history keeps it.
public struct FileChange: Hashable, Sendable {
  /// The raw value is what the store holds, so numbers are only ever added.
  public enum Kind: UInt8, Sendable {
    case added = 1
    case modified = 2
    case removed = 3
    /// All of it stands at another path, and is as it was.
    case renamed = 4
  }

  /// How many entities and edges, without `contains` edges, which come and go with their entities.
  public struct Counts: Hashable, Sendable {
    public var entitiesAdded: Int
    public var entitiesChanged: Int
    public var entitiesRemoved: Int
    public var edgesAdded: Int
    public var edgesRemoved: Int

    public init(
      entitiesAdded: Int = 0, entitiesChanged: Int = 0, entitiesRemoved: Int = 0, edgesAdded: Int = 0,
      edgesRemoved: Int = 0
    ) {
      self.entitiesAdded = entitiesAdded
      self.entitiesChanged = entitiesChanged
      self.entitiesRemoved = entitiesRemoved
      self.edgesAdded = edgesAdded
      self.edgesRemoved = edgesRemoved
    }

    public init(_ delta: FactsDelta) {
      self.init(
        entitiesAdded: delta.addedEntities.count, entitiesChanged: delta.changedEntities.count,
        entitiesRemoved: delta.removedEntities.count, edgesAdded: delta.addedEdges.count,
        edgesRemoved: delta.removedEdges.count)
    }

    public static func += (a: inout Counts, b: Counts) {
      a.entitiesAdded += b.entitiesAdded
      a.entitiesChanged += b.entitiesChanged
      a.entitiesRemoved += b.entitiesRemoved
      a.edgesAdded += b.edgesAdded
      a.edgesRemoved += b.edgesRemoved
    }
  }

  public var kind: Kind
  /// After the change; of a file that was removed, where it was.
  public var path: TreePath
  /// Where a renamed file was.
  public var origin: TreePath?
  public var language: LanguageID
  public var counts: Counts
  /// Nil where they were too many to be kept. None for a rename.
  public var details: ChangeDetails?

  public init(
    _ kind: Kind, _ path: TreePath, from origin: TreePath? = nil, language: LanguageID, counts: Counts = Counts(),
    details: ChangeDetails? = ChangeDetails()
  ) {
    self.kind = kind
    self.path = path
    self.origin = origin
    self.language = language
    self.counts = counts
    self.details = details
  }
}

/// An entity as its id has it, path and language aside: what it is, and what stands behind the path.
public struct EntityTail: Hashable, Sendable {
  public var kind: EntityKind
  /// Qualified name fit for an id, `~2`, `~3` ... at its end for further entities alike.
  public var text: String

  public init(kind: EntityKind, text: String) {
    self.kind = kind
    self.text = text
  }

  public func id(path: TreePath, language: LanguageTraits) -> String {
    "\(language.name):\(kind.name):\(Escaping.idPart(path.bytes[...])):\(text)"
  }
}

/// Entities and edges of a file that came, changed and went. Applied to what there was, ids and edges, it gives what
/// there is; what is not in it is as it was.
public struct ChangeDetails: Hashable, Sendable {
  /// The raw value is what the store holds, so numbers are only ever added.
  public enum Change: UInt8, Sendable {
    case added = 1
    case changed = 2
    case removed = 3
  }

  public struct EntityChange: Hashable, Sendable {
    public var change: Change
    public var entity: EntityTail

    public init(_ change: Change, _ entity: EntityTail) {
      self.change = change
      self.entity = entity
    }
  }

  /// An edge without its place. Names are bytes from the source.
  public struct EdgeValue: Hashable, Sendable {
    public var kind: EdgeKind
    /// Nil for code outside any entity.
    public var from: EntityTail?
    public var name: [UInt8]
    public var qualifier: [UInt8]?
    public var alias: [UInt8]?

    public init(
      kind: EdgeKind, from: EntityTail?, name: [UInt8], qualifier: [UInt8]? = nil, alias: [UInt8]? = nil
    ) {
      self.kind = kind
      self.from = from
      self.name = name
      self.qualifier = qualifier
      self.alias = alias
    }
  }

  public struct EdgeChange: Hashable, Sendable {
    public var edge: EdgeValue
    /// How many more there are of it, less than 0 where there are fewer.
    public var count: Int

    public init(_ edge: EdgeValue, count: Int) {
      self.edge = edge
      self.count = count
    }
  }

  public var entities: [EntityChange]
  public var edges: [EdgeChange]

  public init(entities: [EntityChange] = [], edges: [EdgeChange] = []) {
    self.entities = entities
    self.edges = edges
  }
}
