public import Graph

/// What a store must agree on with those who write it to be usable.
public struct StoreIdentity: Hashable, Sendable {
  /// Absolute path of the tree's root.
  public var root: [UInt8]
  /// Of the languages, their rules and grammars, and the options that facts depend on.
  public var fingerprint: UInt64
  /// By ``LanguageID``.
  public var languages: [LanguageTraits]
  /// The options that facts depend on, as arguments of a command line; the fingerprint covers them.
  public var options: [String]

  public init(root: [UInt8], fingerprint: UInt64, languages: [LanguageTraits], options: [String] = []) {
    self.root = root
    self.fingerprint = fingerprint
    self.languages = languages
    self.options = options
  }
}
