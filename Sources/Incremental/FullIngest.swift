public import Discovery
internal import Graph
public import Platform
public import Store
public import Syntax

/// What an ingest works on and within which limits.
public struct IngestSettings: Sendable {
  public var root: Directory
  public var ignore: IgnoreOptions
  public var catalog: LanguageCatalog
  /// Worker threads.
  public var jobs: Int
  /// In bytes; a larger file is recorded, not read.
  public var maxFileSize: Int
  /// For one file, in microseconds.
  public var parseTimeLimit: UInt64
  /// For one file.
  public var parseMemoryLimit: ParseMemoryLimit
  /// In bytes; for trees kept in watch mode.
  public var treeCacheLimit: Int

  public init(
    root: Directory, ignore: IgnoreOptions, catalog: LanguageCatalog, jobs: Int, maxFileSize: Int = 10 << 20,
    parseTimeLimit: UInt64 = 60_000_000, parseMemoryLimit: ParseMemoryLimit = .standard,
    treeCacheLimit: Int = 256 << 20
  ) {
    self.root = root
    self.ignore = ignore
    self.catalog = catalog
    self.jobs = max(1, jobs)
    self.maxFileSize = maxFileSize
    self.parseTimeLimit = parseTimeLimit
    self.parseMemoryLimit = parseMemoryLimit
    self.treeCacheLimit = treeCacheLimit
  }

  /// `keepsTrees` is false where each file's tree is dropped before the next file is parsed.
  func parser(stop: StopFlag, keepsTrees: Bool) -> FileParser {
    let parser = Parser(
      timeLimit: parseTimeLimit, memoryLimit: parseMemoryLimit, stop: stop, arena: keepsTrees ? 0 : Parser.arenaSize)
    return FileParser(catalog: catalog, parser: parser)
  }

  public var reader: SourceReader { SourceReader(root: root, catalog: catalog, maxFileSize: maxFileSize) }
}

/// Reads a whole tree into a new store beside the one that was there: one thread walks, `jobs` threads read, parse,
/// extract and encode, the calling thread writes. Nothing of it shows until it is complete.
public struct FullIngest: Sendable {
  private let settings: IngestSettings
  private let stop: StopFlag
  private let progress: IngestProgress

  public init(_ settings: IngestSettings, stop: StopFlag, progress: IngestProgress = IngestProgress()) {
    self.settings = settings
    self.stop = stop
    self.progress = progress
  }

  /// Returns nil if it was stopped: the store is then as it was. Throws `StoreError` or `SystemError`. The caller holds
  /// the writer's lock.
  public func run(into store: StoreDirectory, identity: StoreIdentity) throws -> IngestSummary? {
    let begun = MonotonicTime.now
    let trace = IngestTrace(workers: settings.jobs)
    let loader = try BulkLoader(store, identity: identity)
    let outcome = try extractAll(into: loader, trace)
    if stop.isSet { return nil }
    let parsed = MonotonicTime.now
    for run in outcome.runs { loader.add(run) }
    let report = try loader.finish(threads: settings.jobs)
    var summary = outcome.summary
    summary.problems.sort { $0.path < $1.path }
    summary.generation = report.generation
    summary.storeBytes = report.storeBytes
    summary.threads = settings.jobs
    summary.seconds = MonotonicTime.now.milliseconds(since: begun) / 1000
    summary.storeSeconds = MonotonicTime.now.milliseconds(since: parsed) / 1000
    summary.stages = trace.stages(seconds: summary.seconds)
    summary.stages.write = outcome.writeSeconds
    return summary
  }

  private func extractAll(into loader: BulkLoader, _ trace: IngestTrace) throws -> IngestPipeline.Outcome {
    let builders = (0..<settings.jobs).map { _ in loader.makeRunBuilder() }
    let pipeline = IngestPipeline(settings, builders, stop: stop, progress: progress, trace: trace)
    let walker = try NamedThread("walk") { pipeline.walk() }
    var failure: (any Error)?
    var writeSeconds = 0.0
    do {
      let workers = try ThreadGroup("parse", count: settings.jobs, cancel: pipeline.cancel) { pipeline.work() }
      do {
        writeSeconds = try append(pipeline.encoded, to: loader)
      } catch {
        failure = error
        pipeline.cancel()
      }
      workers.join()
    } catch {
      failure = error
      pipeline.cancel()
    }
    walker.join()
    var outcome = pipeline.takeOutcome()
    outcome.writeSeconds = writeSeconds
    if let failure = failure ?? outcome.failure { throw failure }
    return outcome
  }

  /// Workers take ids before they encode files, so batches may come out of order, by no more than there are workers.
  /// Returns the seconds that this took without the waits.
  private func append(_ batches: BoundedQueue<[EncodedFile]>, to loader: BulkLoader) throws -> Double {
    var early: [FileID: [EncodedFile]] = [:]
    var next: UInt32 = 0
    var milliseconds = 0.0
    while let batch = batches.pop() {
      let begun = MonotonicTime.now
      defer { milliseconds += MonotonicTime.now.milliseconds(since: begun) }
      early[batch[0].file] = batch
      while let due = early.removeValue(forKey: FileID(rawValue: next)) {
        for file in due { try loader.append(file) }
        next += UInt32(due.count)
      }
    }
    return milliseconds / 1000
  }
}

extension IngestSettings {
  /// All wanted files of the tree as they are now.
  public func listing(stop: StopFlag) -> TreeChanges.Listing {
    let catalog = self.catalog
    var files: [FoundFile] = []
    _ = TreeWalker(root: root, rules: IgnoreRules(root: root, options: ignore)).walk(
      from: .root, stop: stop, wants: { catalog.wants($0) }, willList: { _ in }, problem: { _ in },
      found: { files.append($0) })
    return TreeChanges.Listing(directory: .root, files: files)
  }
}
