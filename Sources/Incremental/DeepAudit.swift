internal import Discovery
internal import Graph
internal import Platform
public import Store
internal import Syntax

/// Compares a store with a fresh look at its tree: every file is read and parsed anew.
public struct DeepAudit: Sendable {
  private let settings: IngestSettings

  /// Files, and bytes of them, that are in memory at once.
  private static let batchLimit = 256
  private static let batchByteLimit = 16 << 20

  public init(_ settings: IngestSettings) { self.settings = settings }

  private struct Item: Sendable {
    let path: TreePath
    let record: FileRecord
    let facts: FileFacts
  }

  /// Calls `fault` with each difference. O(tree), on all workers. Throws `StoreError` and what is wrong with a language.
  public func run(_ snapshot: Snapshot, fault: (StoreFault) -> Void) throws {
    let workers = (0..<settings.jobs).map { _ in settings.parser(stop: StopFlag(), keepsTrees: false) }
    var known: Set<TreePath> = []
    var batch: [Item] = []
    var bytes = 0
    func flush() throws {
      let reader = settings.reader
      let faults = try ParallelWork.map(batch, workers: workers, name: "verify") { parser, item in
        Result { try Self.difference(item, reader, parser) }
      }
      for (item, detail) in zip(batch, faults) {
        if let detail = try detail.get() { fault(StoreFault("tree", item.path, detail)) }
      }
      batch = []
      bytes = 0
    }
    try snapshot.forEachFile(below: .root) { path, file, record in
      known.insert(path)
      batch.append(Item(path: path, record: record, facts: try snapshot.facts(file)))
      bytes += Int(clamping: record.stamp.size)
      if batch.count >= Self.batchLimit || bytes >= Self.batchByteLimit { try flush() }
    }
    try flush()
    for file in settings.listing(stop: StopFlag()).files where !known.contains(file.path) {
      switch settings.reader.read(file.path) {
      case .missing, .notSource: continue
      case .bad, .text: fault(StoreFault("tree", file.path, "it is not in the store"))
      }
    }
  }

  private static func difference(_ item: Item, _ reader: SourceReader, _ parser: FileParser) throws -> String? {
    var record: FileRecord
    var facts = FileFacts()
    switch reader.read(item.path) {
    case .missing, .notSource: return "it is in the store, and no longer in the tree"
    case .bad(let bad): record = bad
    case .text(let source):
      record = source.record
      guard record.hash == item.record.hash else { return "it was changed since the store has read it" }
      switch try parser.parse(source.bytes, path: item.path, language: record.language) {
      case .cancelled: return nil
      case .givenUp(let problem): record.problem = problem
      case .parsed(_, let fresh, _, _): facts = fresh
      }
    }
    guard record.problem == item.record.problem, record.language == item.record.language else {
      return "the store has another language or problem than a fresh look at it"
    }
    // Such facts wait for a fresh parse themselves.
    if item.record.unconfirmed { return nil }
    let isSame = FactsCodec.encode(item.facts, renumbering: true) == FactsCodec.encode(facts, renumbering: true)
    return isSame ? nil : "its facts are not those of a fresh parse"
  }
}
