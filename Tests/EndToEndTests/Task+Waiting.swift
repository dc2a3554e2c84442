import Dispatch
import Foundation
import Testing

/// Runs what is asynchronous, and waits for it on the calling thread: other tests block those threads that tasks have in common. Given
/// up after two minutes, which no test comes near unless it fails.
func waiting(_ body: @escaping @Sendable () async throws -> Void) throws {
  let outcome = Outcome()
  let end = DispatchSemaphore(value: 0)
  let task = Task(executorPreference: OwnThread()) {
    do { try await body() } catch { outcome.error = error }
    end.signal()
  }
  if end.wait(timeout: .now() + 120) == .timedOut {
    task.cancel()
    Issue.record("given up after two minutes")
    end.wait()
  }
  if let error = outcome.error { throw error }
}

/// Returns once something is so, of which nothing tells.
func expectSoon(_ isSo: () throws -> Bool) throws {
  let deadline = Date(timeIntervalSinceNow: 120)
  while try !isSo() {
    try #require(Date() < deadline)
    sched_yield()
  }
}

private final class Outcome: @unchecked Sendable {
  // SAFETY: read after the semaphore that is signalled after the write.
  var error: (any Error)?
}

/// A thread for tasks.
final class OwnThread: TaskExecutor {
  private let queue = DispatchQueue(label: "tasks of a test")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
