public import Graph

/// Something in a store that does not agree with the rest of it, or with the tree.
public struct StoreFault: Hashable, Sendable, CustomStringConvertible {
  /// The table, `pages` for what LMDB keeps them in, or `tree`.
  public var table: String
  /// The file that it is about, if it is about one.
  public var path: TreePath?
  public var detail: String

  public init(_ table: String, _ path: TreePath?, _ detail: String) {
    self.table = table
    self.path = path
    self.detail = detail
  }

  init(_ table: String, _ detail: String) { self.init(table, nil, detail) }

  public var description: String { "\(table): \(path.map { "\($0): " } ?? "")\(detail)" }
}
