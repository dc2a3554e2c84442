/// What a reader of the store has to know of a language to write qualified names and resolve edges. Kept in the store,
/// so that reading needs no language folder.
public struct LanguageTraits: Hashable, Sendable {
  public var name: String
  /// Languages of one family can mean each other's entities: a header those of each language that includes it.
  public var family: String
  /// Joins the scopes of a qualified name.
  public var separator: String
  /// Kinds that do not qualify what stands in them (C's enum: its members' names stand by themselves).
  public var transparent: Set<EntityKind>
  /// Words that as a qualifier mean the enclosing type (`self`, `this`, `cls`).
  public var receivers: Set<String>
  /// How the name in an import leads to files.
  public var imports: ImportRule

  /// `family` is the language's own name by default.
  public init(
    name: String, family: String? = nil, separator: String, transparent: Set<EntityKind> = [],
    receivers: Set<String> = [],
    imports: ImportRule = ImportRule()
  ) {
    self.name = name
    self.family = family ?? name
    self.separator = separator
    self.transparent = transparent
    self.receivers = receivers
    self.imports = imports
  }
}

/// How the path in an import is matched with the paths of files: both are cut into segments, and the import's must be
/// the file's last ones.
public struct ImportRule: Hashable, Sendable {
  /// Between the segments of an import's qualifier and name.
  public var separator: String
  /// True if the import names the file with its suffix (`#include "a/b.h"`); else suffixes are cut off the file.
  public var keepsSuffix: Bool
  /// File names, without suffix, that stand for their directory (`__init__`, `mod`, `index`).
  public var indexNames: Set<String>
  /// Leading segments that say no name of a directory (`crate`, `self`, `super`, empty for a leading dot).
  public var anchors: Set<String>
  /// True if importing a file brings in all of its names (`#include`).
  public var bringsAll: Bool

  public init(
    separator: String = ".", keepsSuffix: Bool = false, indexNames: Set<String> = [], anchors: Set<String> = [],
    bringsAll: Bool = false
  ) {
    self.separator = separator
    self.keepsSuffix = keepsSuffix
    self.indexNames = indexNames
    self.anchors = anchors
    self.bringsAll = bringsAll
  }
}
