internal import Discovery
internal import Graph
internal import Platform
internal import Store
internal import Synchronization
internal import Syntax

/// The stages of a full ingest and the bounded queues between them:
/// walk -> queue of paths -> workers: read, parse, extract, encode -> queue of encoded files -> writer.
final class IngestPipeline: Sendable {
  /// Encoded files with consecutive ids, to be taken by the writer; closed when all workers are done. Several at once, since small
  /// files come faster than a thread can be woken for each.
  let encoded: BoundedQueue<[EncodedFile]>
  private let paths: BoundedQueue<TreePath>
  private let settings: IngestSettings
  private let stop: StopFlag
  private let progress: IngestProgress
  private let trace: IngestTrace
  private let nextFile = Atomic<UInt32>(0)
  private let activeWorkers: Atomic<Int>
  /// One for each worker.
  private let builders: Guarded<[IndexRunBuilder]>
  private let outcome = Guarded(Outcome())
  /// Of source whose facts a worker hands over at once.
  private static let batchBytes: UInt64 = 128 << 10

  private struct ExtractedFile {
    let path: TreePath
    let record: FileRecord
    let facts: FileFacts
  }

  struct Outcome {
    var summary = IngestSummary()
    var runs: [IndexRun] = []
    var writeSeconds = 0.0
    var failure: (any Error)?
  }

  init(
    _ settings: IngestSettings, _ builders: [IndexRunBuilder], stop: StopFlag, progress: IngestProgress,
    trace: IngestTrace
  ) {
    self.settings = settings
    self.stop = stop
    self.progress = progress
    self.trace = trace
    self.builders = Guarded(builders)
    // Room for a large tree, so that the walk ends early and the time left is known.
    paths = BoundedQueue(capacity: 1 << 16)
    encoded = BoundedQueue(capacity: 16)
    activeWorkers = Atomic(settings.jobs)
  }

  /// The walker's thread.
  func walk() {
    let catalog = settings.catalog
    let walker = TreeWalker(
      root: settings.root, rules: IgnoreRules(root: settings.root, options: settings.ignore))
    var unreadable: [String] = []
    _ = walker.walk(
      from: .root, stop: stop, wants: catalog.wants, willList: { _ in },
      problem: { unreadable.append($0.error.description) },
      found: { file in
        progress.found(bytes: Int(file.stamp.size))
        paths.push(file.path)
      })
    progress.endWalk()
    trace.walkEnded()
    paths.close()
    outcome.withLock { [unreadable] in $0.summary.unreadable = unreadable }
  }

  /// A worker's thread.
  func work() { trace.running { workOnFiles() } }

  private func workOnFiles() {
    defer {
      if activeWorkers.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { encoded.close() }
    }
    let parser = settings.parser(stop: stop, keepsTrees: false)
    var summary = IngestSummary()
    guard var run = builders.withLock({ $0.popLast() }) else { return }
    var batch: [ExtractedFile] = []
    var batchBytes: UInt64 = 0
    do {
      while !stop.isSet, let path = trace.waiting({ paths.pop() }) {
        guard let (record, facts) = try ingest(path, parser) else { continue }
        summary.add(record, path)
        batch.append(ExtractedFile(path: path, record: record, facts: facts))
        batchBytes += record.stamp.size
        if batchBytes >= Self.batchBytes {
          try handOver(&batch, &run)
          batchBytes = 0
        }
      }
      try handOver(&batch, &run)
    } catch {
      cancel()
      outcome.withLock { $0.failure = error }
    }
    let finished = run.finish()
    outcome.withLock { [summary] in
      $0.summary.add(summary)
      $0.runs.append(finished)
    }
  }

  /// Ids are taken only now, so that no worker keeps the writer waiting for one while it parses.
  private func handOver(_ batch: inout [ExtractedFile], _ run: inout IndexRunBuilder) throws {
    if batch.isEmpty { return }
    var next = nextFile.add(UInt32(batch.count), ordering: .relaxed).oldValue
    var files: [EncodedFile] = []
    files.reserveCapacity(batch.count)
    for file in batch {
      files.append(try run.add(file.facts, file: FileID(rawValue: next), path: file.path, record: file.record))
      next += 1
    }
    batch.removeAll(keepingCapacity: true)
    trace.waiting { _ = encoded.push(files) }
  }

  /// Ends the ingest early.
  func cancel() {
    paths.cancel()
    encoded.cancel()
  }

  /// What the stages found, once all threads are joined.
  func takeOutcome() -> Outcome { outcome.withLock { $0 } }

  private func ingest(_ path: TreePath, _ parser: FileParser) throws -> (FileRecord, FileFacts)? {
    switch settings.reader.read(path) {
    case .missing, .notSource:
      progress.finished(bytes: 0)
      return nil
    case .bad(let record):
      progress.finished(bytes: Int(record.stamp.size))
      return (record, FileFacts())
    case .text(let source):
      var record = source.record
      defer { progress.finished(bytes: source.bytes.count) }
      switch try parser.parse(source.bytes, path: path, language: record.language) {
      case .cancelled: return nil
      case .givenUp(let problem):
        record.problem = problem
        return (record, FileFacts())
      case .parsed(_, let facts, _, _):
        record.describe(facts)
        return (record, facts)
      }
    }
  }
}
