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
    var sighting = Sighting.same(read: false)
    /// Of the file that the store had there, if that stands elsewhere now.
    var left: FileRecord?
  }

  /// What is at a path, as far as it can be known without parsing.
  enum Sighting: Sendable {
    /// As the store has it, or as no language wants it.
    case same(read: Bool)
    case restamped(FileRecord)
    case gone
    case bad(FileRecord)
    case text(SourceText)
  }

  struct Parsed: Sendable {
    var record: FileRecord
    /// If it is to be kept.
    var file: ParsedFile?
    var facts = FileFacts()
    var extent = ParseExtent.none
    var bytesParsed = 0
    var isCancelled = false
  }

  /// Reads, parses and commits the files at `paths`; nil if nothing that is worth a report was committed.
  func reindex(_ paths: [(TreePath, Look)]) throws -> BatchReport? {
    var items: [Item] = []
    items.reserveCapacity(paths.count)
    for (path, look) in paths {
      let stored = try store.file(path)
      items.append(Item(path: path, look: look, stored: stored?.1, storedID: stored?.0, cached: cache.take(path)))
    }
    let sightings = try ParallelWork.map(items, workers: workers, name: "parse") { [reader] _, item in
      Self.look(at: item, reader)
    }
    for (index, sighting) in sightings.enumerated() { items[index].sighting = sighting }
    let below = try departedBelow(items)
    let renames = renames(items, below)
    var batch = Batch()
    let carried = carry(renames, &items)
    guard let parsed = try parse(items, except: renames) else { return nil }
    for (index, item) in items.enumerated() {
      noteLinks(item)
      if let rename = renames.byTarget[item.path] {
        move(item, rename, carried[item.path], &batch)
      } else {
        try add(item, parsed[index], to: &batch)
      }
      for file in below[item.path] ?? [] { try remove(file, isRenamed: renames.leaving[file.path] != nil, &batch) }
    }
    guard !batch.updates.isEmpty else {
      batch.keepCached(in: cache)
      unconfirmed.formUnion(batch.unconfirmed)
      return nil
    }
    let report = try store.commit(batch.updates, changes: batch.changes)
    batch.keepCached(in: cache)
    unconfirmed.subtract(renames.leaving.keys)
    unconfirmed.subtract(items.lazy.map(\.path))
    unconfirmed.formUnion(batch.unconfirmed)
    batch.report.generation = report.generation
    batch.report.rowsWritten = report.rowsWritten
    return batch.report.files.isEmpty ? nil : batch.report
  }

  private static func look(at item: Item, _ reader: SourceReader) -> Sighting {
    if item.look == .isUnlisted { return item.stored == nil ? .same(read: false) : .gone }
    switch reader.read(item.path) {
    case .missing, .notSource: return item.stored == nil ? .same(read: false) : .gone
    case .bad(let record):
      if let stored = item.stored, stored.isSameContent(as: record) { return .restamped(record) }
      return .bad(record)
    case .text(let source):
      guard let stored = item.stored, stored.isSameContent(as: source.record) else { return .text(source) }
      var record = source.record
      record.describeAs(stored)
      return record == stored ? .same(read: true) : .restamped(record)
    }
  }

  private struct Job: Sendable {
    var index: Int
    var item: Item
    var source: SourceText
    var keepsTree: Bool
    /// False where its facts are to be those of a fresh parse at once.
    var isConfirmedLater = true
  }

  /// Parses what is new, by index of its item; nil if that was cancelled.
  private func parse(_ items: [Item], except renames: Renames) throws -> [Int: Parsed]? {
    var jobs: [Job] = []
    for (index, item) in items.enumerated() {
      guard case .text(let source) = item.sighting, renames.byTarget[item.path] == nil else { continue }
      jobs.append(Job(index: index, item: item, source: source, keepsTree: takeRoom(for: source)))
    }
    // Nobody waits for one file of many: what would be parsed afresh to be confirmed is, at once and by all workers.
    if jobs.count > workers.count { for index in jobs.indices { jobs[index].isConfirmedLater = false } }
    let parsed = try ParallelWork.map(jobs, workers: workers, name: "parse") { parser, job in
      Result { try Self.parse(job, parser) }
    }.map { try $0.get() }
    if parsed.contains(where: \.isCancelled) { return nil }
    return Dictionary(uniqueKeysWithValues: zip(jobs.lazy.map(\.index), parsed))
  }

  /// True if the file's tree is worth keeping: of a change of many files those that come first, up to half of the cache. To
  /// free a tree takes long, and trees that are not kept are freed by the workers.
  private func takeRoom(for source: SourceText) -> Bool {
    let isFirst = treeRoom == cache.limit / 2
    treeRoom -= source.bytes.count * TreeCache.treeBytesPerSourceByte
    return isFirst || treeRoom >= 0
  }

  private static func parse(_ job: Job, _ parser: FileParser) throws -> Parsed {
    var parsed = Parsed(record: job.source.record)
    var previous = job.item.stored?.language == parsed.record.language ? job.item.cached?.file : nil
    if !job.isConfirmedLater, previous?.misleads == true { previous = nil }
    switch try parser.parse(job.source.bytes, path: job.item.path, language: parsed.record.language, previous: previous)
    {
    case .cancelled: parsed.isCancelled = true
    case .givenUp(let problem): parsed.record.problem = problem
    case .parsed(let file, let facts, let extent, let bytesParsed):
      parsed.record.describe(facts)
      parsed.record.unconfirmed = file.dependsOnEdits
      (parsed.facts, parsed.extent, parsed.bytesParsed) = (facts, extent, bytesParsed)
      if job.keepsTree { parsed.file = file }
    }
    return parsed
  }

  private func add(_ item: Item, _ parsed: Parsed?, to batch: inout Batch) throws {
    switch item.sighting {
    case .same(let read):
      if item.stored?.unconfirmed == true { batch.unconfirmed.insert(item.path) }
      if read { batch.report.filesRead += 1 }
      if let cached = item.cached { batch.cached.append((item.path, cached)) }
    case .restamped(let record):
      if record.unconfirmed { batch.unconfirmed.insert(item.path) }
      batch.report.filesRead += 1
      if record != item.stored { batch.updates.append(.restamp(path: item.path, record: record)) }
      if let cached = item.cached { batch.cached.append((item.path, cached)) }
    case .gone:
      guard let id = item.storedID, let record = item.stored else { return }
      let file = StoredFile(path: item.path, id: id, record: record, facts: item.cached?.facts)
      try remove(file, isRenamed: item.left != nil, &batch)
    case .bad(let record):
      batch.report.filesRead += 1
      try replace(item, Parsed(record: record), &batch)
    case .text:
      guard let parsed else { return }
      batch.report.filesRead += 1
      if parsed.extent != .none {
        batch.report.filesParsed += 1
        batch.report.bytesParsed += parsed.bytesParsed
        if parsed.record.unconfirmed { batch.unconfirmed.insert(item.path) }
      }
      try replace(item, parsed, &batch)
    }
  }

  private func replace(_ item: Item, _ parsed: Parsed, _ batch: inout Batch) throws {
    var old = item.cached?.facts
    let oldNames = old?.names
    if old == nil, let id = item.storedID { old = try store.facts(id) }
    var new = parsed.facts
    let before = old ?? FileFacts()
    let delta = FactsDelta(from: before, to: &new)
    batch.updates.append(
      .replace(path: item.path, record: parsed.record, facts: new, delta: delta, oldNames: oldNames))
    if let left = item.left { batch.report.addLeaving(left) }
    batch.report.add(item.path, item.change, parsed.extent, from: before, to: new, delta)
    batch.note(item.path, from: (item.stored, before), to: (parsed.record, new), delta, catalog)
    if let file = parsed.file {
      batch.cached.append((item.path, TreeCache.Entry(file: file, facts: new, hash: parsed.record.hash)))
    }
  }

  private func remove(_ file: StoredFile, isRenamed: Bool, _ batch: inout Batch) throws {
    guard batch.removed.insert(file.path).inserted else { return }
    if isRenamed {
      batch.report.addLeaving(file.record)
      batch.report.files.append(BatchReport.File(path: file.path, change: .removed, parsed: .none))
      return
    }
    batch.updates.append(.remove(path: file.path))
    let facts = try file.facts ?? cache.take(file.path)?.facts ?? store.facts(file.id) ?? FileFacts()
    var none = FileFacts()
    let delta = FactsDelta(from: facts, to: &none)
    batch.report.add(file.path, .removed, .none, from: facts, to: none, delta)
    batch.note(file.path, from: (file.record, facts), to: (nil, none), delta, catalog)
  }

  /// An event tells of one name of a file; its others changed with it. And by this name it may have been written before
  /// the name went, or came to stand for another file.
  private func noteLinks(_ item: Item) {
    if let changed = item.sighting.newContent, changed.linked { linked[FileNode(changed.stamp)] = .some(changed.stamp) }
    guard let node = item.stored.map({ FileNode($0.stamp) }) else { return }
    switch item.sighting {
    case .same: return
    case .restamped(let record), .bad(let record): if FileNode(record.stamp) == node { return }
    case .text(let source): if FileNode(source.record.stamp) == node { return }
    case .gone: break
    }
    if item.stored?.linked == true || linked.keys.contains(node) { linked[node] = .some(nil) }
  }
}

extension Reindexer.Item {
  /// As batches are reported.
  var change: BatchReport.Change { storedID == nil && left == nil ? .added : .modified }
}

/// A file as the store has it.
struct StoredFile {
  var path: TreePath
  var id: FileID
  var record: FileRecord
  /// Where they are at hand.
  var facts: FileFacts?
}

extension FileRecord {
  /// True if the facts of one hold for the other.
  fileprivate func isSameContent(as other: FileRecord) -> Bool {
    hash == other.hash && language == other.language && problem == other.problem && stamp.size == other.stamp.size
  }
}
