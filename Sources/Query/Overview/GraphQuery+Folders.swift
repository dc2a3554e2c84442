public import Graph
import Store

extension GraphQuery {
  /// What lies in and below a directory.
  public struct Folder: Sendable {
    public let path: TreePath
    /// Below the directory that was asked for.
    public let depth: Int
    public var files = 0
    public var lines = 0
    public var entities = 0
    /// `contains` edges included.
    public var edges = 0
    /// Files that were skipped or have syntax errors.
    public var troubled = 0
  }

  /// The directories below one, itself first, down to `depth`, in byte order of their paths, each before what is in it. Empty if there is
  /// no file below it. O(files below it).
  public func folders(below root: TreePath = .root, depth: Int) throws -> [Folder] {
    var folders: [Folder] = []
    // Those that the file at hand lies in, from the outside; files come in byte order, so those of a directory together,
    // but for directories whose names go on with a byte below the slash.
    var numbers: [TreePath: Int] = [:]
    try snapshot.forEachFile(below: root) { path, _, record in
      for (depth, folder) in Self.chain(from: root, to: path.parent, depth: depth).enumerated() {
        let number = numbers[folder] ?? folders.count
        if number == folders.count {
          numbers[folder] = number
          folders.append(Folder(path: folder, depth: depth))
        }
        folders[number].files += 1
        folders[number].lines += Int(record.lines)
        folders[number].entities += Int(record.entities)
        folders[number].edges += Int(record.edges)
        if record.problem != nil || record.errors > 0 { folders[number].troubled += 1 }
      }
    }
    return folders.sorted {
      $0.path.components.lexicographicallyPrecedes($1.path.components) { $0.lexicographicallyPrecedes($1) }
    }
  }

  /// From one directory down to another, at most `depth` steps.
  private static func chain(from root: TreePath, to directory: TreePath, depth: Int) -> [TreePath] {
    let below = directory.components.dropFirst(root.components.count).prefix(depth)
    var chain = [root]
    for component in below { chain.append(chain.last!.appending(component)) }
    return chain
  }
}

extension TreePath {
  fileprivate var components: [ArraySlice<UInt8>] { bytes.split(separator: UInt8(ascii: "/")) }
}
