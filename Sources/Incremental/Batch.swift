internal import Graph
internal import Store
internal import Syntax

/// What a batch is going to commit.
struct Batch {
  var updates: [FileUpdate] = []
  /// For the history.
  var changes: [FileChange] = []
  var report = BatchReport()
  /// For the cache, once the store holds what they describe.
  var cached: [(TreePath, TreeCache.Entry)] = []
  var unconfirmed: Set<TreePath> = []
  var removed: Set<TreePath> = []
  private var room = Self.roomForDetails

  /// What the history keeps of a batch's entities and edges, in bytes, about. A larger change than a person makes by hand
  /// is not worth a commit that writes much more for it: of files for which there is no room only numbers are kept.
  static let roomForDetails = 128 << 10

  func keepCached(in cache: TreeCache) {
    for (path, entry) in cached { cache.put(path, entry) }
  }

  /// Notes for the history what became of a file's facts; a record is nil where there is no file.
  mutating func note(
    _ path: TreePath, from old: (record: FileRecord?, facts: FileFacts),
    to new: (record: FileRecord?, facts: FileFacts),
    _ delta: FactsDelta, _ catalog: LanguageCatalog
  ) {
    guard let language = new.record?.language ?? old.record?.language else { return }
    if let before = old.record?.language, before != language {
      // In another language, under other ids.
      var (none, all) = (FileFacts(), new.facts)
      note(path, from: old, to: (nil, none), FactsDelta(from: old.facts, to: &none), catalog)
      return note(path, from: (nil, none), to: new, FactsDelta(from: none, to: &all), catalog)
    }
    let kind: FileChange.Kind = old.record == nil ? .added : new.record == nil ? .removed : .modified
    let details = ChangeDetails(
      from: old.facts, to: new.facts, delta, language: catalog[language].traits, room: &room)
    changes.append(FileChange(kind, path, language: language, counts: FileChange.Counts(delta), details: details))
  }
}

extension BatchReport {
  mutating func add(
    _ path: TreePath, _ change: Change, _ parsed: ParseExtent, from old: FileFacts, to new: FileFacts,
    _ delta: FactsDelta
  ) {
    func named(_ entities: [EntityIndex], _ facts: FileFacts) -> [NamedEntity] {
      let best = EntityKind.ranks.lazy.flatMap { rank in
        entities.lazy.map { facts.entities[Int($0)] }.filter { $0.kind.rank == rank }
      }
      return best.prefix(Self.namesListed).map {
        NamedEntity(kind: $0.kind, name: Escaping.printable(facts.names[$0.name]))
      }
    }
    files.append(
      File(
        path: path, change: change, parsed: parsed, added: named(delta.addedEntities, new),
        changed: named(delta.changedEntities, new), removed: named(delta.removedEntities, old)))
    entitiesAdded += delta.addedEntities.count
    entitiesChanged += delta.changedEntities.count
    entitiesRemoved += delta.removedEntities.count
    edgesAdded += delta.addedEdges.count + delta.addedEntities.count
    edgesRemoved += delta.removedEdges.count + delta.removedEntities.count
  }

  /// Counts all that a file holds as gone from its path.
  mutating func addLeaving(_ record: FileRecord) {
    entitiesRemoved += Int(record.entities)
    edgesRemoved += Int(record.edges)
  }

  /// Counts all that a file holds as new at its path.
  mutating func addComing(_ record: FileRecord) {
    entitiesAdded += Int(record.entities)
    edgesAdded += Int(record.edges)
  }
}
