import Glibc
public import Graph
public import Platform

/// A regular file that is wanted, links not among them.
public struct FoundFile: Sendable, Hashable {
  public var path: TreePath
  public var stamp: FileStamp

  public init(path: TreePath, stamp: FileStamp) {
    self.path = path
    self.stamp = stamp
  }
}

/// What could not be read on the way, and was passed over.
public struct WalkProblem: Sendable, Hashable {
  public var path: TreePath
  public var error: SystemError

  public init(path: TreePath, error: SystemError) {
    self.path = path
    self.error = error
  }
}

/// Finds the wanted files of a tree. Belongs to the thread of its rules.
public struct TreeWalker {
  /// Deeper directories are opened anew when the walk comes back to them.
  private static let openDirectories = 64

  private let root: Directory
  private let rules: IgnoreRules

  public init(root: Directory, rules: IgnoreRules) {
    self.root = root
    self.rules = rules
  }

  /// Visits `start`, a directory or a file, and everything wanted below it, depth first, the entries of a directory in
  /// byte order of their names. The ignore files at and below `start` are read anew, as by ``IgnoreRules/forget(below:)``.
  ///
  /// Links are not followed, other file systems are entered, and pipes, sockets and devices are passed over. What
  /// vanishes in between is passed over in silence. Neither depth nor width has a limit; a directory's names are held in
  /// memory while the walk is in it, and at most 65 descriptors are open.
  ///
  /// - Parameters:
  ///   - stop: ends the walk early when set; looked at before each entry.
  ///   - wants: asked about each regular file that is not ignored; others are not even examined.
  ///   - willList: called with each directory before it is opened, so a watch that is added then misses nothing.
  ///   - mount: called with the root, and with each directory on another file system than the directory around it, and
  ///     its descriptor, which is closed later.
  ///   - problem: called with what cannot be read; what could be read of a directory is visited all the same.
  ///   - found: called with each regular file that is wanted.
  /// - Returns: false if the walk was stopped early.
  public func walk(
    from start: TreePath, stop: StopFlag, wants: (TreePath) -> Bool = { _ in true }, willList: (TreePath) -> Void,
    mount: (TreePath, CInt) -> Void = { _, _ in }, problem: (WalkProblem) -> Void, found: (FoundFile) -> Void
  ) -> Bool {
    if stop.isSet { return false }
    rules.forget(below: start)
    var stack: [DirectoryListing] = []
    if let listing = begin(start, stop, wants, willList, mount, problem, found) { stack.append(listing) }
    while let listing = stack.last {
      if stop.isSet { return false }
      guard listing.next < listing.entries.count else {
        stack.removeLast()
        if let outer = stack.last, outer.next < outer.entries.count { outer.reopen(above: listing) }
        continue
      }
      let entry = listing.entries[listing.next]
      listing.next += 1
      let path = listing.path(entry)
      guard let type = wantedType(entry, path, in: listing, wants) else { continue }
      guard listing.reopen(below: root.descriptor) else {
        stack.removeLast()
        continue
      }
      if type == S_IFREG {
        examine(path, listing.name(entry), in: listing.descriptor, problem, found)
      } else if let inner = enter(
        path, listing.name(entry), in: listing.descriptor, listing.scope, stop, willList, problem)
      {
        if inner.device != listing.device { mount(path, inner.descriptor) }
        stack.append(inner)
        if stack.count > Self.openDirectories { stack[stack.count - 1 - Self.openDirectories].close() }
      }
    }
    return !stop.isSet
  }

  /// Visits the start itself; what is to be gone through if it is a wanted directory.
  private func begin(
    _ start: TreePath, _ stop: StopFlag, _ wants: (TreePath) -> Bool, _ willList: (TreePath) -> Void,
    _ mount: (TreePath, CInt) -> Void, _ problem: (WalkProblem) -> Void, _ found: (FoundFile) -> Void
  ) -> DirectoryListing? {
    if start.isRoot {
      let listing = enter(start, Array(".".utf8)[...], in: root.descriptor, nil, stop, willList, problem)
      if let listing { mount(start, listing.descriptor) }
      return listing
    }
    let parent = FileAccess.openDirectory(start.parent.bytes[...], below: root.descriptor)
    guard parent >= 0 else {
      report("open the directory", start.parent, problem)
      return nil
    }
    defer { close(parent) }
    guard let status = FileAccess.status(start.name, at: parent, followsLinks: false) else {
      report("examine", start, problem)
      return nil
    }
    let type = status.st_mode & S_IFMT
    guard type == S_IFDIR || type == S_IFREG, !rules.isIgnored(start, isDirectory: type == S_IFDIR) else { return nil }
    if type == S_IFDIR {
      let scope = rules.scope(of: start.parent)
      let listing = enter(start, start.name, in: parent, scope, stop, willList, problem)
      var outside = stat()
      if let listing, fstat(parent, &outside) == 0, outside.st_dev != listing.device {
        mount(start, listing.descriptor)
      }
      return listing
    }
    if wants(start) { examine(start, start.name, in: parent, problem, found) }
    return nil
  }

  /// `S_IFDIR` or `S_IFREG`; nil for what is to be passed over.
  private func wantedType(
    _ entry: DirectoryListing.Entry, _ path: TreePath, in listing: DirectoryListing, _ wants: (TreePath) -> Bool
  ) -> mode_t? {
    guard let scope = listing.scope, let type = listing.type(entry, below: root.descriptor) else { return nil }
    guard type == S_IFDIR || type == S_IFREG,
      !rules.isIgnored(path.bytes, isDirectory: type == S_IFDIR, in: scope)
    else { return nil }
    return type == S_IFDIR || wants(path) ? type : nil
  }

  /// Opens and lists a directory; nil if that fails.
  private func enter(
    _ directory: TreePath, _ name: ArraySlice<UInt8>, in parent: CInt, _ scope: IgnoreRules.Scope?, _ stop: StopFlag,
    _ willList: (TreePath) -> Void, _ problem: (WalkProblem) -> Void
  ) -> DirectoryListing? {
    willList(directory)
    let descriptor = FileAccess.withCString(name) { FileAccess.open($0, below: parent) }
    guard descriptor >= 0 else {
      report("open the directory", directory, problem)
      return nil
    }
    do throws(SystemError) {
      let listing = try DirectoryListing(directory, descriptor: descriptor)
      if let error = listing.list(stop: stop) { problem(WalkProblem(path: directory, error: error)) }
      listing.scope = rules.enter(
        directory, in: scope, descriptor: descriptor, ignore: listing.hasIgnore, gitignore: listing.hasGitignore
      ) { problem(WalkProblem(path: directory.appending($0), error: $1)) }
      return listing
    } catch {
      problem(WalkProblem(path: directory, error: error))
      return nil
    }
  }

  private func examine(
    _ path: TreePath, _ name: ArraySlice<UInt8>, in directory: CInt, _ problem: (WalkProblem) -> Void,
    _ found: (FoundFile) -> Void
  ) {
    guard let status = FileAccess.status(name, at: directory, followsLinks: false) else {
      return report("examine", path, problem)
    }
    // It may have been replaced since it was listed.
    guard status.st_mode & S_IFMT == S_IFREG else { return }
    found(FoundFile(path: path, stamp: FileStamp(status)))
  }

  /// Reports the system call that failed last, unless what it was to reach has vanished or given way to something else.
  private func report(_ operation: String, _ path: TreePath, _ problem: (WalkProblem) -> Void) {
    if [ENOENT, ENOTDIR, ELOOP].contains(errno) { return }
    problem(WalkProblem(path: path, error: SystemError(operation, path.description)))
  }
}

extension FileStamp {
  init(_ status: stat) {
    self.init(
      size: UInt64(status.st_size), modified: status.modifiedNanoseconds, changed: status.changedNanoseconds,
      inode: UInt64(status.st_ino), device: UInt64(status.st_dev))
  }
}
