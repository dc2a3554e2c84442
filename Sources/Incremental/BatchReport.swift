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
}
