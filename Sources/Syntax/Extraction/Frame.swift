internal import Graph

extension Extractor {
  /// A node whose children are being visited.
  struct Frame {
    /// Its place in ``Extractor/listed``.
    var node: Int
    var key: UInt
    var symbol: UInt16
    /// The places of its children.
    var children: Range<Int>
    var next: Int
    /// The enclosing entity of the children.
    var entity: EntityIndex
    var isContainer = false
    /// True if a pattern from further up has taken the node.
    var isClaimed = false
    /// True if nothing in the node is to be found.
    var isIgnored = false
    var isLocal: Bool
    var opensScope = false
    var prefixes = 0
    var claims: Int
    var skips: Int
    var openings: Int
    /// Flags for what is defined at this node.
    var flags: EntityFlags = []
    var unit: Int
    /// Of the annotations before the next child.
    var annotations: UInt64 = 0
    var annotationFlags: EntityFlags = []
  }
}
