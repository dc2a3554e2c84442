import Glibc
import Platform

/// The git working tree that a directory lies in.
public struct GitRepository {
  /// Absolute path of the working tree's top.
  public let top: [UInt8]
  /// Absolute path of the directory that holds `HEAD` and `index`, which are this working tree's own.
  public let directory: [UInt8]
  /// Absolute path of the directory that holds `info`, `config`, `objects` and `refs`: shared by all worktrees of a
  /// repository.
  public let commonDirectory: [UInt8]

  /// The repository around `directory` (absolute, without links), its top being `directory` itself or above it on the
  /// same file system, as git searches; nil if there is none.
  public init?(around directory: [UInt8]) {
    let slash = UInt8(ascii: "/")
    guard let start = FileAccess.status(directory, at: AT_FDCWD, followsLinks: true) else { return nil }
    var top = directory
    while true {
      if let (directory, common) = Self.directories(top) {
        self.top = top
        self.directory = directory
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

  /// What `HEAD` says: the name of a branch, or a revision; nil if it cannot be read.
  public var head: [UInt8]? { (try? FileAccess.read(directory.joined("/HEAD"), followsLinks: true)) ?? nil }

  /// True where revisions are named by SHA-256 (`extensions.objectFormat`).
  public var usesSHA256: Bool {
    guard let content = try? FileAccess.read(commonDirectory.joined("/config"), followsLinks: true) else {
      return false
    }
    return GitConfig.value(of: "objectformat", in: "extensions", of: content) == Array("sha256".utf8)
  }

  /// The directories of the repository whose top is `top`; nil if that is no repository's top.
  private static func directories(_ top: [UInt8]) -> (own: [UInt8], common: [UInt8])? {
    let entry = top.joined("/.git")
    guard let status = FileAccess.status(entry, at: AT_FDCWD, followsLinks: true) else { return nil }
    var directory = entry
    if status.st_mode & S_IFMT == S_IFREG {
      guard let link = firstLine(entry), link.starts(with: Array("gitdir: ".utf8)) else { return nil }
      directory = absolute(link.dropFirst("gitdir: ".utf8.count), from: top)
    }
    guard exists(directory.joined("/HEAD")) else { return nil }
    let common = firstLine(directory.joined("/commondir")).map { absolute($0[...], from: directory) } ?? directory
    return exists(common.joined("/objects")) ? (directory, common) : nil
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
