import Glibc
import Platform

/// The git working tree that a directory lies in.
struct GitRepository {
  /// Absolute path of the working tree's top.
  let top: [UInt8]
  /// Absolute path of the directory that holds `info` and `config`: shared by all worktrees of a repository.
  let commonDirectory: [UInt8]

  /// The repository around `directory` (absolute, without links), its top being `directory` itself or above it on the
  /// same file system, as git searches; nil if there is none.
  init?(around directory: [UInt8]) {
    let slash = UInt8(ascii: "/")
    guard let start = FileAccess.status(directory, at: AT_FDCWD, followsLinks: true) else { return nil }
    var top = directory
    while true {
      if let common = Self.commonDirectory(top) {
        self.top = top
        commonDirectory = common
        return
      }
      guard top.count > 1, let end = top.lastIndex(of: slash) else { return nil }
      top = end == 0 ? [slash] : Array(top[..<end])
      guard let status = FileAccess.status(top, at: AT_FDCWD, followsLinks: true), status.st_dev == start.st_dev else {
        return nil
      }
    }
  }

  /// The common directory of the repository whose top is `top`; nil if that is no repository's top.
  private static func commonDirectory(_ top: [UInt8]) -> [UInt8]? {
    let entry = top.joined("/.git")
    guard let status = FileAccess.status(entry, at: AT_FDCWD, followsLinks: true) else { return nil }
    var directory = entry
    if status.st_mode & S_IFMT == S_IFREG {
      guard let link = firstLine(entry), link.starts(with: Array("gitdir: ".utf8)) else { return nil }
      directory = absolute(link.dropFirst("gitdir: ".utf8.count), from: top)
    }
    guard exists(directory.joined("/HEAD")) else { return nil }
    if let common = firstLine(directory.joined("/commondir")) { directory = absolute(common[...], from: directory) }
    return exists(directory.joined("/objects")) ? directory : nil
  }

  private static func exists(_ path: [UInt8]) -> Bool {
    // `HEAD` was a link once, and may point at a branch that is yet to be born.
    FileAccess.status(path, at: AT_FDCWD, followsLinks: false) != nil
  }

  private static func firstLine(_ path: [UInt8]) -> [UInt8]? {
    guard let content = try? FileAccess.read(path, followsLinks: true) else { return nil }
    return Array(content.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
  }

  private static func absolute(_ path: ArraySlice<UInt8>, from directory: [UInt8]) -> [UInt8] {
    path.first == UInt8(ascii: "/") ? Array(path) : directory.joined("/") + path
  }
}

extension [UInt8] {
  func joined(_ text: String) -> [UInt8] { self + text.utf8 }
}
