import Foundation
import TestSupport

// What happens to single files.
extension EditScript {
  mutating func make() throws -> String? {
    if chance(1, in: 4) {
      let path = folder() + fresh("script")
      try write(Array("#!/usr/bin/env python3\ndef main(): return run()\n".utf8), to: path)
      return "create \(path)"
    }
    return try create()
  }

  mutating func removeFile() -> String? {
    guard let file = choose(entries.filter { !$0.isDirectory }) else { return nil }
    unlink(at(file.path))
    return "remove \(file.path)"
  }

  mutating func renameFile() -> String? {
    guard let file = choose(sources) else { return nil }
    return moved(file.path, folder() + fresh("renamed") + ".\(suffix)")
  }

  mutating func renameOver() -> String? {
    let files = entries.filter { !$0.isDirectory }
    guard let from = choose(files), let to = choose(files) else { return nil }
    return moved(from.path, to.path)
  }

  /// The language changes with the name, or there is none.
  mutating func renameToOtherKind() -> String? {
    guard let file = choose(entries.filter(\.isFile)) else { return nil }
    let stem = file.path.split(separator: ".", omittingEmptySubsequences: false)[0]
    return moved(file.path, stem + choose([".c", ".py", ".rs", ".h", ".txt", "", ".\(suffix)", ".\(suffix)"])!)
  }

  mutating func exchange() -> String? {
    let all = entries
    guard let a = choose(all), let b = choose(all), a.path != b.path else { return nil }
    return exchangeNames(at(a.path), at(b.path))
      ? "exchange \(a.path) \(b.path)" : "cannot exchange \(a.path) \(b.path)"
  }

  mutating func link() throws -> String? {
    guard let file = choose(sources), file.inode != held?.inode else { return nil }
    linked.insert(file.inode)
    let name = folder() + fresh("linked") + ".\(suffix)"
    Foundation.link(at(file.path), at(name))
    return "link \(file.path) \(name)"
  }

  mutating func makeSymbolicLink() -> String? {
    let target = chance(1, in: 4) ? outside : choose(entries.map { at($0.path) }) ?? "nowhere"
    let name = folder() + fresh("symbolic") + (chance(1, in: 2) ? ".\(suffix)" : "")
    symlink(target, at(name))
    return "symlink \(target) \(name)"
  }

  mutating func changeMode() -> String? {
    guard let entry = choose(entries.filter { $0.isFile || $0.isDirectory }) else { return nil }
    chmod(at(entry.path), 0)
    if chance(1, in: 2) { pause(number: number(0..<4)) }
    chmod(at(entry.path), entry.isDirectory ? 0o755 : 0o644)
    return "chmod \(entry.path)"
  }

  /// As a git checkout does to many files: each removed and made anew.
  mutating func saveAll() throws -> String? {
    for entry in sources where chance(2, in: 3) {
      let text = edited(read(entry.path))
      unlink(at(entry.path))
      try write(text, to: entry.path)
    }
    return "check out"
  }

  mutating func backUpAndSave() throws -> String? {
    guard let path = choose(sources)?.path else { return nil }
    let text = edited(read(path))
    rename(at(path), at(path + "~"))
    if chance(1, in: 2) { pause(number: number(0..<8)) }
    try write(text, to: path)
    unlink(at(path + "~"))
    return "back up and save \(path)"
  }

  mutating func fileToDirectoryAndBack() throws -> String? {
    guard let path = choose(sources)?.path else { return nil }
    let text = read(path)
    unlink(at(path))
    mkdir(at(path), 0o755)
    try write(seed(), to: path + "/inner.\(suffix)")
    if chance(1, in: 2) { pause(number: number(0..<12)) }
    if chance(1, in: 3) { return "file to directory \(path)" }
    removeAll(path)
    try write(text, to: path)
    return "file to directory and back \(path)"
  }
}
