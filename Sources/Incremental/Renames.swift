internal import Graph

/// Files of a batch that stand elsewhere and are as they were.
struct Renames {
  struct Rename {
    var from: TreePath
    /// Of the file before.
    var stored: FileRecord
  }

  /// By the path that a file has now.
  private(set) var byTarget: [TreePath: Rename] = [:]
  /// By the path that it had.
  private(set) var leaving: [TreePath: FileRecord] = [:]

  /// A file whose path has a content that the store does not have there.
  struct Arrival {
    var path: TreePath
    var record: FileRecord
    var isStored: Bool
  }

  /// A file of the store that may stand elsewhere.
  struct Source {
    var path: TreePath
    var record: FileRecord
    /// False where something else is at its path now.
    var isGone: Bool
  }

  init() {}

  /// Finds for each arrival the source that it is. Two of the same content are told apart by inode, then by name; a file at
  /// whose path there is another must be the same by its inode, for a copy is no rename. `holds` says whether the facts of a
  /// file hold for another path.
  init(_ arrivals: [Arrival], _ sources: [Source], holds: (LanguageID, TreePath, TreePath) -> Bool) {
    var open = Dictionary(grouping: sources) { Content($0.record) }
    for likeness in Likeness.allCases {
      for arrival in arrivals where byTarget[arrival.path] == nil {
        let content = Content(arrival.record)
        let place = open[content]?.firstIndex {
          likeness.holds($0, arrival) && holds(arrival.record.language, $0.path, arrival.path)
        }
        guard let place, let source = open[content]?.remove(at: place) else { continue }
        byTarget[arrival.path] = Rename(from: source.path, stored: source.record)
      }
    }
    // A file that stays is not renamed over: what it becomes is an edit of it.
    let stored = Set(arrivals.lazy.filter(\.isStored).map(\.path))
    while true {
      leaving = Dictionary(uniqueKeysWithValues: byTarget.values.map { ($0.from, $0.stored) })
      let blocked = byTarget.keys.filter { stored.contains($0) && leaving[$0] == nil }
      if blocked.isEmpty { return }
      for path in blocked { byTarget[path] = nil }
    }
  }

  private enum Likeness: CaseIterable {
    case inode, name, content

    func holds(_ source: Source, _ arrival: Arrival) -> Bool {
      switch self {
      case .inode: FileNode(source.record.stamp) == FileNode(arrival.record.stamp)
      case .name: source.isGone && source.path.name == arrival.path.name
      case .content: source.isGone
      }
    }
  }

  /// All of a file on which its facts depend, its path aside.
  private struct Content: Hashable {
    let hash: ContentHash
    let size: UInt64
    let language: LanguageID
    let problem: FileProblem?

    init(_ record: FileRecord) {
      (hash, size, language, problem) = (record.hash, record.stamp.size, record.language, record.problem)
    }
  }
}
