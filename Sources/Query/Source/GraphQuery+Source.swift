import Graph
import Platform
public import Store

/// What stands in an entity's file now.
public struct EntitySource: Sendable {
  /// The comment right above; empty if there is none.
  public let documentation: [UInt8]
  /// Whole lines, attributes above included, without the end of the last.
  public let text: [UInt8]
  /// Number of the first line of `text`, counting from 1.
  public let firstLine: Int
  /// False if the file is not what the graph was made from: other lines may stand there now.
  public let isCurrent: Bool
}

extension GraphQuery {
  public enum SourceReading: Sendable {
    case source(EntitySource)
    /// Why there is none, in a few words.
    case unreadable(String)
  }

  /// Reads an entity's source from disk. O(file).
  public func source(of entity: EntityInfo) throws(StoreError) -> SourceReading {
    let (_, record) = try snapshot.required(entity.file)
    switch sources.lines(entity.path) {
    case .unreadable(let reason): return .unreadable(reason)
    case .file(let lines, let hash):
      let start = Int(entity.span.start.row)
      let (comment, attributes) = lines.commentary(above: start)
      let end = Int(entity.span.end.row) + (entity.span.end.column > 0 ? 1 : 0)
      return .source(
        EntitySource(
          documentation: Array(lines.text(comment..<attributes)),
          text: Array(lines.text(attributes..<max(end, attributes))), firstLine: attributes + 1,
          isCurrent: hash == record.hash))
    }
  }
}

/// Reads files of the tree, and keeps some of them.
final class SourceFiles {
  enum Reading {
    case file(SourceLines, ContentHash)
    case unreadable(String)
  }

  private let root: Result<Directory, SystemError>
  private var known: [TreePath: Reading] = [:]
  private static let mostKnown = 32
  /// Of one file.
  private static let mostBytes = 1 << 28

  init(root: [UInt8]) {
    let path = String(decoding: root, as: UTF8.self)
    self.root = Result { () throws(SystemError) in try Directory(path) }
  }

  func lines(_ path: TreePath) -> Reading {
    if let reading = known[path] { return reading }
    if known.count >= Self.mostKnown { known = [:] }
    let reading = read(path)
    known[path] = reading
    return reading
  }

  private func read(_ path: TreePath) -> Reading {
    let directory: Directory
    switch root {
    case .failure(let error): return .unreadable("\(error)")
    case .success(let opened): directory = opened
    }
    switch directory.read(path.bytes, limit: Self.mostBytes) {
    case .missing: return .unreadable("the file is gone")
    case .notAFile, .beginsOtherwise: return .unreadable("there is no plain file any more")
    case .tooBig: return .unreadable("the file is too big")
    case .failed(let error): return .unreadable("\(error)")
    case .bytes(let bytes, _):
      let (high, low) = bytes.withUnsafeBytes { ContentHashing.hash128($0) }
      return .file(SourceLines(bytes), ContentHash(high: high, low: low))
    }
  }
}
