public import Graph
public import Store

/// Writes a whole snapshot as text; the format is DESIGN's, "The dump".
public struct Dump {
  /// Bytes that are gathered before they are handed on.
  public static let chunk = 1 << 20

  private let snapshot: Snapshot
  private let resolver: Resolver?

  /// Without `resolves` edges are written as they are in the source, without what they mean.
  public init(_ snapshot: Snapshot, resolves: Bool = true) {
    self.snapshot = snapshot
    resolver = resolves ? Resolver(snapshot) : nil
  }

  /// Hands the text to `output`, in pieces of about ``chunk`` bytes; ends early when that returns false. O(store), in
  /// bounded memory. Throws `StoreError` and what `output` throws.
  public func write(_ output: ([UInt8]) throws -> Bool) throws {
    struct Ended: Error {}
    var writer = DumpWriter()
    do {
      try snapshot.forEachFile(below: .root) { path, file, record in
        try write(path, file, record, &writer)
        if writer.count >= Self.chunk, !(try output(writer.take())) { throw Ended() }
      }
      if writer.count > 0 { _ = try output(writer.take()) }
    } catch is Ended {
      return
    }
  }

  private func write(
    _ path: TreePath, _ file: FileID, _ record: FileRecord, _ writer: inout DumpWriter
  ) throws {
    let facts = try snapshot.facts(file)
    guard let resolver else {
      let language = try snapshot.traits(record.language)
      return writer.write(path: path, record: record, facts: facts, language: language)
    }
    let edges = try resolver.resolver(of: file, path: path, record: record, facts: facts)
    try writer.write(path: path, record: record, facts: facts, language: edges.language) { try edges.target(of: $0) }
  }
}

extension Snapshot {
  /// Throws ``StoreError/damaged(path:detail:)`` for a number that is no language's.
  public func traits(_ language: LanguageID) throws(StoreError) -> LanguageTraits {
    guard Int(language.rawValue) < languages.count else {
      throw damaged("a file's language is unknown")
    }
    return languages[Int(language.rawValue)]
  }
}
