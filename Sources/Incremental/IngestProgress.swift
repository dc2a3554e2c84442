public import Graph
internal import Synchronization

/// How far a full ingest is. Written by its threads, read by whoever shows it.
public final class IngestProgress: Sendable {
  private let seenFiles = Atomic(0)
  private let doneFiles = Atomic(0)
  private let seenBytes = Atomic(0)
  private let doneBytes = Atomic(0)
  private let walkEnded = Atomic(false)

  public init() {}

  /// Files found so far; all of them once `isWalkDone`.
  public var files: (done: Int, seen: Int) {
    (doneFiles.load(ordering: .relaxed), seenFiles.load(ordering: .relaxed))
  }
  /// Bytes of the files found so far.
  public var bytes: (done: Int, seen: Int) {
    (doneBytes.load(ordering: .relaxed), seenBytes.load(ordering: .relaxed))
  }
  public var isWalkDone: Bool { walkEnded.load(ordering: .relaxed) }

  func found(bytes: Int) {
    seenFiles.add(1, ordering: .relaxed)
    seenBytes.add(bytes, ordering: .relaxed)
  }

  func finished(bytes: Int) {
    doneFiles.add(1, ordering: .relaxed)
    doneBytes.add(bytes, ordering: .relaxed)
  }

  func endWalk() { walkEnded.store(true, ordering: .relaxed) }
}

/// What a full ingest did.
public struct IngestSummary: Sendable {
  public var filesSeen = 0
  public var filesParsed = 0
  /// Bytes of the files that were parsed.
  public var bytes = 0
  public var lines = 0
  public var entities = 0
  /// `contains` edges included.
  public var edges = 0
  public var filesWithErrors = 0
  /// Bad files: recorded, with the reason, in order of path.
  public var problems: [(path: TreePath, problem: FileProblem)] = []
  /// Directories that could not be read, one line each.
  public var unreadable: [String] = []
  public var storeBytes = 0
  public var generation: UInt64 = 0
  public var threads = 0
  /// Seconds on the clock from start to end, and from the last file's parse to the end.
  public var seconds = 0.0
  public var storeSeconds = 0.0
  public var stages = IngestStages()

  mutating func add(_ record: FileRecord, _ path: TreePath) {
    filesSeen += 1
    lines += Int(record.lines)
    entities += Int(record.entities)
    edges += Int(record.edges)
    if record.errors > 0 { filesWithErrors += 1 }
    if let problem = record.problem { problems.append((path, problem)) }
    if record.problem == nil || record.problem == .invalidUTF8 {
      filesParsed += 1
      bytes += Int(record.stamp.size)
    }
  }

  mutating func add(_ other: IngestSummary) {
    filesSeen += other.filesSeen
    filesParsed += other.filesParsed
    bytes += other.bytes
    lines += other.lines
    entities += other.entities
    edges += other.edges
    filesWithErrors += other.filesWithErrors
    problems += other.problems
  }
}
