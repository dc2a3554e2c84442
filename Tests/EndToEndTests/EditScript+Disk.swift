import Foundation
import Testing

// What there is, and the few steps that all changes are made of.
extension EditScript {
  struct Entry {
    /// Below the tree.
    var path: String
    var type: mode_t
    var links: Int
    var inode: ino_t

    var isFile: Bool { type == S_IFREG }
    var isDirectory: Bool { type == S_IFDIR }
  }

  /// Everything in the tree but the store, in a fixed order. Links are not followed.
  var entries: [Entry] {
    var found: [Entry] = []
    var open = [""]
    while let directory = open.popLast() {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: at(directory))) ?? []
      for name in names.sorted() where name != ".ptwatch" {
        let path = directory.isEmpty ? name : directory + "/" + name
        var status = stat()
        guard lstat(at(path), &status) == 0 else { continue }
        let type = status.st_mode & S_IFMT
        found.append(Entry(path: path, type: type, links: Int(status.st_nlink), inode: status.st_ino))
        if type == S_IFDIR { open.append(path) }
      }
    }
    return found
  }

  var sources: [Entry] { entries.filter { $0.isFile && $0.path.hasSuffix(".\(suffix)") } }

  var directories: [String] { entries.filter(\.isDirectory).map(\.path) }

  /// True if anything in the tree may be ignored.
  var hasRules: Bool { entries.contains { $0.path.hasSuffix(".gitignore") || $0.path.hasSuffix(".ignore") } }

  func at(_ path: String) -> String { path.isEmpty ? tree.path : tree.path + "/" + path }

  /// A source to write in place. No event tells of a file that it was written by another of its names, if that name is
  /// ignored or was made and removed before anybody looked. So what has several names becomes a file of its own where
  /// anything is ignored, and until a comparison has shown that its names are known.
  mutating func source() throws -> String? {
    guard let entry = choose(sources) else { return nil }
    if entry.links > 1 && (hasRules || linked.contains(entry.inode)) {
      let text = read(entry.path)
      unlink(at(entry.path))
      try #require(try write(text, to: entry.path))
    }
    return entry.path
  }

  /// A directory, the tree itself among them, with a slash unless that is it.
  mutating func folder() -> String { choose([""] + directories.map { $0 + "/" })! }

  func read(_ path: String) -> [UInt8] { [UInt8](FileManager.default.contents(atPath: at(path)) ?? Data()) }

  /// Truncates the file or makes it, and writes. A link in its place is not followed.
  @discardableResult
  func write(_ text: [UInt8], to path: String, _ flags: CInt = O_CREAT | O_TRUNC) throws -> Bool {
    let file = open(at(path), O_WRONLY | O_NOFOLLOW | O_CLOEXEC | flags, 0o644)
    if file < 0 { return false }
    defer { close(file) }
    try Self.write(text, to: file)
    return true
  }

  static func write(_ text: [UInt8], to file: CInt) throws {
    try #require(text.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) } == text.count)
  }

  func makeParents(of path: String) throws {
    var end = path.startIndex
    while let slash = path[end...].firstIndex(of: "/") {
      mkdir(at(String(path[..<slash])), 0o755)
      end = path.index(after: slash)
    }
  }

  func moved(_ from: String, _ to: String) -> String {
    rename(at(from), at(to)) == 0 ? "rename \(from) \(to)" : "cannot rename \(from) \(to): \(errno)"
  }

  func removeAll(_ path: String) { try? FileManager.default.removeItem(atPath: at(path)) }
}
