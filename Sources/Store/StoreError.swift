public import Platform

/// What can go wrong with a store. Each describes itself in one line: what, where, and what to do.
public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Another process writes this store; its pid, 0 if it does not say.
  case held(path: String, pid: Int32)
  case noStore(path: String)
  /// Not a store of ptwatch, or one that cannot be trusted.
  case damaged(path: String, detail: String)
  /// A directory, or a link, that others may have made.
  case foreign(path: String, detail: String)
  /// Written by another version: an older one, or a newer than this program knows.
  case otherSchema(path: String, found: UInt32, known: UInt32)
  /// What is asked of the store does not fit what it holds; nothing was changed.
  case inconsistent(String)
  /// No room on the device, or a limit on file size or quota; nothing was changed.
  case diskFull(path: String)
  /// LMDB tells readers apart by their process's number, and one of this number, in another container, uses the store.
  case numberInUse(path: String, pid: Int32)
  /// Snapshots of this process were not ended in time for the store's map to change.
  case busy(path: String)
  /// The process that watches the tree has not taken in its changes for long.
  case unanswered(path: String)
  /// Who asked wants no answer any more.
  case interrupted
  case system(SystemError)
  /// Any other failure of LMDB; its code and its words.
  case lmdb(path: String, code: Int32, text: String)

  public var description: String {
    switch self {
    case .held(let path, let pid):
      pid > 0
        ? "\(path): process \(pid) is writing this store; end it first, or use another --db"
        : "\(path): another process is writing this store; end it first, or use another --db"
    case .noStore(let path):
      "\(path): there is no store here; run ptwatch on the tree first"
    case .damaged(let path, let detail):
      "\(path): the store is damaged (\(detail)); it has to be rebuilt by a full ingest"
    case .foreign(let path, let detail):
      "\(path): this is no store to be trusted: \(detail)"
    case .otherSchema(let path, let found, let known):
      found > known
        ? "\(path): the store has schema \(found), newer than this program's \(known); update ptwatch, or rebuild the store "
          + "with ptwatch --full"
        : "\(path): the store has schema \(found), this program's is \(known); it has to be rebuilt by a full ingest"
    case .inconsistent(let detail):
      "the update does not fit the store (\(detail)); nothing was changed, rebuild it by a full ingest"
    case .diskFull(let path):
      "\(path): no room on the device; nothing was changed, free some space"
    case .numberInUse(let path, let pid):
      "\(path): a process of another container uses the store under this one's number, \(pid), and LMDB cannot tell them "
        + "apart; try again"
    case .busy(let path):
      "\(path): readers in this process keep the store's map from changing; nothing was changed, try again"
    case .unanswered(let path):
      "\(path): the watcher has not answered for a minute; is it stopped? What it committed last can still be read"
    case .interrupted:
      "given up, as was asked for"
    case .system(let error):
      error.description
    case .lmdb(let path, let code, let text):
      "\(path): LMDB error \(code): \(text)"
    }
  }

  /// True if a full ingest mends it.
  public var asksForRebuild: Bool {
    switch self {
    case .noStore, .damaged, .inconsistent: true
    case .otherSchema(_, let found, let known): found < known
    case .held, .foreign, .diskFull, .numberInUse, .busy, .unanswered, .interrupted, .system, .lmdb: false
    }
  }
}
