public import Graph

/// What one commit did.
public struct BatchReport: Sendable {
  public enum Change: String, Sendable {
    case added
    case modified
    case removed
  }

  public struct File: Sendable {
    public var path: TreePath
    public var change: Change
    public var parsed: ParseExtent
    /// Entities by kind and name, for people.
    public var added: [NamedEntity] = []
    public var changed: [NamedEntity] = []
    public var removed: [NamedEntity] = []
  }

  public struct NamedEntity: Sendable {
    public var kind: EntityKind
    public var name: String
  }

  public var generation: UInt64 = 0
  public var files: [File] = []
  public var entitiesAdded = 0
  public var entitiesChanged = 0
  public var entitiesRemoved = 0
  /// `contains` edges included.
  public var edgesAdded = 0
  public var edgesRemoved = 0
  public var filesRead = 0
  public var filesParsed = 0
  public var bytesParsed = 0
  public var rowsWritten = 0

  /// Names listed for each file and kind of change; the counts know all.
  static let namesListed = 8

  /// Of the names listed, those that tell most of the batch, the best first: types and functions, then what is called or
  /// brings names in otherwise, then data. Within these what was added, changed, removed. O(files).
  public func telling(most: Int) -> [(change: ChangeDetails.Change, entity: NamedEntity)] {
    var found: [(change: ChangeDetails.Change, entity: NamedEntity)] = []
    for rank in EntityKind.ranks {
      for change in [ChangeDetails.Change.added, .changed, .removed] {
        for file in files {
          for entity in file.names(change) where entity.kind.rank == rank {
            if found.count == most { return found }
            found.append((change, entity))
          }
        }
      }
    }
    return found
  }
}

extension BatchReport.File {
  fileprivate func names(_ change: ChangeDetails.Change) -> [BatchReport.NamedEntity] {
    switch change {
    case .added: added
    case .changed: changed
    case .removed: removed
    }
  }
}

extension EntityKind {
  static let ranks = 0...2

  /// How much the name of one tells of a change, the lowest number most.
  var rank: Int {
    switch self {
    case .accessor, .getter, .setter: 2
    case .macro, .extension, .impl, .module, .namespace, .package: 1
    case _ where isType || isCallable || self == .test: 0
    default: 2
    }
  }
}
