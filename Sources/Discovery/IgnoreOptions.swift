import Glibc
public import Graph

/// What the user says about what is ignored.
public struct IgnoreOptions: Sendable {
  /// Patterns in the syntax of `.gitignore`, relative to the root. They come before all ignore files; the last that
  /// matches decides, and one that begins with `!` makes wanted what ignore files exclude.
  public var excludes: [String]
  /// False for `--no-ignore`: then only ``excludes`` and what is built in count.
  public var usesIgnoreFiles: Bool
  /// The store's directory, nil if it lies outside of the tree. Never wanted, nor anything in it.
  public var store: TreePath?
  /// The environment variables that say where the user's git configuration is: `HOME` and `XDG_CONFIG_HOME`.
  public var environment: [String: String]

  public init(
    excludes: [String] = [], usesIgnoreFiles: Bool = true, store: TreePath? = nil,
    environment: [String: String] = IgnoreOptions.processEnvironment
  ) {
    self.excludes = excludes
    self.usesIgnoreFiles = usesIgnoreFiles
    self.store = store
    self.environment = environment
  }

  /// The variables that matter as this process has them.
  public static var processEnvironment: [String: String] {
    var environment: [String: String] = [:]
    for name in ["HOME", "XDG_CONFIG_HOME"] {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    return environment
  }
}
