public import Graph
import Platform
public import Store

/// Writes a whole snapshot as text; the format is DESIGN's, "The dump".
public struct Dump {
  private let workers: [Worker]

  /// Without `resolves` edges are written as they are in the source, without what they mean.
  public init(_ snapshot: Snapshot, resolves: Bool = true) { self.init([snapshot], resolves: resolves) }

  /// Written by a thread for each of some snapshots of one state, which nobody else may use meanwhile; see ``GraphReader/snapshots(_:stop:)``.
  public init(_ snapshots: [Snapshot], resolves: Bool = true) {
    precondition(snapshots.dropFirst().allSatisfy { $0.isSameState(as: snapshots[0]) })
    workers = snapshots.map { Worker($0, resolves: resolves) }
  }

  /// Hands the text to `output`, some files at a time; ends early when that returns false. O(store); memory for the list of all files,
  /// for what each ``Resolver`` keeps, and for the text of a few files. Throws `StoreError` and what `output` throws.
  public func write(_ output: ([UInt8]) throws -> Bool) throws {
    struct Ended: Error {}
    do {
      try ParallelWork.stream(try portions(), workers: workers, name: "dump") { worker, files in
        Result { try worker.text(of: files) }
      } take: { text in
        if !(try output(try text.get())) { throw Ended() }
      }
    } catch is Ended {
      return
    }
  }

  /// All files in byte order of their paths, as many together as make about a megabyte of text.
  private func portions() throws -> [[File]] {
    let most = 4_000
    var portions: [[File]] = []
    var portion: [File] = []
    var rows = 0
    try workers[0].snapshot.forEachFile(below: .root) { path, file, record in
      portion.append(File(path: path, file: file, record: record))
      rows += Int(record.entities) + Int(record.edges) + 1
      if rows < most { return }
      portions.append(portion)
      portion = []
      rows = 0
    }
    return portion.isEmpty ? portions : portions + [portion]
  }

  private struct File {
    let path: TreePath
    let file: FileID
    let record: FileRecord
  }

  // SAFETY: a worker is used by one thread at a time: that of ``Dump/write(_:)`` before it starts others, then one of these.
  private final class Worker: @unchecked Sendable {
    let snapshot: Snapshot
    private let resolver: Resolver?
    private var writer = DumpWriter()

    init(_ snapshot: Snapshot, resolves: Bool) {
      self.snapshot = snapshot
      resolver = resolves ? Resolver(snapshot) : nil
    }

    func text(of files: [File]) throws -> [UInt8] {
      for file in files { try write(file) }
      return writer.take()
    }

    private func write(_ file: File) throws {
      let (path, record) = (file.path, file.record)
      let facts = try snapshot.facts(file.file)
      guard let resolver else {
        let language = try snapshot.traits(record.language)
        return writer.write(path: path, record: record, facts: facts, language: language)
      }
      let edges = try resolver.resolver(of: file.file, path: path, record: record, facts: facts)
      try writer.write(path: path, record: record, facts: facts, language: edges.language) { try edges.target(of: $0) }
    }
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
