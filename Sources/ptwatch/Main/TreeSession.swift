import Discovery
import Glibc
import Graph
import Incremental
import Platform
import Store
import Syntax

/// A tree with all that is needed to ingest it: languages, settings, store.
struct TreeSession: Sendable {
  /// Absolute, without links.
  let root: String
  let settings: IngestSettings
  let store: StoreDirectory
  let identity: StoreIdentity
  let stop: StopFlag

  init(directory: String, _ options: IngestOptions, stop: StopFlag) throws {
    guard let resolved = realpath(directory, nil) else { throw SystemError("open", directory) }
    defer { free(resolved) }
    root = String(cString: resolved)
    store = options.db?.directory(for: root) ?? StoreArgument.standard(for: root)
    let catalog = try Installation.catalog()
    let ignore = IgnoreOptions(
      excludes: options.exclude, usesIgnoreFiles: options.ignore, store: Self.path(of: store, within: root))
    settings = IngestSettings(
      root: try Directory(root), ignore: ignore, catalog: catalog, jobs: options.threads,
      maxFileSize: options.maxFileSize.bytes)
    identity = StoreIdentity(
      root: Array(root.utf8), fingerprint: Self.fingerprint(catalog, options),
      languages: catalog.languages.map(\.traits), options: options.arguments)
    self.stop = stop
  }

  /// Of all that decides which files are in the graph and what is extracted from them.
  private static func fingerprint(_ catalog: LanguageCatalog, _ options: IngestOptions) -> UInt64 {
    let parts = ["\(catalog.fingerprint)", "\(options.maxFileSize.bytes)", "\(options.ignore)"] + options.exclude
    return Array(parts.joined(separator: "\0").utf8).withUnsafeBytes { ContentHashing.hash128($0).low }
  }

  /// Where the store lies in the tree; nil if it lies elsewhere.
  private static func path(of store: StoreDirectory, within root: String) -> TreePath? {
    let prefix = root == "/" ? root : root + "/"
    guard store.path.hasPrefix(prefix) else { return nil }
    return TreePath(String(store.path.dropFirst(prefix.count)))
  }
}

/// Where languages and grammars lie.
enum Installation {
  static func catalog() throws -> LanguageCatalog {
    try LanguageCatalog(directories: try languages(), grammars: try grammars())
  }

  /// The command that brings languages and grammars that are missing; `scripts/ptwatch` says where they are, an installed program
  /// knows.
  static var mend: String {
    getenv("PTWATCH_GRAMMARS") == nil
      ? "scripts/install PREFIX   # or the package, again: languages and grammars come with it"
      : "scripts/ptwatch --help   # sets up languages and grammars"
  }

  /// The program's own, then the user's.
  private static func languages() throws -> [String] {
    var directories = [try variable("PTWATCH_LANGUAGES") ?? besideProgram("share/ptwatch/languages")]
    if let config = try configDirectory(), access(config + "/languages", R_OK) == 0 {
      directories.append(config + "/languages")
    }
    return directories
  }

  /// The user's own; it need not exist.
  static func configDirectory() throws -> String? {
    try (variable("XDG_CONFIG_HOME") ?? variable("HOME").map { $0 + "/.config" }).map { $0 + "/ptwatch" }
  }

  private static func grammars() throws -> String {
    try variable("PTWATCH_GRAMMARS") ?? besideProgram("lib/ptwatch/grammars")
  }

  /// `<prefix>/<path>` for a program installed as `<prefix>/bin/ptwatch`.
  private static func besideProgram(_ path: String) throws -> String {
    guard let program = realpath("/proc/self/exe", nil) else { throw SystemError("find", "the program's own file") }
    defer { free(program) }
    let directory = String(cString: program).split(separator: "/").dropLast(2).joined(separator: "/")
    return "/\(directory)/\(path)"
  }

  /// A directory that a variable names. A grammar is code that is run, so it must not depend on the directory that one
  /// happens to be in, which may be somebody else's tree.
  private static func variable(_ name: String) throws -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    guard value.pointee == CChar(UInt8(ascii: "/")) else {
      throw Failure("\(name) is \"\(String(cString: value))\", and has to be an absolute path")
    }
    return String(cString: value)
  }
}
