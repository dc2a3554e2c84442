import Foundation
import Graph
import Platform
import Store

/// A file of a watched tree that is saved over and over, and looked for in the store as another process sees it.
struct SavedFile {
  enum Way: String, CaseIterable {
    /// Opened, truncated, written, closed.
    case write
    /// Written under another name beside it, renamed over it.
    case rename
  }

  /// A save, and when its content could be read from the store.
  struct Result {
    /// From the end of the save.
    var ms: Double
    /// Looks at the store that it took.
    var looks: Int
  }

  let path: String
  private let treePath: TreePath
  private let reader: GraphReader

  /// Microseconds between two looks: short beside what is measured, long enough to leave the cores to the watcher.
  private static let pause: UInt32 = 40

  init(_ path: String, in tree: String, _ reader: GraphReader) {
    (self.path, self.reader) = ("\(tree)/\(path)", reader)
    treePath = TreePath(path)
    // The kernel may else let each pause last 50 microseconds longer.
    try? Data("1".utf8).write(to: URL(fileURLWithPath: "/proc/self/timerslack_ns"))
  }

  /// Saves, and waits until the store has it.
  func save(_ bytes: [UInt8], _ way: Way = .write) throws -> Result {
    let (high, low) = bytes.withUnsafeBytes { ContentHashing.hash128($0) }
    let hash = ContentHash(high: high, low: low)
    try write(bytes, way)
    let saved = MonotonicTime.now
    var looks = 0
    while true {
      looks += 1
      if try reader.snapshot().file(treePath)?.1.hash == hash { break }
      if looks % 4096 == 0, MonotonicTime.now.milliseconds(since: saved) > 60_000 {
        throw Failure("\(path): a save was not in the store after a minute")
      }
      usleep(Self.pause)
    }
    return Result(ms: MonotonicTime.now.milliseconds(since: saved), looks: looks)
  }

  private func write(_ bytes: [UInt8], _ way: Way) throws {
    let name = way == .write ? path : path + ".new"
    let file = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    if file < 0 { throw SystemError("open", name) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 { throw SystemError("write", name) }
      written += count
    }
    close(file)
    if way == .rename, rename(name, path) != 0 { throw SystemError("rename", name) }
  }
}
