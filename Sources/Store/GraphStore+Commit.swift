import CLMDB
import Glibc
public import Graph
import Platform

extension GraphStore {
  /// Carries out all updates, in their order, in one transaction that is durable when this returns. If it throws, nothing
  /// is changed. No updates are no batch. `changes` is what the history will tell of it.
  ///
  /// Throws ``StoreError/inconsistent(_:)`` if an update removes a row that is not there or adds one that is: the facts
  /// it was made from are not those of the store.
  public func commit(_ updates: [FileUpdate], changes: [FileChange] = []) throws(StoreError) -> CommitReport {
    if updates.isEmpty { return CommitReport(generation: generation, rowsWritten: 0, files: []) }
    try requireUnmarked()
    FatalSignals.beginWriting(to: path)
    defer { FatalSignals.endWriting() }
    let report = try commitOnce(updates, changes, try requireOpen())
    limitGrowth()
    return report
  }

  private func commitOnce(
    _ updates: [FileUpdate], _ changes: [FileChange], _ lease: EnvironmentLease
  ) throws(StoreError) -> CommitReport {
    let history = changes.isEmpty ? nil : Seal.closed(ChangesCodec.encode(changes))
    var failures = 0
    while true {
      do throws(StoreError) {
        return try attempt(updates, history, lease)
      } catch {
        failures += 1
        switch error {
        case .lmdb(_, MDB_MAP_FULL, _) where failures < 32: try lease.environment.grow()
        // A failed write of a meta page: LMDB wants to be opened anew.
        case .lmdb(_, MDB_PANIC, _) where failures < 2: try lease.environment.reopen()
        default: throw error
        }
      }
    }
  }

  private func attempt(
    _ updates: [FileUpdate], _ history: [UInt8]?, _ lease: EnvironmentLease
  ) throws(StoreError) -> CommitReport {
    var transaction = try WriteTransaction(lease)
    var batch = Batch(TableWriter(transaction.view, languages), nextFile: nextFile)
    var files: [FileID?] = []
    files.reserveCapacity(updates.count)
    for case .rename(let from, _, _) in updates { try batch.leave(from) }
    for update in updates { files.append(try batch.carryOut(update)) }
    try batch.rows.updateNames()
    if batch.nextFile != nextFile { try batch.rows.putMeta(Meta.nextFile, Key.bigEndian(batch.nextFile)) }
    try batch.rows.putMeta(Meta.generation, Key.bigEndian(generation + 1))
    if let history { try batch.rows.addHistory(history, generation: generation + 1, bounds: historyBounds) }
    try transaction.commit()
    generation += 1
    nextFile = batch.nextFile
    // Failing costs no data: at worst the store is taken for damaged, and rebuilt.
    try? lease.environment.extendFile()
    StoreDirectory.announceCommit(to: path)
    return CommitReport(generation: generation, rowsWritten: batch.rows.written, files: files)
  }
}

/// One transaction's worth of updates.
private struct Batch {
  var rows: TableWriter
  var nextFile: UInt32
  private var encoder = FactsEncoder()
  /// Files that have left their paths and are to stand at others.
  private var moving: [TreePath: (file: FileID, language: LanguageID)] = [:]

  init(_ rows: TableWriter, nextFile: UInt32) {
    self.rows = rows
    self.nextFile = nextFile
  }

  mutating func carryOut(_ update: FileUpdate) throws(StoreError) -> FileID? {
    switch update {
    case .replace(let path, let record, let facts, let delta, let oldNames):
      if let (file, old) = try rows.view.file(path) {
        try replace(file, facts, delta, oldNames)
        try rows.putInclusions(file, facts, record)
        try restamp(path, file, record, old)
        return file
      }
      return try add(path, record, facts)
    case .restamp(let path, let record):
      guard let (file, old) = try rows.view.file(path) else {
        throw .inconsistent("the store does not know \(path), which is to be restamped")
      }
      try restamp(path, file, record, old)
      return file
    case .rename(let from, let path, let record):
      guard !path.isRoot else { throw .inconsistent("the root of the tree is no file") }
      guard let (file, language) = moving[from], try rows.view.file(path) == nil else {
        throw .inconsistent("there is a file already where one is to be moved: \(path)")
      }
      try rows.putRecord(path, file, record)
      try rows.moveAddress(file, from: (from, language), to: (path, record.language))
      try rows.putPath(path, file, record.language)
      if record.language != language { try rows.putInclusions(file, try rows.view.requireFacts(file), record) }
      return file
    case .remove(let path):
      guard let (file, record) = try rows.view.file(path) else { return nil }
      try remove(path, file, record)
      return file
    }
  }

  private mutating func restamp(
    _ path: TreePath, _ file: FileID, _ record: FileRecord, _ old: FileRecord
  ) throws(StoreError) {
    if record == old { return }
    try rows.putRecord(path, file, record)
    if record.language == old.language { return }
    try rows.putPath(path, file, record.language)
    try rows.moveAddress(file, from: (path, old.language), to: (path, record.language))
    try rows.putInclusions(file, try rows.view.requireFacts(file), record)
  }

  mutating func leave(_ path: TreePath) throws(StoreError) {
    guard let (file, record) = try rows.view.file(path) else {
      throw .inconsistent("the store does not know \(path), which is to be renamed")
    }
    try rows.delete(rows.view.tables.files, Key.path(path.bytes, file))
    moving[path] = (file, record.language)
  }

  private mutating func add(_ path: TreePath, _ record: FileRecord, _ facts: FileFacts) throws(StoreError) -> FileID {
    guard !path.isRoot else { throw .inconsistent("the root of the tree is no file") }
    guard nextFile < .max else { throw .inconsistent("it has no more numbers for files") }
    let file = FileID(rawValue: nextFile)
    nextFile += 1
    try rows.putRecord(path, file, record)
    try rows.addAddress(file, path, record.language)
    try rows.putPath(path, file, record.language)
    try rows.put(rows.view.tables.facts, Key.bigEndian(file.rawValue), FactsValue.closed(encoder.encode(facts)))
    try rows.putInclusions(file, facts, record)
    for entity in facts.entities { try rows.add(FactsDelta.Definition(entity), facts.names, file) }
    for mention in facts.distinctMentions { try rows.add(mention, facts.names, file) }
    return file
  }

  private mutating func replace(
    _ file: FileID, _ facts: FileFacts, _ delta: FactsDelta, _ oldNames: NameTable?
  ) throws(StoreError) {
    if !delta.removedDefinitions.isEmpty || !delta.removedMentions.isEmpty {
      let names: NameTable
      if let oldNames { names = oldNames } else { names = try rows.view.requireFacts(file).names }
      for definition in delta.removedDefinitions { try rows.remove(definition, names, file) }
      var removedLong = false
      for mention in delta.removedMentions {
        try rows.remove(mention, names, file)
        if Key.isLong(names.range(mention.name).count) { removedLong = true }
      }
      // A row may have stood for several long names with one key.
      if removedLong {
        for edge in facts.edges where Key.isLong(facts.names.range(edge.name).count) {
          try rows.add(FactsDelta.Mention(edge, in: facts), facts.names, file)
        }
      }
    }
    for definition in delta.addedDefinitions { try rows.add(definition, facts.names, file) }
    for mention in delta.addedMentions { try rows.add(mention, facts.names, file) }
    let bytes = FactsValue.closed(encoder.encode(facts))
    guard let old = try rows.view.value(rows.view.tables.facts, file) else {
      throw rows.view.damaged("file \(file.rawValue) has no facts")
    }
    if !isSame(old, bytes) { try rows.put(rows.view.tables.facts, Key.bigEndian(file.rawValue), bytes) }
  }

  private mutating func remove(_ path: TreePath, _ file: FileID, _ record: FileRecord) throws(StoreError) {
    try rows.removeAddress(file, path, record.language)
    let facts = try rows.view.requireFacts(file)
    for entity in facts.entities { try rows.remove(FactsDelta.Definition(entity), facts.names, file) }
    for mention in facts.distinctMentions { try rows.remove(mention, facts.names, file) }
    try rows.removeInclusions(file)
    try rows.delete(rows.view.tables.facts, Key.bigEndian(file.rawValue))
    try rows.delete(rows.view.tables.paths, Key.bigEndian(file.rawValue))
    try rows.delete(rows.view.tables.files, Key.path(path.bytes, file))
  }
}

/// By whole words: facts of a large file are hundreds of kilobytes.
private func isSame(_ a: UnsafeRawBufferPointer, _ b: [UInt8]) -> Bool {
  a.count == b.count && b.withUnsafeBytes { a.isEmpty || memcmp(a.baseAddress!, $0.baseAddress!, a.count) == 0 }
}

extension FileFacts {
  fileprivate var distinctMentions: Set<FactsDelta.Mention> {
    Set(edges.lazy.map { FactsDelta.Mention($0, in: self) })
  }
}
