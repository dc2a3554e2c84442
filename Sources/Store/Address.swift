import Graph

/// The last segment of what imports can call a file: by it the files are found that an import may mean.
enum Address {
  /// Of a file that stands for the root of the tree; no segment is called so.
  private static let root = [UInt8(ascii: "/")]

  static func key(_ path: TreePath, _ language: LanguageTraits) -> [UInt8] {
    let address = language.imports.address(of: path)
    return key(address[(address.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...])
  }

  static func key(_ segment: ArraySlice<UInt8>) -> [UInt8] {
    segment.isEmpty ? root : segment.withUnsafeBytes { Key.withName($0) { Array($0) } }
  }

  static func row(_ file: FileID) -> IndexRow { IndexRow(file: file, local: FactsDelta.fileScope, kind: 0) }
}
