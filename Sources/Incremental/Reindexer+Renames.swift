internal import Graph
internal import Store
internal import Syntax

// Files that are moved keep their facts, and are not parsed.
extension Reindexer {
  /// Cuts a change into batches, each bounded in files and bytes. What one inode stands for comes into the same, so that
  /// both ends of a move meet.
  func batches(of paths: [TreePath]) throws -> [[TreePath]] {
    if paths.count <= 1 { return paths.isEmpty ? [] : [paths] }
    var sizes: [Int] = []
    var places: [Int] = []
    var first: [FileNode: Int] = [:]
    for (index, path) in paths.enumerated() {
      let now = reader.stamp(path)
      sizes.append(min(Int(clamping: now?.size ?? 0), reader.maxFileSize))
      if let node = try (now ?? store.file(path)?.1.stamp).map({ FileNode($0) }) {
        places.append(first[node] ?? index)
        first[node] = places[index]
      } else {
        places.append(index)
      }
    }
    let order = paths.indices.sorted { (places[$0], $0) < (places[$1], $1) }
    var batches: [[TreePath]] = []
    var start = 0
    var bytes = 0
    for place in order.indices {
      bytes += sizes[order[place]]
      let count = place + 1 - start
      let isFull = count >= Self.batchLimit || bytes >= Self.batchByteLimit
      guard isFull || place + 1 == order.count else { continue }
      // Not between the two ends of a move; a file may have very many names, though.
      let isTorn = place + 1 < order.count && places[order[place]] == places[order[place + 1]]
      if isTorn && count < 2 * Self.batchLimit { continue }
      batches.append(order[start...place].sorted().map { paths[$0] })
      (start, bytes) = (place + 1, 0)
    }
    return batches
  }

  /// By the path of an item at which there is no directory any more: the files that the store has below it. What is in
  /// the batch itself is left out.
  func departedBelow(_ items: [Item]) throws -> [TreePath: [StoredFile]] {
    var found: [TreePath: [StoredFile]] = [:]
    for item in items where item.mayHaveBeenDirectory {
      var below: [StoredFile] = []
      try store.forEachFile(below: item.path) { path, id, record in
        if path != item.path { below.append(StoredFile(path: path, id: id, record: record)) }
      }
      // A directory has come in a file's place: what is in it was listed.
      if !below.isEmpty, !reader.isDirectory(item.path) { found[item.path] = below }
    }
    if found.isEmpty { return found }
    let own = Set(items.lazy.map(\.path))
    return found.mapValues { $0.filter { !own.contains($0.path) } }
  }

  func renames(_ items: [Item], _ below: [TreePath: [StoredFile]]) -> Renames {
    var arrivals: [Renames.Arrival] = []
    var sources: [Renames.Source] = []
    for item in items {
      if let record = item.sighting.newContent {
        arrivals.append(Renames.Arrival(path: item.path, record: record, isStored: item.stored != nil))
        if let stored = item.stored { sources.append(Renames.Source(path: item.path, record: stored, isGone: false)) }
      } else if case .gone = item.sighting, let stored = item.stored {
        sources.append(Renames.Source(path: item.path, record: stored, isGone: true))
      }
    }
    var seen: Set<TreePath> = []
    for item in items {
      for file in below[item.path] ?? [] where seen.insert(file.path).inserted {
        sources.append(Renames.Source(path: file.path, record: file.record, isGone: true))
      }
    }
    // A lone save, or nothing that came.
    if sources.isEmpty || arrivals.isEmpty || sources.count == 1 && arrivals.count == 1 && arrivals[0].isStored {
      return Renames()
    }
    return Renames(arrivals, sources) { [catalog] in catalog[$0].yieldsSameFacts(at: $1, and: $2) }
  }

  /// Takes what is renamed from the paths that it leaves. Returns the trees by the path that they come to.
  func carry(_ renames: Renames, _ items: inout [Item]) -> [TreePath: TreeCache.Entry] {
    if renames.byTarget.isEmpty { return [:] }
    var entries: [TreePath: TreeCache.Entry] = [:]
    for index in items.indices {
      guard let left = renames.leaving[items[index].path] else { continue }
      entries[items[index].path] = items[index].cached
      items[index].cached = nil
      items[index].left = left
      if items[index].sighting.newContent != nil { (items[index].stored, items[index].storedID) = (nil, nil) }
    }
    return renames.byTarget.compactMapValues { entries[$0.from] ?? cache.take($0.from) }
  }

  func move(_ item: Item, _ rename: Renames.Rename, _ entry: TreeCache.Entry?, _ batch: inout Batch) {
    guard var record = item.sighting.newContent else { return }
    record.describeAs(rename.stored)
    batch.updates.append(.rename(from: rename.from, to: item.path, record: record))
    batch.changes.append(FileChange(.renamed, item.path, from: rename.from, language: record.language))
    batch.report.filesRead += 1
    if let left = item.left { batch.report.addLeaving(left) }
    batch.report.addComing(record)
    batch.report.files.append(BatchReport.File(path: item.path, change: item.change, parsed: .none))
    if let entry { batch.cached.append((item.path, entry)) }
    if record.unconfirmed { batch.unconfirmed.insert(item.path) }
  }
}

extension Reindexer.Sighting {
  /// Of a file whose content the store does not have at its path.
  var newContent: FileRecord? {
    switch self {
    case .text(let source): source.record
    case .bad(let record): record
    case .same, .restamped, .gone: nil
    }
  }
}

extension Reindexer.Item {
  /// True unless a file was there before.
  fileprivate var mayHaveBeenDirectory: Bool {
    switch sighting {
    case .same, .gone: true
    case .text, .bad: storedID == nil
    case .restamped: false
    }
  }
}
