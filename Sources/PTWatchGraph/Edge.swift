import Graph
import Query

/// One use of a name in source, and what it means.
public struct Edge: Hashable, Sendable {
  /// How a name is used.
  public enum Kind: String, CaseIterable, Sendable {
    /// It is called, or an instance is made of it.
    case calls
    /// It is named: a type, or a value, a callback that is handed over among them.
    case references
    /// It is brought into the file.
    case imports
    /// A type is made from it.
    case inherits
    /// A type promises what it asks for.
    case implements
  }

  /// How it is known what a name means.
  public enum Resolution: String, CaseIterable, Sendable {
    /// It stands in the same file, or around the use.
    case scope
    /// The file imports it.
    case `import`
    /// It is the only one in the tree that fits.
    case unique
    /// Several fit; all of them are in ``Edge/targets``.
    case ambiguous
    /// None in the tree does.
    case external
  }

  /// How the name is used.
  public let kind: Kind
  /// The entity in whose source it stands; nil for code outside any.
  public let user: Entity?
  /// Of the file, from the root of the tree.
  public let path: String
  /// Where the name stands.
  public let position: SourcePosition
  /// The last segment as written.
  public let name: String
  /// What stands before the name, as written; nil if nothing does.
  public let qualifier: String?
  /// Ids of the entities that are meant, sorted.
  public let targets: [Entity.ID]
  /// How that is known.
  public let resolution: Resolution

  /// Nil for an edge that no use makes.
  init?(_ edge: EdgeInfo) {
    guard let kind = Kind(rawValue: edge.kind.name) else { return nil }
    self.kind = kind
    user = edge.from.map(Entity.init)
    path = "\(edge.path)"
    position = SourcePosition(edge.position)
    name = Escaping.printable(edge.name)
    qualifier = edge.qualifier.map { Escaping.printable($0) }
    targets = edge.target.ids
    resolution =
      switch edge.target.resolution {
      case .scope: .scope
      case .import: .import
      case .unique: .unique
      case .ambiguous: .ambiguous
      case .external: .external
      }
  }
}
