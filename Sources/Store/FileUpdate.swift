public import Graph

/// What a batch does to one file.
public enum FileUpdate: Sendable {
  /// New facts, of a known file or a new one. For a known one `delta` leads from the facts that the store holds to
  /// `facts`; the names of what it removes are looked up in `oldNames`, the table of the old facts it was made from (nil if
  /// those were read from the store). For a new one all rows come from `facts`, whose local ids must be distinct, as
  /// `FactsDelta(from: FileFacts(), to: &facts)` makes them.
  case replace(path: TreePath, record: FileRecord, facts: FileFacts, delta: FactsDelta, oldNames: NameTable? = nil)
  /// The same facts; only the record is new.
  case restamp(path: TreePath, record: FileRecord)
  /// The file stands at another path and keeps its facts, which hold for both paths; `record` says the same of them. All
  /// files that are renamed leave their old paths before any update of the batch is carried out, so they may change
  /// places; no other file may be left at `to` by then.
  case rename(from: TreePath, to: TreePath, record: FileRecord)
  /// The file and all its rows go. Nothing happens if the store does not know it.
  case remove(path: TreePath)
}

/// What a batch did.
public struct CommitReport: Hashable, Sendable {
  public var generation: UInt64
  /// Rows put and deleted, in all tables.
  public var rowsWritten: Int
  /// For each update the file's id; nil where there was no such file.
  public var files: [FileID?]
}
