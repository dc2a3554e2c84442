import Graph
import Query

/// What became of a graph between two generations.
public struct Changes: Sendable {
  /// The generation before.
  public let since: UInt64
  /// The generation after.
  public let generation: UInt64
  /// All that changed, file by file, in the order in which it is to be applied: what was removed first, then renames, then the rest. What
  /// came and went in between is not in it. Nil where that is not known: the store was made anew, or `since` is
  /// longer ago than its history; then read everything again.
  public let files: [ChangedFile]?
}

/// What became of a file between two generations.
public struct ChangedFile: Sendable {
  /// How a file changed.
  public enum Kind: String, Sendable {
    /// It came.
    case added
    /// Its content changed.
    case modified
    /// It went.
    case removed
    /// It has another path, and may have changed beside that.
    case renamed
  }

  /// An entity that changed.
  public struct ChangedEntity: Hashable, Sendable {
    /// How an entity changed.
    public enum Kind: String, Sendable {
      /// It came.
      case added
      /// Its source, its signature or its place in others changed.
      case changed
      /// It went.
      case removed
    }

    /// What became of it.
    public let change: Kind
    /// What it is.
    public let kind: EntityKind
    /// Its id; of one that was removed, the one that it had.
    public let id: Entity.ID
    /// Its qualified name, as in the id.
    public let name: String
  }

  /// What became of it.
  public let kind: Kind
  /// Where it is now; where it was, if it was removed.
  public let path: String
  /// Where a renamed file was.
  public let origin: String?
  /// The entities that came, changed and went.
  public let entities: [ChangedEntity]
  /// False where so much changed that only numbers were kept: then ``entities`` is empty, and any entity of the file may have
  /// changed.
  public let isComplete: Bool
  /// How many uses of names came, and how many went.
  public let usesAdded, usesRemoved: Int

  init(_ file: Query.ChangedFile) {
    kind =
      switch file.kind {
      case .added: .added
      case .modified: .modified
      case .removed: .removed
      case .renamed: .renamed
      }
    path = "\(file.path)"
    origin = file.origin.map { "\($0)" }
    entities = file.entities.map(ChangedEntity.init)
    isComplete = file.isComplete
    usesAdded = file.counts.edgesAdded
    usesRemoved = file.counts.edgesRemoved
  }
}

extension ChangedFile.ChangedEntity {
  fileprivate init(_ entity: Query.ChangedFile.ChangedEntity) {
    change =
      switch entity.change {
      case .added: .added
      case .changed: .changed
      case .removed: .removed
      }
    kind = EntityKind(entity.kind)
    id = entity.id
    name = entity.name
  }
}
