internal import Platform

/// What the time of a full ingest went to, in seconds on the clock.
public struct IngestStages: Sendable {
  /// From the start until the whole tree was listed.
  public var walk = 0.0
  /// From the start until the last worker was done.
  public var parse = 0.0
  /// What the writer was busy with while workers ran.
  public var write = 0.0
  /// In which fewer than all workers ran, over the whole ingest.
  public var serial = 0.0
  /// In which workers did not run, summed over them.
  public var idle = 0.0
}

/// Follows how many workers run. Used by all threads of an ingest; a worker comes here twice a file.
final class IngestTrace: Sendable {
  private let workers: Int
  private let begun: MonotonicTime
  private let state: Guarded<State>

  private struct State {
    var running = 0
    var last: MonotonicTime
    /// Nanoseconds in which all workers ran, and in which any did, summed over them.
    var full: UInt64 = 0
    var busy: UInt64 = 0
    var walk = 0.0
  }

  init(workers: Int) {
    self.workers = workers
    begun = MonotonicTime.now
    state = Guarded(State(last: begun))
  }

  /// Of a worker's whole life.
  func running<Result>(_ body: () throws -> Result) rethrows -> Result {
    change(by: 1)
    defer { change(by: -1) }
    return try body()
  }

  /// Within that: what may have to wait for another thread.
  func waiting<Result>(_ body: () throws -> Result) rethrows -> Result {
    change(by: -1)
    defer { change(by: 1) }
    return try body()
  }

  func walkEnded() { state.withLock { $0.walk = MonotonicTime.now.milliseconds(since: begun) / 1000 } }

  /// Once all workers are done, at the end of the ingest.
  func stages(seconds: Double) -> IngestStages {
    state.withLock {
      var stages = IngestStages()
      stages.walk = $0.walk
      stages.parse = $0.last.milliseconds(since: begun) / 1000
      stages.serial = max(0, seconds - Double($0.full) / 1e9)
      stages.idle = max(0, seconds * Double(workers) - Double($0.busy) / 1e9)
      return stages
    }
  }

  private func change(by count: Int) {
    state.withLock {
      let now = MonotonicTime.now
      let passed = now.nanoseconds - $0.last.nanoseconds
      $0.busy += passed * UInt64($0.running)
      if $0.running == workers { $0.full += passed }
      $0.last = now
      $0.running += count
    }
  }
}
