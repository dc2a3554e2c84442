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
  /// Words that as a qualifier mean the enclosing type (`self`, `this`, `cls`); an empty one says that its members need no
  /// qualifier.
  public var receivers: Set<String>
  /// Words that as a qualifier mean what the enclosing type is made from (`super`, `base`).
  public var bases: Set<String>
  /// Types that hand on the members of what they hold (`Box`, `Optional`).
  public var wrappers: Set<String>
  /// False if the only member of a name in the tree is not to be taken for it where nothing is known of the value: in a
  /// language in which types are seldom written.
  public var trustsMembers: Bool
  /// Members that types outside of any tree have, the language's own before all (`append`, `map`): a value of which nothing
  /// is known may have them though only one type of the tree does. Of all languages of a family together.
  /// In byte order, each once: there are thousands, and few questions come to them.
  public var commonMembers: [String]
  /// True if a method may stand outside of the type that it is called on, and not in a piece of it.
  public var extendsFromOutside: Bool
  /// True if types of one name in one scope are one type, in however many files they are written.
  public var hasOpenTypes: Bool
  /// False if a call never means a value.
  public var callsMeanValues: Bool
  /// Whose names are in scope though nothing imports them.
  public var sharing: Sharing
  /// How the name in an import leads to files.
  public var imports: ImportRule

  /// `family` is the language's own name by default.
  public init(
    name: String, family: String? = nil, separator: String, transparent: Set<EntityKind> = [],
    receivers: Set<String> = [],
    bases: Set<String> = [], wrappers: Set<String> = [], trustsMembers: Bool = true,
    commonMembers: [String] = [],
    extendsFromOutside: Bool = false, hasOpenTypes: Bool = false,
    callsMeanValues: Bool = true, sharing: Sharing = .tree,
    imports: ImportRule = ImportRule()
  ) {
    self.name = name
    self.family = family ?? name
    self.separator = separator
    self.transparent = transparent
    self.receivers = receivers
    self.bases = bases
    self.wrappers = wrappers
    self.trustsMembers = trustsMembers
    self.commonMembers = commonMembers
    self.extendsFromOutside = extendsFromOutside
    self.hasOpenTypes = hasOpenTypes
    self.callsMeanValues = callsMeanValues
    self.sharing = sharing
    self.imports = imports
  }
}

/// The other files whose names mean something in a file without being imported. The raw value is what the store holds, so
/// numbers are only ever added.
public enum Sharing: UInt8, Sendable {
  /// None: what is neither imported nor in scope is the language's own, and a namesake elsewhere has nothing to do with it.
  case file = 1
  /// Those of its directory.
  case directory = 2
  /// Those that say they are of the same package.
  case package = 3
  /// What stands in the namespaces around a use, wherever that is.
  case namespace = 4
  /// All.
  case tree = 5

  /// As written in a manifest.
  public var name: String { String(describing: self) }

  public init?(name: String) {
    guard let found = [Sharing.file, .directory, .package, .namespace, .tree].first(where: { $0.name == name }) else {
      return nil
    }
    self = found
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
