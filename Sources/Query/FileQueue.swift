import Glibc
import Graph
import Store

/// Hands out files in order of their paths, as a heap: whoever needs the first few of thousands does not wait for the rest to be sorted.
struct FileQueue {
  private var files: [(path: TreePath, file: FileID)]

  /// O(files).
  init(_ files: [(path: TreePath, file: FileID)]) {
    self.files = files
    for parent in (0..<files.count / 2).reversed() { sink(parent) }
  }

  /// The first of those that are left; nil if none is. O(log files).
  mutating func next() -> FileID? {
    guard let last = files.popLast() else { return nil }
    guard let first = files.first else { return last.file }
    files[0] = last
    sink(0)
    return first.file
  }

  private mutating func sink(_ start: Int) {
    var parent = start
    while true {
      var least = parent
      for child in [parent * 2 + 1, parent * 2 + 2] where child < files.count && precedes(child, least) {
        least = child
      }
      if least == parent { return }
      files.swapAt(parent, least)
      parent = least
    }
  }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    let (a, b) = (files[a].path.bytes, files[b].path.bytes)
    let order = a.withUnsafeBytes { a in
      b.withUnsafeBytes { b in memcmp(a.baseAddress!, b.baseAddress!, min(a.count, b.count)) }
    }
    return order != 0 ? order < 0 : a.count < b.count
  }
}
