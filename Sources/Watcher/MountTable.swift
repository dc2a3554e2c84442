internal import Glibc
internal import Graph

/// The mounts that this process sees, from `/proc/self/mountinfo` (proc(5)).
public struct MountTable: Sendable {
  static let path = "/proc/self/mountinfo"

  struct Mount: Sendable {
    let number: Int
    /// Where it is mounted.
    let point: [UInt8]
    /// All that the table says of it.
    let line: [UInt8]
  }

  let mounts: [Mount]

  /// The table as it is now; nil if it cannot be read.
  public static var current: MountTable? { ProcessFile.read(path).map { MountTable(content: $0) } }

  /// A mount a line, its fields separated by blanks: the first is its number, the fifth the mount point.
  init(content: [UInt8]) {
    mounts = content.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
      guard fields.count > 4, let number = Int(String(decoding: fields[0], as: UTF8.self)) else { return nil }
      return Mount(number: number, point: Self.unescaped(fields[4]), line: Array(line))
    }
  }

  /// True if something is mounted at `path`, absolute and without links.
  public func isMountPoint(_ path: String) -> Bool { mounts.contains { $0.point.elementsEqual(path.utf8) } }

  /// What is mounted below the directory `root`, absolute and without links, by place in the tree.
  func mounts(below root: String) -> [TreePath: [[UInt8]]] {
    let prefix = Array((root == "/" ? root : root + "/").utf8)
    let inside = mounts.filter { $0.point.starts(with: prefix) && $0.point.count > prefix.count }
    return Dictionary(grouping: inside) { TreePath(bytes: Array($0.point.dropFirst(prefix.count))) }
      .mapValues { $0.map(\.line) }
  }

  /// Whether the file system through which a file was opened is still mounted; nil if that cannot be told.
  func holds(file descriptor: CInt) -> Bool? {
    guard let content = ProcessFile.read("/proc/self/fdinfo/\(descriptor)") else { return nil }
    for line in content.split(separator: UInt8(ascii: "\n")) {
      let fields = String(decoding: line, as: UTF8.self).split { $0 == "\t" || $0 == " " }
      if fields.count == 2, fields[0] == "mnt_id:", let number = Int(fields[1]) {
        return mounts.contains { $0.number == number }
      }
    }
    return nil
  }

  /// Blanks, tabs, line ends and backslashes stand as a backslash and three octal digits.
  private static func unescaped(_ field: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var rest = field
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), let value = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8) {
        out.append(value)
        rest = rest.dropFirst(3)
      } else {
        out.append(byte)
      }
    }
    return out
  }
}
