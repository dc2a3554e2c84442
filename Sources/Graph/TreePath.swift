/// A path below the root of the tree: components joined by `/`, no leading or trailing slash, empty for the root
/// itself. Bytes, since file names need not be UTF-8. Ordered by bytes.
public struct TreePath: Hashable, Comparable, Sendable {
  public let bytes: [UInt8]

  public static let root = TreePath(bytes: [])

  public init(bytes: [UInt8]) { self.bytes = bytes }

  public init(_ text: String) { self.bytes = Array(text.utf8) }

  public var isRoot: Bool { bytes.isEmpty }

  /// The last component; empty for the root.
  public var name: ArraySlice<UInt8> {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return bytes[...] }
    return bytes[(slash + 1)...]
  }

  public var parent: TreePath {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return .root }
    return TreePath(bytes: Array(bytes[..<slash]))
  }

  @inlinable
  public func appending(_ component: some Collection<UInt8>) -> TreePath {
    guard !isRoot else { return TreePath(bytes: Array(component)) }
    var joined: [UInt8] = []
    joined.reserveCapacity(bytes.count + 1 + component.count)
    joined.append(contentsOf: bytes)
    joined.append(UInt8(ascii: "/"))
    joined.append(contentsOf: component)
    return TreePath(bytes: joined)
  }

  /// True if this is `ancestor` or stands below it, by whole components.
  public func isWithin(_ ancestor: TreePath) -> Bool {
    if ancestor.isRoot { return true }
    guard bytes.starts(with: ancestor.bytes) else { return false }
    return bytes.count == ancestor.bytes.count || bytes[ancestor.bytes.count] == UInt8(ascii: "/")
  }

  public static func < (a: TreePath, b: TreePath) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }

  /// All bytes at once: an array's own way is one by one.
  public func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
}

extension TreePath: CustomStringConvertible {
  /// The path as text; see ``Escaping/printable(_:)`` for bytes that are not.
  public var description: String { Escaping.printable(bytes) }
}
