extension ImportRule {
  /// An index name that any file's name is taken for: a directory is what imports name, not the files in it.
  public static let anyName = "*"

  /// What imports can call a file: its path without suffix, and without a name that stands for the directory.
  public func address(of path: TreePath) -> [UInt8] {
    let length = addressLength(of: path.bytes)
    return length == path.bytes.count ? path.bytes : Array(path.bytes[..<length])
  }

  private func addressLength(of path: [UInt8]) -> Int {
    if keepsSuffix { return path.count }
    let name = path[(path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...]
    let directory = max(0, name.startIndex - 1)
    if indexNames.contains(Self.anyName) { return directory }
    let stem = name.lastIndex(of: UInt8(ascii: ".")).flatMap { $0 > name.startIndex ? name[..<$0] : nil } ?? name
    if indexNames.isEmpty { return stem.endIndex }
    return indexNames.contains(String(decoding: stem, as: UTF8.self)) ? directory : stem.endIndex
  }
}
