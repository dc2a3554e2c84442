import Graph
import Store

/// The files and directories of a tree, by what an import can call them.
struct PathIndex {
  private struct Place {
    let address: [UInt8]
    let path: TreePath
    let family: Int
  }

  /// By the last segment of the address.
  private var files: [[UInt8]: [Place]] = [:]
  private var directories: [[UInt8]: Set<[UInt8]>] = [:]

  /// O(files).
  init(_ snapshot: Snapshot, _ families: Families) throws(StoreError) {
    do {
      var last: TreePath?
      try snapshot.forEachFile(below: .root) { path, _, record in
        let language = Int(record.language.rawValue)
        guard language < snapshot.languages.count else { return }
        let address = snapshot.languages[language].imports.address(of: path)
        files[Self.last(address), default: []].append(
          Place(address: address, path: path, family: families[record.language]))
        // Files come in order, so those of a directory mostly follow each other.
        let directory = path.parent
        if directory != last { addDirectory(directory) }
        last = directory
      }
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError.inconsistent("\(error)")
    }
  }

  private mutating func addDirectory(_ directory: TreePath) {
    var directory = directory
    while !directory.isRoot, directories[Array(directory.name), default: []].insert(directory.bytes).inserted {
      directory = directory.parent
    }
  }

  /// True if there is a file, or where imports say no suffix a directory, that an import of this path from `importer`
  /// can mean.
  func contains(_ path: ImportPath, from importer: TreePath, family: Int, rule: ImportRule) -> Bool {
    let wanted = WantedAddress(path, from: importer)
    guard let last = path.segments.last else { return path.isAnchored }
    for key in [last, Self.stem(last)] {
      for place in files[key] ?? [] where place.family == family {
        if wanted.fit(place.address, of: place.path, deeper: false) != nil { return true }
      }
      for directory in rule.keepsSuffix ? [] : directories[key] ?? []
      where wanted.fit(directory, of: TreePath(bytes: directory), deeper: false) != nil {
        return true
      }
    }
    return false
  }

  private static func last(_ address: [UInt8]) -> [UInt8] {
    Array(address[(address.lastIndex(of: Segments.slash).map { $0 + 1 } ?? 0)...])
  }

  private static func stem(_ name: [UInt8]) -> [UInt8] {
    name.lastIndex(of: UInt8(ascii: ".")).map { Array(name[..<$0]) } ?? name
  }
}
