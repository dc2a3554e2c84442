internal import Graph
internal import Platform
internal import Store
internal import Syntax

extension Reindexer {
  /// One file of a batch: what the store knows, and what there is now.
  struct Item: Sendable {
    var path: TreePath
    var look: Look
    var stored: FileRecord?
    var storedID: FileID?
    var cached: TreeCache.Entry?
  }

  enum Finding: Sendable {
    /// As the store has it, or as no language wants it.
    case same(read: Bool)
    case restamped(FileRecord)
    case gone
    case bad(FileRecord)
    case parsed(FileRecord, ParsedFile, FileFacts, ParseExtent, bytesParsed: Int)
    case cancelled
  }

  /// Reads, parses and commits the files at `paths`; nil if nothing that is worth a report was committed.
  func reindex(_ paths: [(TreePath, Look)]) throws -> BatchReport? {
    var items: [Item] = []
    items.reserveCapacity(paths.count)
    for (path, look) in paths {
      let stored = try store.file(path)
      items.append(Item(path: path, look: look, stored: stored?.1, storedID: stored?.0, cached: cache.take(path)))
    }
    let findings = try ParallelWork.map(items, workers: workers, name: "parse") { [reader] parser, item in
      Self.examine(item, reader, parser)
    }
    if findings.contains(where: { if case .cancelled = $0 { true } else { false } }) { return nil }
    var batch = Batch()
    for (item, finding) in zip(items, findings) { try add(item, finding, to: &batch) }
    guard !batch.updates.isEmpty else {
      batch.keepCached(in: cache)
      unconfirmed.formUnion(batch.unconfirmed)
      return nil
    }
    let report = try store.commit(batch.updates)
    batch.keepCached(in: cache)
    unconfirmed.formUnion(batch.unconfirmed)
    batch.report.generation = report.generation
    batch.report.rowsWritten = report.rowsWritten
    return batch.report.files.isEmpty ? nil : batch.report
  }

  private static func examine(_ item: Item, _ reader: SourceReader, _ parser: FileParser) -> Finding {
    if item.look == .isUnlisted { return item.stored == nil ? .same(read: false) : .gone }
    switch reader.read(item.path) {
    case .missing, .notSource: return item.stored == nil ? .same(read: false) : .gone
    case .bad(let record):
      if let stored = item.stored, stored.isSameContent(as: record) { return .restamped(record) }
      return .bad(record)
    case .text(let source):
      var record = source.record
      if let stored = item.stored, stored.isSameContent(as: record) {
        record.describeAs(stored)
        return record == stored ? .same(read: true) : .restamped(record)
      }
      var previous: ParsedFile?
      if let cached = item.cached, item.stored?.language == record.language { previous = cached.file }
      switch parser.parse(source.bytes, path: item.path, language: record.language, previous: previous) {
      case .cancelled: return .cancelled
      case .timedOut:
        record.problem = .parseTimeLimit
        return .bad(record)
      case .parsed(let file, let facts, let extent, let bytesParsed):
        record.describe(facts)
        return .parsed(record, file, facts, extent, bytesParsed: bytesParsed)
      }
    }
  }

  private func add(_ item: Item, _ finding: Finding, to batch: inout Batch) throws {
    noteLinks(item, finding)
    switch finding {
    case .cancelled: break
    case .same(let read):
      if item.stored?.unconfirmed == true { batch.unconfirmed.insert(item.path) }
      if read { batch.report.filesRead += 1 }
      if let cached = item.cached { batch.cached.append((item.path, cached)) }
      // A directory that is gone, or a file in its place, leaves files below it in the store.
      try removeBelow(item.path, &batch)
    case .restamped(let record):
      if record.unconfirmed { batch.unconfirmed.insert(item.path) }
      batch.report.filesRead += 1
      if record != item.stored { batch.updates.append(.restamp(path: item.path, record: record)) }
      if let cached = item.cached { batch.cached.append((item.path, cached)) }
    case .gone:
      try remove(item.path, item.storedID, item.cached?.facts, &batch)
      try removeBelow(item.path, &batch)
    case .bad(let record):
      batch.report.filesRead += 1
      try replace(item, record, FileFacts(), nil, .none, &batch)
    case .parsed(var record, let file, let facts, let extent, let bytesParsed):
      batch.report.filesRead += 1
      batch.report.filesParsed += 1
      batch.report.bytesParsed += bytesParsed
      record.unconfirmed = extent == .incremental && file.tree.hasErrors
      if record.unconfirmed { batch.unconfirmed.insert(item.path) }
      try replace(item, record, facts, file, extent, &batch)
    }
  }

  /// A file may have been written by this name before the name went, or came to stand for another file.
  private func noteLinks(_ item: Item, _ finding: Finding) {
    guard let node = item.stored.map({ FileNode($0.stamp) }) else { return }
    switch finding {
    case .same, .cancelled: return
    case .restamped(let record), .bad(let record), .parsed(let record, _, _, _, _):
      if FileNode(record.stamp) == node { return }
    case .gone: break
    }
    if item.stored?.linked == true || linked.keys.contains(node) { linked[node] = .some(nil) }
  }

  private func replace(
    _ item: Item, _ record: FileRecord, _ facts: FileFacts, _ file: ParsedFile?, _ extent: ParseExtent,
    _ batch: inout Batch
  ) throws {
    if record.linked { linked[FileNode(record.stamp)] = .some(record.stamp) }
    var old = item.cached?.facts
    let oldNames = old?.names
    if old == nil, let id = item.storedID { old = try store.facts(id) }
    var new = facts
    let before = old ?? FileFacts()
    let delta = FactsDelta(from: before, to: &new)
    batch.updates.append(
      .replace(path: item.path, record: record, facts: new, delta: delta, oldNames: oldNames))
    batch.report.add(
      item.path, item.storedID == nil ? .added : .modified, extent, from: before, to: new, delta)
    if let file { batch.cached.append((item.path, TreeCache.Entry(file: file, facts: new, hash: record.hash))) }
    if item.storedID == nil { try removeBelow(item.path, &batch) }
  }

  private func removeBelow(_ path: TreePath, _ batch: inout Batch) throws {
    var below: [(TreePath, FileID)] = []
    try store.forEachFile(below: path) { file, id, _ in
      if file != path { below.append((file, id)) }
    }
    // A directory has come in the file's place: what is in it was listed.
    if below.isEmpty || reader.isDirectory(path) { return }
    for (file, id) in below { try remove(file, id, cache.take(file)?.facts, &batch) }
  }

  private func remove(_ path: TreePath, _ id: FileID?, _ known: FileFacts?, _ batch: inout Batch) throws {
    guard let id, batch.removed.insert(path).inserted else { return }
    batch.updates.append(.remove(path: path))
    let facts = try known ?? store.facts(id) ?? FileFacts()
    var none = FileFacts()
    let delta = FactsDelta(from: facts, to: &none)
    batch.report.add(path, .removed, .none, from: facts, to: none, delta)
  }
}

/// What a batch is going to commit.
struct Batch {
  var updates: [FileUpdate] = []
  var report = BatchReport()
  /// For the cache, once the store holds what they describe.
  var cached: [(TreePath, TreeCache.Entry)] = []
  var unconfirmed: Set<TreePath> = []
  var removed: Set<TreePath> = []

  func keepCached(in cache: TreeCache) {
    for (path, entry) in cached { cache.put(path, entry) }
  }
}

extension BatchReport {
  mutating func add(
    _ path: TreePath, _ change: Change, _ parsed: ParseExtent, from old: FileFacts, to new: FileFacts,
    _ delta: FactsDelta
  ) {
    func named(_ entities: [EntityIndex], _ facts: FileFacts) -> [NamedEntity] {
      entities.prefix(Self.namesListed).map {
        let entity = facts.entities[Int($0)]
        return NamedEntity(kind: entity.kind, name: Escaping.printable(facts.names[entity.name]))
      }
    }
    files.append(
      File(
        path: path, change: change, parsed: parsed, added: named(delta.addedEntities, new),
        changed: named(delta.changedEntities, new), removed: named(delta.removedEntities, old)))
    entitiesAdded += delta.addedEntities.count
    entitiesChanged += delta.changedEntities.count
    entitiesRemoved += delta.removedEntities.count
    edgesAdded += delta.addedEdges + delta.addedEntities.count
    edgesRemoved += delta.removedEdges + delta.removedEntities.count
  }
}

extension FileRecord {
  /// True if the facts of one hold for the other.
  fileprivate func isSameContent(as other: FileRecord) -> Bool {
    hash == other.hash && language == other.language && problem == other.problem && stamp.size == other.stamp.size
  }
}
