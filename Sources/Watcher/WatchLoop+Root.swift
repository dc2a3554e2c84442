internal import Glibc
internal import Graph
internal import Platform

extension WatchLoop {
  /// What has become of the root; nil if it stands where it stood.
  var standing: RootLoss? { RootLoss.examine(root, at: options.rootPath) }

  func exists(_ directory: TreePath) -> Bool { type(of: directory) == S_IFDIR }

  func isFile(_ path: TreePath) -> Bool { type(of: path) == S_IFREG }

  private func type(of path: TreePath) -> mode_t? { (try? root.status(path.bytes)).map { $0.st_mode & S_IFMT } }

  /// The kernel does not tell of the removal of a directory that someone has open, as we have the root. Only an empty one
  /// can be removed, so while it may be empty it is looked at whenever nothing has happened for a second: not amid what happens,
  /// since to list it waits for all that is renamed in it.
  func lookAfterRoot() {
    if isOver { return }
    if let status = try? root.status([]), status.st_nlink == 0 { return end(.removed) }
    var names = 0
    forEachName(in: openat(root.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) { _ in names += 1 }
    rootMayBeEmpty = names == 0
  }

  /// Sends the cookies that are there: those that came while events were lost would be waited for in vain.
  func sendCookies() {
    var names: [String] = []
    forEachName(in: open(options.syncDirectoryPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) { names.append($0) }
    let time = MonotonicTime.now
    for name in names.sorted() { send(.cookie(name: name, at: time)) }
  }

  /// Lists the directory open as `descriptor`, which is closed. Nothing if it could not be opened.
  private func forEachName(in descriptor: CInt, _ body: (String) -> Void) {
    guard descriptor >= 0 else { return }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      return
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { body(name) }
    }
  }
}
