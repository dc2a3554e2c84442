import Foundation
import Synchronization

/// Watches how much memory of its own a process has, while it runs: a look every 20 ms, by a thread.
final class PeakMemory: Sendable {
  private let isEnded = Atomic(false)
  private let peak = Atomic(0)

  init(of id: pid_t) {
    let looking = Thread { [self] in
      while !isEnded.load(ordering: .relaxed) {
        let now = (try? ProcessUsage.anonymous(of: id)) ?? 0
        if now > peak.load(ordering: .relaxed) { peak.store(now, ordering: .relaxed) }
        usleep(20_000)
      }
    }
    looking.start()
  }

  /// Bytes.
  func end() -> Int {
    isEnded.store(true, ordering: .relaxed)
    return peak.load(ordering: .relaxed)
  }
}
