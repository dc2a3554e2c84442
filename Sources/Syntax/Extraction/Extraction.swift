internal import Graph

/// What one walk over a syntax tree found, in the order of the walk, with the units by which a later walk can take over
/// what an edit left alone. Facts are made of it by ``FactsAssembly``.
// SAFETY: has one owner at a time and moves between threads with it, like the tree that it describes.
public final class Extraction: @unchecked Sendable {
  var found: Found
  /// Bytes of names when the file was last extracted as a whole. Names of text that is gone stay in the table, so it
  /// must not grow on for ever.
  let namesAtFirst: Int?

  init(_ found: consuming Found, namesAtFirst: Int?) {
    self.found = found
    self.namesAtFirst = namesAtFirst
  }

  /// What the walk writes. A value of the extractor's own while it walks.
  struct Found {
    var names = NameTable()
    var entities: [Entity] = []
    var edges: [Edge] = []
    var units: [Unit] = []
    /// Macros that the parser did not see, in source order, as edges of the file.
    var macros: [Edge] = []
    /// Nodes marked as an error or as missing.
    var errors: UInt32 = 0
    /// See ``Extraction/isFragile``.
    var isFragile = false
    /// How many of `units` are those of the version before.
    var unitsTakenOver = 0
  }

  /// A piece of a file that is extracted by itself: a child of a container node, outside of any function.
  struct Unit {
    /// Equal in an old and a new tree exactly if the parser took the node over unchanged; see ``ListedNode/subtree``.
    var subtree: UInt
    /// Hash of all outside of the node on which its facts depend.
    var context: UInt64
    var start: Position
    var entities: Range<Int>
    var edges: Range<Int>
    /// The units nested in it, which stand right behind it in ``Found/units``.
    var nested: Int
    var errors: UInt32
  }

  /// Units whose facts are those of the version before, moved to their new place; those within a unit count too.
  public var unitsTakenOver: Int { found.unitsTakenOver }
  /// Units that were walked, among them those around the places that an edit touched.
  public var unitsExtracted: Int { found.units.count - found.unitsTakenOver }

  /// True if the parser followed several readings of what was walked. It gives up some when they become many, and which these are
  /// depends on where they began: on the edits, that is, if it did not begin at the start of the text.
  public var isFragile: Bool { found.isFragile }

  /// Approximate memory in bytes.
  public var memory: Int {
    found.names.bytes.capacity + found.names.ends.capacity * 12
      + found.entities.capacity * MemoryLayout<Entity>.stride + (found.edges.capacity + found.macros.capacity)
      * MemoryLayout<Edge>.stride
      + found.units.capacity * MemoryLayout<Unit>.stride
  }

  var hasOutgrownNames: Bool {
    guard let namesAtFirst else { return false }
    return found.names.bytes.count > 2 * namesAtFirst + 65_536
  }
}
