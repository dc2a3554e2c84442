import Glibc
import Platform

/// Where a store lies:
///
///     current     link to the environment in use, env-<n>
///     env-<n>/    an LMDB environment
///     lock        held by the one process that writes
///     sync/       where clients drop cookies
///     .gitignore  "*", so that git never sees the store
public struct StoreDirectory: Hashable, Sendable {
  public let path: String

  public init(path: String) { self.path = path }

  /// Where a tree's store lies unless another place is given.
  public init(ofTree tree: String) { self.init(path: tree.hasSuffix("/") ? tree + ".ptwatch" : tree + "/.ptwatch") }

  public var syncDirectory: String { path + "/sync" }

  var current: String { path + "/current" }
  var lock: String { path + "/lock" }

  /// Makes what is missing of the directory, for its owner only.
  public func create() throws(StoreError) {
    for directory in [path, syncDirectory] {
      if mkdir(directory, 0o700) != 0 && errno != EEXIST { throw .failure("make", directory) }
      Self.closeToOthers(directory)
      try Self.requireOwn(directory)
    }
    let file = open(path + "/.gitignore", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if file < 0 {
      if errno == EEXIST { return }
      throw .failure("make", path + "/.gitignore")
    }
    defer { close(file) }
    if write(file, "*\n", 2) != 2 { throw .failure("write", path + "/.gitignore") }
  }

  /// An empty directory of one's own, made to hold a store.
  private static func closeToOthers(_ directory: String) {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if descriptor < 0 { return }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      return
    }
    defer { closedir(stream) }
    var entries = 0
    while readdir(stream) != nil { entries += 1 }
    if entries == 2 { fchmod(descriptor, 0o700) }
  }

  /// Throws `foreign` unless the directory is the user's own and closed to others: what is in it is trusted, and a tree that
  /// somebody else made may hold one, or a link to another place, that looks like a store. What is not there is no fault.
  private static func requireOwn(_ directory: String) throws(StoreError) {
    var status = stat()
    if lstat(directory, &status) != 0 {
      if errno == ENOENT || errno == ENOTDIR { return }
      throw .failure("examine", directory)
    }
    let fault: String? =
      switch status.st_mode & S_IFMT {
      case S_IFLNK: "it is a link; give the place that it leads to with --db"
      case S_IFDIR where status.st_uid != geteuid(): "it belongs to user \(status.st_uid); use another --db"
      case S_IFDIR where status.st_mode & 0o077 != 0:
        "others may use it too; if you made it, run chmod 700 on it, and if it came with the tree, remove it"
      case S_IFDIR: nil
      default: "it is no directory"
      }
    if let fault { throw .foreign(path: directory, detail: fault) }
  }

  /// Name of the environment in use; nil if there is none.
  func currentEnvironment() throws(StoreError) -> String? {
    try Self.requireOwn(path)
    let (name, code) = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer -> (String, CInt) in
      let count = readlink(current, buffer.baseAddress!, buffer.count)
      return count < 0 ? ("", errno) : (String(decoding: buffer[..<count], as: UTF8.self), 0)
    }
    switch code {
    case 0: break
    case ENOENT, ENOTDIR: return nil
    case EINVAL: throw .damaged(path: current, detail: "not a link")
    default: throw .system(SystemError("read the link", current, code: code))
    }
    // The link is data too: it must not lead out of the store.
    guard Self.number(of: name) != nil else { throw .damaged(path: current, detail: "does not lead to an environment") }
    return path + "/" + name
  }

  /// Paths and numbers of all environments, those of crashed or unfinished builds included.
  func environments() throws(StoreError) -> [(path: String, number: UInt64)] {
    guard let directory = opendir(path) else { throw .failure("list", path) }
    defer { closedir(directory) }
    var found: [(String, UInt64)] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) { String(cString: $0) }
      }
      if let number = Self.number(of: name) { found.append((path + "/" + name, number)) }
    }
    return found
  }

  /// Removes the environments that are neither in use nor open in this process. Processes that still read one keep it:
  /// its space is freed when they close it.
  func removeLeftovers() throws(StoreError) {
    let inUse = try currentEnvironment()
    unlink(newLink)
    for (path, _) in try environments() where path != inUse && !Environment.isOpen(path) {
      Self.removeEnvironment(path)
    }
  }

  /// Makes a directory for a new environment.
  func makeEnvironment() throws(StoreError) -> String {
    let number = (try environments().map(\.number).max() ?? 0) + 1
    let directory = "\(path)/env-\(number)"
    if mkdir(directory, 0o700) != 0 { throw .failure("make", directory) }
    return directory
  }

  /// Makes `environment`, which must be synced, the one in use; in one step, that also survives a power cut. If it throws,
  /// the one before is in use. False if it could not be made sure that the switch outlives a power cut: then the one before
  /// has to stay.
  func switchTo(_ environment: String) throws(StoreError) -> Bool {
    try Self.sync(environment)
    unlink(newLink)
    let name = String(environment.dropFirst(path.count + 1))
    if symlink(name, newLink) != 0 { throw .failure("make", newLink) }
    if rename(newLink, current) != 0 { throw .failure("rename", newLink) }
    return (try? Self.sync(path)) != nil
  }

  static func removeEnvironment(_ path: String) {
    for name in ["data.mdb", "lock.mdb", DamageMark.name] { unlink(path + "/" + name) }
    rmdir(path)
  }

  private var newLink: String { path + "/current.new" }

  static func number(of name: String) -> UInt64? {
    name.hasPrefix("env-") ? UInt64(name.dropFirst(4)) : nil
  }

  private static func sync(_ directory: String) throws(StoreError) {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 { throw .failure("open", directory) }
    defer { close(descriptor) }
    if fsync(descriptor) != 0 { throw .failure("sync", directory) }
  }
}

extension StoreError {
  /// The system call that failed last on this thread.
  static func failure(_ operation: String, _ subject: String) -> StoreError {
    let code = errno
    if code == ENOSPC || code == EDQUOT { return .diskFull(path: subject) }
    return .system(SystemError(operation, subject, code: code))
  }
}
