internal import Glibc
public import Graph
public import Platform
public import Syntax

/// A file as far as it can be known without parsing it.
public enum SourceFile: Sendable {
  /// Text in a known language. `problem` may say that it is not UTF-8 throughout.
  case text(SourceText)
  /// A file of a known language that cannot be parsed: its record says why.
  case bad(FileRecord)
  /// No language wants it.
  case notSource
  /// Gone, or no regular file (any more).
  case missing
}

public struct SourceText: Sendable {
  public var bytes: [UInt8]
  public var record: FileRecord
}

/// Reads files of the tree and tells their language. Safe to use from any thread.
public struct SourceReader: Sendable {
  private let root: Directory
  private let catalog: LanguageCatalog
  let maxFileSize: Int

  /// The kernel stamps files with a clock that stands still between two ticks (10 ms at the most, at 100 Hz). What was
  /// written within twice that before it was read may be written again without its times showing it.
  private static let clockGrain: Int64 = 20_000_000

  public init(root: Directory, catalog: LanguageCatalog, maxFileSize: Int) {
    self.root = root
    self.catalog = catalog
    self.maxFileSize = maxFileSize
  }

  public func read(_ path: TreePath) -> SourceFile {
    let begun = Clock.fileTime
    let start = catalog.language(of: path) == nil ? LanguageCatalog.shebang : []
    switch root.read(path.bytes, limit: maxFileSize, beginning: start) {
    case .missing, .notAFile: return .missing
    case .beginsOtherwise: return .notSource
    case .tooBig(let status): return bad(path, FileStamp(status), .tooBig)
    case .failed:
      guard let status = try? root.status(path.bytes) else { return .missing }
      guard status.st_mode & S_IFMT == S_IFREG else { return .missing }
      return bad(path, FileStamp(status), .unreadable)
    case .bytes(let bytes, let status):
      guard let language = catalog.language(of: path, bytes) else { return .notSource }
      let stamp = FileStamp(status)
      var record = FileRecord(stamp: stamp, hash: ContentHash(of: bytes), language: language)
      record.stamp.size = UInt64(bytes.count)
      record.linked = status.st_nlink > 1
      record.racy = max(stamp.modified, stamp.changed) >= begun - Self.clockGrain
      if Self.isBinary(bytes) {
        record.problem = .binary
        return .bad(record)
      }
      if !Self.isUTF8(bytes) { record.problem = .invalidUTF8 }
      return .text(SourceText(bytes: bytes, record: record))
    }
  }

  /// What the file system says of the file at `path`; nil if there is none.
  func stamp(_ path: TreePath) -> FileStamp? { (try? root.status(path.bytes)).map { FileStamp($0) } }

  func isDirectory(_ path: TreePath) -> Bool {
    (try? root.status(path.bytes)).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  private func bad(_ path: TreePath, _ stamp: FileStamp, _ problem: FileProblem) -> SourceFile {
    guard let language = catalog.language(of: path) else { return .notSource }
    return .bad(FileRecord(stamp: stamp, hash: .zero, language: language, problem: problem))
  }

  private static func isBinary(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { $0.count > 0 && memchr($0.baseAddress!, 0, $0.count) != nil }
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    let isASCII = bytes.withUnsafeBytes { bytes in
      var offset = 0
      while offset + 8 <= bytes.count {
        if bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { return false }
        offset += 8
      }
      return !bytes[offset...].contains { $0 >= 0x80 }
    }
    return isASCII || bytes.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) != nil }
  }
}

extension FileStamp {
  init(_ status: stat) {
    self.init(
      size: UInt64(status.st_size), modified: status.modifiedNanoseconds, changed: status.changedNanoseconds,
      inode: UInt64(status.st_ino), device: UInt64(status.st_dev))
  }
}

extension ContentHash {
  init(of bytes: [UInt8]) {
    let (high, low) = bytes.withUnsafeBytes { ContentHashing.hash128($0) }
    self.init(high: high, low: low)
  }
}
