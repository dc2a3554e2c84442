/// A file of patterns, not yet read.
struct PatternFile {
  var path: String
  var text: [UInt8]
}

/// Where a pattern is written: a file's path, and a line of it, counted from 1.
struct PatternPlace: Hashable, CustomStringConvertible {
  var file: String
  var line: Int

  var description: String { "\(file):\(line)" }
}

/// A pattern as written: a part of tree-sitter's query language.
struct PatternSource {
  var root: Node
  var predicates: [Predicate]
  /// Where the pattern starts.
  var place: PatternPlace

  struct Node {
    enum Kind {
      case named(String)
      case anonymous(String)
      /// `(_)`
      case anyNamed
      /// `_`
      case any
      case oneOf([Node])
    }
    var kind: Kind
    var children: [Child] = []
    var captures: [String] = []
    /// Fields that must be absent.
    var absentFields: [String] = []
    /// True for a `.` after the last child.
    var endsWithAnchor = false
  }

  struct Child {
    var field: String?
    /// True for a `.` before it: no other named node stands between it and the one before.
    var isAnchored: Bool
    var isOptional: Bool
    var node: Node
  }

  /// `(#name? argument ...)`
  struct Predicate {
    enum Argument {
      case capture(String)
      case text(String)
    }
    var name: String
    var arguments: [Argument]
  }
}
