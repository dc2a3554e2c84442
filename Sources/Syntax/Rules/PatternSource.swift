/// A pattern of `tags.scm` as written: a part of tree-sitter's query language.
struct PatternSource {
  var root: Node
  var predicates: [Predicate]
  /// Where the pattern starts in its file, counted from 1.
  var line: Int

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
