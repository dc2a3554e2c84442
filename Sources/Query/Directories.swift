import Glibc
import Graph
import Store

/// The directories of a tree that hold files, by their last segments.
struct Directories {
  private var byName: [[UInt8]: Set<[UInt8]>] = [:]

  /// O(files).
  init(_ snapshot: Snapshot) throws(StoreError) {
    var last: [UInt8] = []
    try snapshot.forEachPath { path in
      var length = path.count
      while length > 0, path[length - 1] != Segments.slash { length -= 1 }
      // Files come in order, so those of a directory mostly follow each other.
      if length == last.count, length == 0 || memcmp(last, path.baseAddress!, length) == 0 { return }
      last = Array(path[..<length])
      var directory = last.dropLast()
      while !directory.isEmpty {
        let slash = directory.lastIndex(of: Segments.slash)
        let name = Array(directory[(slash.map { $0 + 1 } ?? 0)...])
        if !byName[name, default: []].insert(Array(directory)).inserted { break }
        directory = directory[..<(slash ?? 0)]
      }
    }
  }

  func called(_ name: [UInt8]) -> Set<[UInt8]> { byName[name] ?? [] }
}
