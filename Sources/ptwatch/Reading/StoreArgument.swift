import ArgumentParser
import Glibc
import Store

/// The value of `--db`: a path, or `lmdb:` and a path.
struct StoreArgument: ExpressibleByArgument {
  let path: String

  init?(argument: String) {
    guard case .path(let path) = Self.parse(argument) else { return nil }
    self.init(path: path)
  }

  /// The store that a tree has unless another is given.
  static func standard(for tree: String) -> StoreDirectory { StoreDirectory(ofTree: tree) }

  func directory(for tree: String) -> StoreDirectory { StoreDirectory(path: Self.absolute(path)) }

  enum Parsed: Equatable {
    case path(String)
    case refused(String)
  }

  /// For `@Option(transform:)`, which can say what is wrong.
  static func parsing(_ argument: String) throws -> StoreArgument {
    switch parse(argument) {
    case .path(let path): return StoreArgument(path: path)
    case .refused(let reason): throw ValidationError(reason)
    }
  }

  static func parse(_ argument: String) -> Parsed {
    for backend in ["rocksdb", "sled"] where argument.hasPrefix(backend + ":") {
      return .refused("\(backend) is not supported; ptwatch keeps its graph in LMDB: --db PATH or --db lmdb:PATH")
    }
    let path = argument.hasPrefix("lmdb:") ? String(argument.dropFirst(5)) : argument
    return path.isEmpty ? .refused("--db wants a path") : .path(path)
  }

  /// Absolute at once: the working directory may be removed.
  private init(path: String) { self.path = WorkingDirectory.absolute(path) }

  /// Absolute and without links, so that a store that lies in the tree is known to; it need not exist, but the directory
  /// around it.
  private static func absolute(_ path: String) -> String {
    if let whole = resolve(path) { return whole }
    var trimmed = path[...]
    while trimmed.hasSuffix("/") { trimmed.removeLast() }
    guard let slash = trimmed.lastIndex(of: "/") else { return join(resolve(".") ?? ".", String(trimmed)) }
    let around = slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
    return resolve(around).map { join($0, String(trimmed[trimmed.index(after: slash)...])) } ?? path
  }

  private static func resolve(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func join(_ directory: String, _ name: String) -> String {
    directory.hasSuffix("/") ? directory + name : directory + "/" + name
  }
}
