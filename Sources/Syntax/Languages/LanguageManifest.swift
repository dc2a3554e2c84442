internal import Graph

/// `language.json`, as written in a language's folder.
struct LanguageManifest: Decodable {
  var name: String
  /// Languages of one family can mean each other's entities; the language's own name by default.
  var family: String?
  /// Name of the compiled grammar: `libtree-sitter-<grammar>.so`.
  var grammar: String
  /// The library exports `tree_sitter_<symbol>`; the grammar's name by default.
  var symbol: String?
  /// Files of patterns, as paths from the language's folder, `tags.scm` alone by default. Of patterns that run at one
  /// node those of an earlier file come first.
  var patterns: [String]?
  /// Ends of file names, dot included.
  var suffixes: [String]?
  /// Suffixes that are another language's, unless the file holds a line that begins with one of these words and matches
  /// the expression from there on.
  var contents: [String: [String: String]]?
  /// Whole file names.
  var filenames: [String]?
  /// Names of interpreters in a first line `#!`.
  var shebangs: [String]?
  /// Joins scopes in a qualified name.
  var separator: String
  /// Entity kinds that do not qualify what stands in them.
  var transparent: [String]?
  /// Entity kinds of which further definitions of one name in one scope are the same entity.
  var merged: [String]?
  /// Qualifiers that mean the enclosing type.
  var receivers: [String]?
  /// Qualifiers that mean what the enclosing type is made from.
  var bases: [String]?
  /// Types that hand on the members of what they hold.
  var wrappers: [String]?
  /// False if the only member of a name in the tree is not to be taken for it where nothing is known of the value.
  var trustsMembers: Bool?
  /// Members that types outside of any tree have, for all languages of the family.
  var commonMembers: [String]?
  /// True if a method may stand outside of the type that it is called on.
  var extendsFromOutside: Bool?
  /// True if types of one name in one scope are one type, in however many files they are written.
  var hasOpenTypes: Bool?
  /// `file`, `directory`, `package`, `namespace` or `tree` (the default): whose names are in scope without an import.
  var sharing: String?
  /// False if a local of the name is no reason why a call should mean it.
  var localsHideCalls: Bool?
  /// A sign that names may be written with though it is none of them, such as the colon of `:name`.
  var nameMark: String?
  /// False if a call never means a value.
  var callsMeanValues: Bool?
  /// Globs on the path of files that hold nothing but tests; `*` matches `/` too.
  var testPaths: [String]?
  /// The same for files that a program writes, beside those that say so at their top.
  var generatedPaths: [String]?
  /// How its comments begin and end, of which the parser is shown 10,000 in a row at the most.
  var comments: [Comment]?
  /// What is for users outside of the tree.
  var exports: Exports?
  var imports: Imports?
  /// Which words the grammar is not to see.
  var macros: Macros?

  struct Comment: Decodable {
    var start: String
    /// None for one that ends with its line.
    var end: String?
    var nests: Bool?
  }

  struct Exports: Decodable {
    var words: [String]?
    var hidden: [String]?
    var names: [String]?
    var capitals: Bool?
    var byDefault: Bool?
    var members: Bool?
  }

  struct Imports: Decodable {
    var separator: String
    var keepsSuffix: Bool?
    var indexNames: [String]?
    var anchors: [String]?
    var bringsAll: Bool?
    /// What stands for all names where `*` does not (`_`).
    var wildcards: [String]?
  }

  struct Macros: Decodable {
    var rules: [Rule]
    /// Words that begin no declaration and are no names.
    var statements: [String]?
    /// Words beside a type that are none.
    var specifiers: [String]?
    /// Words that are types by themselves.
    var types: [String]?
    /// Other words that only begin declarations.
    var heads: [String]?
    /// Words before the name of a type with fields.
    var fields: [String]?
    /// Words that the grammar is to see wherever they stand.
    var kept: [String]?

    struct Rule: Decodable {
      var behind: [String]
      var ahead: [String]
    }
  }

  /// The fields that a manifest holds, to find those that nobody reads: misspelt ones, most likely.
  struct Fields: Decodable {
    /// The first in byte order; nil if all are known.
    private(set) var unknown: String?

    private struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }

      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: Key.self)
      unknown =
        (Self.unknown(fields, LanguageManifest(name: "", grammar: "", separator: ""))
        + Self.unknown(
          try? fields.nestedContainer(keyedBy: Key.self, forKey: Key(stringValue: "imports")), Imports(separator: ""))
        + Self.unknown(
          try? fields.nestedContainer(keyedBy: Key.self, forKey: Key(stringValue: "exports")), Exports())
        + Self.unknown(fields, "comments", of: Comment(start: "")) + Self.unknownOfMacros(fields)).min()
    }

    private static func unknownOfMacros(_ fields: KeyedDecodingContainer<Key>) -> [String] {
      guard let macros = try? fields.nestedContainer(keyedBy: Key.self, forKey: Key(stringValue: "macros")) else {
        return []
      }
      let unknown = Self.unknown(macros, Macros(rules: []))
      return unknown + Self.unknown(macros, "rules", of: Macros.Rule(behind: [], ahead: []))
    }

    /// Of the objects in a list.
    private static func unknown(
      _ fields: KeyedDecodingContainer<Key>, _ list: String, of known: Any
    ) -> [String] {
      var unknown: [String] = []
      var items = try? fields.nestedUnkeyedContainer(forKey: Key(stringValue: list))
      while items?.isAtEnd == false, let item = try? items?.nestedContainer(keyedBy: Key.self) {
        unknown += Self.unknown(item, known)
      }
      return unknown
    }

    private static func unknown(_ fields: KeyedDecodingContainer<Key>?, _ known: Any) -> [String] {
      let known = Set(names(known))
      return (fields?.allKeys ?? []).map(\.stringValue).filter { !known.contains($0) }
    }

    private static func names(_ value: Any) -> [String] { Mirror(reflecting: value).children.compactMap(\.label) }
  }

  func traits(_ file: String) throws(LanguageError) -> LanguageTraits {
    let sharing = sharing ?? Sharing.tree.name
    guard let shared = Sharing(name: sharing) else {
      throw LanguageError("\(file): sharing is file, directory, package, namespace or tree, not \(sharing)")
    }
    return LanguageTraits(
      name: name, family: family, separator: separator, transparent: Set(try kinds(transparent, file)),
      receivers: Set(receivers ?? []), bases: Set(bases ?? []), wrappers: Set(wrappers ?? []),
      trustsMembers: trustsMembers ?? true,
      commonMembers: Set(commonMembers ?? []).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) },
      extendsFromOutside: extendsFromOutside ?? false, hasOpenTypes: hasOpenTypes ?? false,
      callsMeanValues: callsMeanValues ?? true,
      sharing: shared,
      imports: imports.map {
        ImportRule(
          separator: $0.separator, keepsSuffix: $0.keepsSuffix ?? false, indexNames: Set($0.indexNames ?? []),
          anchors: Set($0.anchors ?? []), bringsAll: $0.bringsAll ?? false)
      } ?? ImportRule())
  }

  func commentRuns(_ file: String) throws(LanguageError) -> CommentRuns {
    var forms: [CommentRuns.Form] = []
    for comment in comments ?? [] {
      if comment.start.isEmpty || comment.end?.isEmpty ?? false {
        throw LanguageError("\(file): comments: an empty text")
      }
      forms.append(
        CommentRuns.Form(
          start: Array(comment.start.utf8), end: comment.end.map { Array($0.utf8) }, nests: comment.nests ?? false))
    }
    return CommentRuns(forms: forms)
  }

  func kinds(_ names: [String]?, _ file: String) throws(LanguageError) -> [EntityKind] {
    var kinds: [EntityKind] = []
    for name in names ?? [] {
      guard let kind = EntityKind(name: name) else { throw LanguageError("\(file): no entity kind \(name)") }
      kinds.append(kind)
    }
    return kinds
  }
}
