internal import Glibc
internal import Graph
public import Platform

/// Why the tree can be watched no longer.
public enum RootLoss: Sendable, Hashable, CustomStringConvertible {
  case removed
  /// Or a directory around it.
  case moved
  case unmounted
  /// Another file system was mounted over it, or over a directory around it.
  case covered
  case failed(WatchError)

  public var description: String {
    switch self {
    case .removed: "the watched directory was removed"
    case .moved: "the watched directory was moved"
    case .unmounted: "the watched directory's file system was unmounted"
    case .covered: "another file system was mounted over the watched directory"
    case .failed(let error): "\(error)"
    }
  }

  /// What has become of the directory that was opened at `path`, absolute and without links; nil if it stands there.
  public static func examine(_ root: Directory, at path: String) -> RootLoss? {
    guard let status = try? root.status([]), status.st_nlink > 0 else { return .removed }
    var named = stat()
    if stat(path, &named) == 0, named.st_ino == status.st_ino, named.st_dev == status.st_dev { return nil }
    if MountTable.current?.holds(file: root.descriptor) == false { return .unmounted }
    return self.path(of: root) == path ? .covered : .moved
  }

  /// Where the kernel says that the directory is now.
  private static func path(of directory: Directory) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/fd/\(directory.descriptor)", &buffer, buffer.count)
    return count < 0 ? nil : String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
