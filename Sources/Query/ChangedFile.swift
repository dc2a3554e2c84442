public import Graph

/// What became of a file between two generations. To take a graph from the first to the second: leave out what was
/// removed, then give renamed files their new paths, then take in what was added and changed.
public struct ChangedFile: Sendable {
  public struct ChangedEntity: Hashable, Sendable {
    public let change: ChangeDetails.Change
    public let kind: EntityKind
    /// What was removed has the id that it had.
    public let id: String
    /// What stands behind the path in the id.
    public let name: String
  }

  public struct ChangedEdge: Hashable, Sendable {
    public let kind: EdgeKind
    /// Id of the entity that has it; nil for code outside any.
    public let from: String?
    public let fromName: String?
    /// Bytes from the source.
    public let name: [UInt8]
    public let qualifier: [UInt8]?
    public let alias: [UInt8]?
    /// How many more there are, less than 0 where there are fewer.
    public let count: Int
  }

  public let kind: FileChange.Kind
  /// The path now; of a file that was removed, the one it had.
  public let path: TreePath
  /// The path before, of a renamed file.
  public let origin: TreePath?
  /// Of what is listed; where that is not complete, the sum of what each batch did.
  public let counts: FileChange.Counts
  /// False where a batch did so much that the history kept only numbers: no entities or edges are then listed.
  public let isComplete: Bool
  public let entities: [ChangedEntity]
  public let edges: [ChangedEdge]
}
