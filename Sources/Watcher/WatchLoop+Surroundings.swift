internal import CInotifyTools
internal import Glibc
internal import Graph

// What lies around the tree and has a say in it: the directories above the root, which may be moved with it, and files
// that hold rules.
extension WatchLoop {
  /// Watches the directories above the root and those of the files that hold rules, after they may have become others.
  /// Failing is no harm: they change rarely. To be followed by a scan of the root, which reads the rules anew.
  func watchSurroundings() {
    rules.forget(below: .root)
    let files = rules.outerFiles
    outerFilesInTree = Set(files.compactMap(placeInTree))
    var wanted = surroundings(with: files)
    // A directory may be made after it was found missing, before the one above it is watched.
    for _ in 0..<Self.mostLooks {
      watch(wanted)
      let now = surroundings(with: files)
      if now == wanted { return }
      wanted = now
    }
  }

  private static var mostLooks: Int { 8 }

  /// The directories to watch, each with the names that matter there.
  private func surroundings(with files: [String]) -> [String: Set<String>] {
    var wanted: [String: Set<String>] = [:]
    for directory in directoriesAbove(options.rootPath) { wanted[directory] = [] }
    for file in files where placeInTree(file) == nil {
      let (directory, name) = nearest(file)
      wanted[directory, default: []].insert(name)
    }
    return wanted
  }

  private func watch(_ wanted: [String: Set<String>]) {
    for (watch, surrounding) in surroundings where wanted[surrounding.directory] != surrounding.names {
      surroundings[watch] = nil
      if !ended.contains(watch) { library.remove(watch) }
    }
    let watched = Set(surroundings.values.map(\.directory))
    for (directory, names) in wanted where !watched.contains(directory) {
      let mask = CInt(IN_MOVE_SELF) | (names.isEmpty ? 0 : WatchMask.ruleDirectory)
      if case .added(let watch) = library.add(Array(directory.utf8), mask: mask, exclusively: true) {
        surroundings[watch] = Surrounding(directory: directory, names: names)
      }
    }
  }

  func handleSurrounding(_ event: RawEvent, _ surrounding: Surrounding) {
    if event.isEnd || event.has(CInt(IN_MOVE_SELF)) {
      surroundings[event.watch] = nil
      if event.isEnd { endedSinceCount += 1 } else { library.remove(event.watch) }
      if let loss = standing { return end(loss) }
      changedRules.insert(.root)
    } else if surrounding.names.contains(String(decoding: event.name, as: UTF8.self)) {
      noteRules(of: .root, event)
    }
  }

  private func placeInTree(_ path: String) -> TreePath? {
    let prefix = options.rootPath == "/" ? "/" : options.rootPath + "/"
    return path.hasPrefix(prefix) ? TreePath(String(path.dropFirst(prefix.count))) : nil
  }

  private func directoriesAbove(_ path: String) -> [String] {
    var directories: [String] = []
    var path = path[...]
    while let slash = path.lastIndex(of: "/"), path != "/" {
      path = slash == path.startIndex ? "/" : path[..<slash]
      directories.append(String(path))
    }
    return directories
  }

  /// The directory of a file, or the nearest above it that there is, and the entry there on the way to the file.
  private func nearest(_ file: String) -> (directory: String, name: String) {
    var below = file[...]
    for directory in directoriesAbove(file) {
      if access(directory, F_OK) == 0 {
        return (directory, String(below.dropFirst(directory == "/" ? 1 : directory.utf8.count + 1)))
      }
      below = directory[...]
    }
    return ("/", "")
  }
}

/// A directory outside of the tree, with the names of the entries that matter.
struct Surrounding {
  let directory: String
  let names: Set<String>
}
