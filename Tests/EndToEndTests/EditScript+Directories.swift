import Foundation

// What happens to directories and to what is ignored.
extension EditScript {
  mutating func makeDeep() throws -> String? {
    let path = folder() + (0..<number(1...4)).map { _ in fresh("deep") }.joined(separator: "/") + "/file.\(suffix)"
    let text = seed()
    try makeParents(of: path)
    try write(text, to: path)
    return "create \(path)"
  }

  mutating func renameDirectory() -> String? {
    guard let directory = choose(directories) else { return nil }
    return moved(directory, folder() + fresh("moved"))
  }

  mutating func removeDirectory() -> String? {
    guard sources.count > 8, let directory = choose(directories) else { return nil }
    removeAll(directory)
    return "remove \(directory)"
  }

  /// Removed, and made at once with other files.
  mutating func remakeDirectory() throws -> String? {
    guard let directory = choose(directories) else { return nil }
    let names = sources.filter { $0.path.hasPrefix(directory + "/") }.map(\.path)
    removeAll(directory)
    mkdir(at(directory), 0o755)
    for name in names where chance(2, in: 3) {
      try makeParents(of: name)
      try write(seed(), to: name)
    }
    try write(seed(), to: directory + "/" + fresh("file") + ".\(suffix)")
    return "remake \(directory)"
  }

  mutating func directoryToFile() throws -> String? {
    guard let directory = choose(directories) else { return nil }
    removeAll(directory)
    try write(seed(), to: directory)
    return "directory to file \(directory)"
  }

  mutating func copyDirectory() throws -> String? {
    let all = directories
    guard entries.count < 150, let directory = choose(all) else { return nil }
    let target = fresh("copied")
    try FileManager.default.copyItem(atPath: at(directory), toPath: at(target))
    return "copy \(directory) \(target)"
  }

  mutating func moveOut() -> String? {
    guard let entry = choose(entries.filter { $0.isDirectory || $0.links == 1 }) else { return nil }
    let name = fresh("away") + (entry.isFile ? ".\(suffix)" : "")
    return rename(at(entry.path), "\(outside)/\(name)") == 0 ? "move out \(entry.path) as \(name)" : "cannot move out"
  }

  /// What was moved out, perhaps changed meanwhile, or something new.
  mutating func moveIn() throws -> String? {
    let names = try FileManager.default.contentsOfDirectory(atPath: outside).sorted()
    guard let name = choose(names), chance(3, in: 4) else { return try moveNewIn() }
    let target = folder() + name
    if name.hasSuffix(".\(suffix)"), chance(1, in: 2) { try write(seed(), to: "../outside/\(name)") }
    return rename("\(outside)/\(name)", at(target)) == 0 ? "move in \(target)" : "cannot move in \(target)"
  }

  private mutating func moveNewIn() throws -> String? {
    let name = fresh("new")
    mkdir("\(outside)/\(name)", 0o755)
    mkdir("\(outside)/\(name)/in", 0o755)
    for inner in ["a.\(suffix)", "in/b.\(suffix)"] { try write(seed(), to: "../outside/\(name)/\(inner)") }
    let target = folder() + name
    rename("\(outside)/\(name)", at(target))
    return "move in new \(target)"
  }

  mutating func changeRules() throws -> String? {
    let path = folder() + choose([".gitignore", ".gitignore", ".gitignore", ".ignore"])!
    let patterns = [
      "one/", "two", "/three", "moved*/", "deep*", "*.\(suffix)", "file1*", "!file1*", "!*.\(suffix)", "**/file2*",
      "renamed*.\(suffix)", "!moved1*/", "copied*", "*2.\(suffix)", "# nothing", "one/two/*",
    ]
    let lines = (0..<number(1...3)).map { _ in choose(patterns)! }
    let text = Array((lines.joined(separator: "\n") + "\n").utf8)
    try write(text, to: path, chance(1, in: 2) ? O_CREAT | O_APPEND : O_CREAT | O_TRUNC)
    return "rules \(path) \(lines)"
  }

  mutating func removeRules() -> String? {
    guard let file = choose(entries.filter { $0.path.hasSuffix("ignore") && !$0.isDirectory }) else { return nil }
    unlink(at(file.path))
    return "remove \(file.path)"
  }
}
