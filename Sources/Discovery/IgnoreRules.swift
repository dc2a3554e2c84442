import Glibc
public import Graph
public import Platform

/// The ignore rules of a tree: what git ignores, what `.ignore` files name, what the user excludes, and what is never
/// wanted (`.git`, `.hg`, `.svn`, `.ptwatch` and the store).
///
/// The ignore files of a directory are read when something in it is first asked about, and kept until ``forget(below:)``.
/// The rules are those of git 2.39 (`gitignore(5)`), in and outside of a repository. Where the root lies inside a
/// repository's working tree, the ignore files above it count too, but the root itself is always wanted.
///
/// Belongs to one thread.
public final class IgnoreRules {
  /// A directory that was asked about.
  final class Scope {
    /// True if the directory is not wanted, and so nothing in it.
    let isIgnored: Bool
    let rules: DirectoryRules
    fileprivate var children: [[UInt8]: Scope] = [:]

    init(isIgnored: Bool, rules: DirectoryRules) {
      self.isIgnored = isIgnored
      self.rules = rules
    }
  }

  /// When more directories than this are known, all are forgotten: about 10 MB.
  private static let limit = 50_000
  private static let neverWanted: [[UInt8]] = [".git", ".hg", ".svn", ".ptwatch"].map { Array($0.utf8) }
  private static let gitFiles: [TreePath] = [".git/info/exclude", ".git/config"].map { TreePath($0) }

  private let root: Directory
  private let options: IgnoreOptions
  private var outer: OuterRules?
  private var rootScope: Scope?
  private var known = 0
  /// The directory that was asked about last: questions come in runs.
  private var lastDirectory: TreePath?
  private var lastScope: Scope?

  /// Reads nothing yet.
  public init(root: Directory, options: IgnoreOptions) {
    self.root = root
    self.options = options
  }

  /// True if the entry at `path`, which need not exist, or a directory around it is ignored. What cannot be read of the
  /// ignore files counts as empty.
  public func isIgnored(_ path: TreePath, isDirectory: Bool) -> Bool {
    if path.isRoot { return false }
    let scope = scope(of: path.parent)
    return scope.isIgnored || isIgnored(path.bytes, isDirectory: isDirectory, in: scope)
  }

  /// True if a change of the file at `path` changes what is ignored: a `.gitignore` or `.ignore`, or the repository's
  /// `.git/info/exclude` or `.git/config`, for which all has to be forgotten.
  public static func isRuleFile(_ path: TreePath) -> Bool {
    path.name.elementsEqual(DirectoryRules.gitignoreName) || path.name.elementsEqual(DirectoryRules.ignoreName)
      || gitFiles.contains(path)
  }

  /// The files beside the ignore files of the tree that say what is ignored, as absolute paths: those of the user, those of
  /// the repository, and the ignore files above the root. They need not exist. Read anew with ``forget(below:)`` of the root.
  public var outerFiles: [String] { outerRules().sources.map { String(decoding: $0, as: UTF8.self) } }

  /// Drops what was loaded at and below `directory`, to be loaded anew. For the root that includes what was read
  /// outside of the tree.
  public func forget(below directory: TreePath) {
    lastDirectory = nil
    lastScope = nil
    guard !directory.isRoot else {
      (outer, rootScope, known) = (nil, nil, 0)
      return
    }
    var parent = rootScope
    let components = directory.bytes.split(separator: UInt8(ascii: "/"))
    for component in components.dropLast() { parent = parent?.children[Array(component)] }
    if let last = components.last { parent?.children[Array(last)] = nil }
  }

  /// As the public question, for an entry of the directory that `scope` stands for.
  func isIgnored(_ path: [UInt8], isDirectory: Bool, in scope: Scope) -> Bool {
    let nameStart = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    if isDirectory, Self.neverWanted.contains(where: { path[nameStart...].elementsEqual($0) }) { return true }
    if let store = options.store, store.bytes == path { return true }
    let outer = outerRules()
    let full = outer.prefix.isEmpty ? path : outer.prefix + path
    return full.withUnsafeBufferPointer { bytes in
      let candidate = Candidate(bytes, nameStart: outer.prefix.count + nameStart, isDirectory: isDirectory)
      if let verdict = outer.excludes.verdict(candidate) { return verdict }
      if let verdict = scope.rules.verdict(candidate) { return verdict }
      for list in outer.general {
        if let verdict = list.verdict(candidate) { return verdict }
      }
      return false
    }
  }

  private func outerRules() -> OuterRules {
    if let outer { return outer }
    let loaded = OuterRules(root: root, options: options)
    outer = loaded
    return loaded
  }
}

extension IgnoreRules {
  /// The scope of a directory, which is loaded, with those around it, if it is not known.
  func scope(of directory: TreePath) -> Scope {
    if let lastScope, lastDirectory == directory { return lastScope }
    var scope = rootScope ?? enterRoot()
    var end = 0
    let bytes = directory.bytes
    var opened = LastDirectory()
    while end < bytes.count && !scope.isIgnored {
      let start = end == 0 ? 0 : end + 1
      end = bytes[start...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
      let name = Array(bytes[start..<end])
      scope = scope.children[name] ?? load(TreePath(bytes: Array(bytes[..<end])), in: scope, &opened)
    }
    lastDirectory = directory
    lastScope = scope
    return scope
  }

  /// Makes the scope of a wanted directory that has just been listed, and so may only have the ignore files that were
  /// found; `descriptor` is the directory itself.
  func enter(
    _ directory: TreePath, in parent: Scope?, descriptor: CInt, ignore: Bool, gitignore: Bool,
    problem: (_ name: [UInt8], SystemError) -> Void
  ) -> Scope {
    let outer = outerRules()
    var rules = parent?.rules ?? outer.parents
    if options.usesIgnoreFiles && (ignore || gitignore) {
      let base = outer.prefix.count + (directory.isRoot ? 0 : directory.bytes.count + 1)
      rules = rules.adding(
        filesIn: descriptor, base: base, ignore: ignore, gitignore: gitignore, problem: problem)
    }
    return keep(Scope(isIgnored: false, rules: rules), directory, in: parent)
  }

  private func enterRoot() -> Scope {
    enter(.root, in: nil, descriptor: root.descriptor, ignore: true, gitignore: true) { _, _ in }
  }

  private func load(_ directory: TreePath, in parent: Scope, _ opened: inout LastDirectory) -> Scope {
    let isIgnored = isIgnored(directory.bytes, isDirectory: true, in: parent)
    if isIgnored || !options.usesIgnoreFiles {
      return keep(Scope(isIgnored: isIgnored, rules: parent.rules), directory, in: parent)
    }
    let descriptor = opened.move(to: directory, below: root.descriptor)
    let exists = descriptor >= 0
    return enter(directory, in: parent, descriptor: descriptor, ignore: exists, gitignore: exists) { _, _ in }
  }

  private func keep(_ scope: Scope, _ directory: TreePath, in parent: Scope?) -> Scope {
    known += 1
    lastDirectory = nil
    if known > Self.limit {
      known = 1
      rootScope?.children = [:]
    }
    if let parent { parent.children[Array(directory.name)] = scope } else { rootScope = scope }
    return scope
  }
}

/// The directory that was opened last on the way down to another, so that each takes a single step.
private struct LastDirectory: ~Copyable {
  private var descriptor: CInt = -1
  private var isSet = false

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Opens `directory`, a child of the last one if there is any; negative if it is not there.
  mutating func move(to directory: TreePath, below root: CInt) -> CInt {
    let last = descriptor
    if !isSet {
      descriptor = FileAccess.openDirectory(directory.bytes[...], below: root)
    } else if last >= 0 {
      descriptor = FileAccess.openDirectory(directory.name, below: last)
      close(last)
    }
    isSet = true
    return descriptor
  }
}
