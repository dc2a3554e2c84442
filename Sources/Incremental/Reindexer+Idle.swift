internal import Graph
internal import Store
internal import Syntax

// What is done while nothing waits: confirming what may depend on history, and parsing ahead.
extension Reindexer {
  /// True while incremental results of files that have syntax errors, or had some, wait for a fresh parse.
  public var needsConfirmation: Bool { !unconfirmed.isEmpty }

  /// Parses one such file afresh and corrects the store where that yields something else. Error recovery depends on the
  /// edits that led to a tree, so its incremental result may differ from what a full ingest finds.
  public func confirmNext() throws -> BatchReport? {
    guard let path = unconfirmed.first, let known = try knownVersion(of: path) else {
      if let path = unconfirmed.first { unconfirmed.remove(path) }
      return nil
    }
    var record = known.record
    var facts = FileFacts()
    var file: ParsedFile?
    var bytesParsed = 0
    switch try parse(known.text, path, known.record) {
    case .cancelled: return nil
    case .givenUp(let problem): record.problem = problem
    case .parsed(let fresh, let found, _, let bytes): (file, facts, bytesParsed) = (fresh, found, bytes)
    }
    let delta = FactsDelta(from: known.facts, to: &facts)
    record.describe(facts)
    let confirmed = file.map { TreeCache.Entry(file: $0, facts: facts, hash: record.hash) }
    if record == known.record, FactsCodec.encode(facts) == FactsCodec.encode(known.facts) {
      try settle(path, record)
      if let confirmed { cache.put(path, confirmed) }
      return nil
    }
    record.unconfirmed = false
    _ = cache.take(path)
    let update = FileUpdate.replace(
      path: path, record: record, facts: facts, delta: delta, oldNames: known.facts.names)
    var batch = Batch()
    batch.note(path, from: (known.record, known.facts), to: (record, facts), delta, catalog)
    let committed = try store.commit([update], changes: batch.changes)
    unconfirmed.remove(path)
    if let confirmed { cache.put(path, confirmed) }
    var report = BatchReport()
    report.generation = committed.generation
    report.rowsWritten = committed.rowsWritten
    report.filesParsed = confirmed == nil ? 0 : 1
    report.bytesParsed = bytesParsed
    report.add(path, .modified, confirmed == nil ? .none : .full, from: known.facts, to: facts, delta)
    return report
  }

  /// Takes the stored facts as confirmed.
  private func settle(_ path: TreePath, _ record: FileRecord) throws {
    var record = record
    record.unconfirmed = false
    _ = try store.commit([.restamp(path: path, record: record)])
    unconfirmed.remove(path)
  }

  /// The version of a file that the store holds, with its text. Nil if there is none, or if the file has changed since,
  /// and so will be looked at again.
  private func knownVersion(of path: TreePath) throws -> (text: [UInt8], facts: FileFacts, record: FileRecord)? {
    guard let (id, record) = try store.file(path) else { return nil }
    if let entry = cache.entry(path), entry.hash == record.hash { return (entry.file.text, entry.facts, record) }
    guard case .text(let source) = reader.read(path), source.record.hash == record.hash, let facts = try store.facts(id)
    else { return nil }
    return (source.bytes, facts, record)
  }

  /// True while files wait to be parsed ahead.
  public var canWarm: Bool { !warmingQueue.isEmpty }

  /// Chooses the files that were written last, as many as half of the cache holds: those that are likely to be edited
  /// next, so that their first edit too is parsed incrementally.
  public func planWarming() throws {
    var files: [(modified: Int64, size: Int, path: TreePath)] = []
    try store.forEachFile(below: .root) { path, _, record in
      guard record.problem == nil || record.problem == .invalidUTF8 else { return }
      files.append((record.stamp.modified, Int(record.stamp.size), path))
    }
    files.sort { ($0.modified, $1.path) > ($1.modified, $0.path) }
    var budget = cache.limit / 2
    warmingQueue = []
    for file in files {
      budget -= file.size * (TreeCache.treeBytesPerSourceByte + 4)
      if budget < 0 { break }
      warmingQueue.append(file.path)
    }
    warmingQueue.reverse()
  }

  /// Parses one of the chosen files, unless it is known already or not as the store has it.
  public func warmNext() throws {
    guard let path = warmingQueue.popLast(), cache.entry(path) == nil, let known = try knownVersion(of: path),
      case .parsed(let file, _, _, _) = try parse(known.text, path, known.record)
    else { return }
    cache.put(path, TreeCache.Entry(file: file, facts: known.facts, hash: known.record.hash))
  }

  private func parse(_ text: [UInt8], _ path: TreePath, _ record: FileRecord) throws -> FileParser.Outcome {
    try workers[0].parse(text, path: path, language: record.language)
  }
}
