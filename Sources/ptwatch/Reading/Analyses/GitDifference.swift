import Discovery
import Glibc
import Platform
import Store

/// How a tree differs from a revision of the git repository that it lies in, by git itself.
///
/// A repository's configuration can name programs for git to run, and came with the tree: filters, drivers, monitors, hooks. They
/// cannot all be switched off, since a filter may have any name. So git is given no configuration, neither the repository's
/// nor the user's: its directory is one in the store, which holds links to the repository's refs and nothing else, and the
/// plumbing that is run writes nothing, looks into no submodule and fetches nothing.
struct GitDifference {
  private let tree: String
  private let store: StoreDirectory

  /// A unified diff that is larger is of no use for a question.
  private static let mostBytes = 64 << 20

  init(of tree: String, _ store: StoreDirectory) {
    self.tree = tree
    self.store = store
  }

  /// The lines that are touched, of all files that git knows; paths are from the tree's root. Throws ``Failure``.
  func patch(against revision: String) throws -> Patch {
    guard
      let root = realpath(tree, nil).map({ path in
        defer { free(path) }
        return String(cString: path)
      }), let repository = GitRepository(around: Array(root.utf8))
    else {
      throw Failure("\(printable(tree)) lies in no git working tree; give the diff with --patch")
    }
    let executable = try Self.executable()
    let environment = try environment(repository)
    let options = [
      "--patch", "--unified=0", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-color", "--relative",
      "--ignore-submodules=all", "--end-of-options", revision, "--",
    ]
    let child = try ChildProcess(
      executable, ["git", "-C", root, "diff-index"] + options, environment: environment)
    child.end()
    let text = Result { try StandardStream.read(child.output, "git's output", most: Self.mostBytes) }
    let status = child.wait()
    guard let text = try text.get() else {
      throw Failure("the difference from \"\(printable(revision))\" is too large; give one with --patch")
    }
    guard status == 0 else {
      throw Failure(
        "git cannot compare with \"\(printable(revision))\" (status \(status)); is it a revision of "
          + "\(printable(String(decoding: repository.top, as: UTF8.self)))? Else: git diff | ptwatch impact --patch -")
    }
    return try Patch(text)
  }

  /// Found in the user's `PATH`, where that does not depend on the directory that one is in.
  private static func executable() throws -> String {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let places = path.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/git" }
    if let place = places.first(where: { access($0, X_OK) == 0 }) { return place }
    throw Failure("git is not in PATH; give the diff with --patch")
  }

  private func environment(_ repository: GitRepository) throws -> [String] {
    func text(_ bytes: [UInt8], _ rest: String = "") -> String { String(decoding: bytes, as: UTF8.self) + rest }
    return [
      "PATH=/usr/bin:/bin", "LC_ALL=C", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_OPTIONAL_LOCKS=0",
      "GIT_NO_LAZY_FETCH=1", "GIT_DIR=\(try makeDirectory(repository))", "GIT_WORK_TREE=" + text(repository.top),
      "GIT_INDEX_FILE=" + text(repository.directory, "/index"),
      "GIT_OBJECT_DIRECTORY=" + text(repository.commonDirectory, "/objects"),
    ]
  }

  /// What git takes for a repository. It stays, since all that is in it would be made anew the next time.
  private func makeDirectory(_ repository: GitRepository) throws -> String {
    let directory = WorkingDirectory.absolute(store.path) + "/git"
    if mkdir(directory, 0o700) != 0, errno != EEXIST { throw SystemError("make", directory) }
    let format =
      repository.usesSHA256 ? "[core]\nrepositoryFormatVersion = 1\n[extensions]\nobjectFormat = sha256\n" : ""
    try Self.put(directory + "/config") { try Self.write(Array(format.utf8), to: $0) }
    try Self.put(directory + "/HEAD") { try Self.write(repository.head ?? [], to: $0) }
    for name in ["refs", "packed-refs", "shallow"] {
      let target = String(decoding: repository.commonDirectory, as: UTF8.self) + "/" + name
      try Self.put(directory + "/" + name) { if symlink(target, $0) != 0 { throw SystemError("make", $0) } }
    }
    return directory
  }

  /// Makes an entry under another name first: another process may be using the one that is there.
  private static func put(_ path: String, _ make: (String) throws -> Void) throws {
    let new = "\(path).\(getpid())"
    unlink(new)
    try make(new)
    if rename(new, path) != 0 { throw SystemError("rename", new) }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if file < 0 { throw SystemError("make", path) }
    defer { close(file) }
    if Glibc.write(file, bytes, bytes.count) != bytes.count { throw SystemError("write", path) }
  }
}
