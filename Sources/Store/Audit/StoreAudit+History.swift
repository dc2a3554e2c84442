import CLMDB
import Graph

extension StoreAudit {
  /// Each batch decodes, they are not newer than the store, and the files that they leave are those that there are.
  mutating func auditHistory() throws(StoreError) {
    /// Whether a path that a batch names has a file after it.
    var stands: [TreePath: Bool] = [:]
    var isFirst = true
    let generation = report.generation
    let languages = languages.count
    try forEach("changes", view.tables.changes) { (audit, key, value) throws(StoreError) in
      let first = isFirst
      isFirst = false
      guard key.count == 8 else { return audit.fault(StoreFault("changes", "a key of \(key.count) bytes")) }
      let number = UInt64(bigEndian: key.loadUnaligned(as: UInt64.self))
      if number > generation || number == 0 {
        audit.fault(StoreFault("changes", "generation \(number), where the last one is \(generation)"))
      }
      let view = audit.view
      let batch = try audit.attempt("changes") { () throws(StoreError) -> [FileChange] in
        try view.decoding("generation \(number)") { () throws(MalformedBytes) -> [FileChange] in
          let bytes = try Seal.opened(value)
          return first && bytes.elementsEqual(ChangesCodec.beginning) ? [] : try ChangesCodec.decode(bytes)
        }
      }
      for change in batch ?? [] where Int(change.language.rawValue) >= languages {
        audit.fault(StoreFault("changes", change.path, "generation \(number): its language is unknown"))
      }
      Self.apply(batch ?? [], to: &stands)
    }
    if isFirst { fault(StoreFault("changes", "it has no history")) }
    let paths = Set(files.values.lazy.map(\.path))
    for (path, isThere) in stands.sorted(by: { $0.key < $1.key }) where paths.contains(path) != isThere {
      let detail = isThere ? "it was added, and is not in the store" : "it was removed, and is in the store"
      fault(StoreFault("changes", path, detail))
    }
  }

  /// What was removed goes first, then all that was renamed at once, then the rest comes.
  private static func apply(_ batch: [FileChange], to stands: inout [TreePath: Bool]) {
    for change in batch {
      if change.kind == .removed { stands[change.path] = false }
      if change.kind == .renamed, let origin = change.origin { stands[origin] = false }
    }
    for change in batch where change.kind != .removed { stands[change.path] = true }
  }
}
