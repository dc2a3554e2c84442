import Glibc
import Platform
import Synchronization
import Watcher

/// The signal that ends the program, and what it has to reach: whatever goes on at that moment.
final class Interruption: Sendable {
  /// Set by the signal.
  let stop = StopFlag()
  private let number = Atomic<CInt>(0)
  /// Closed by the signal, and nothing else ever happens to it.
  private let pause = BoundedQueue<Bool>(capacity: 1)
  private let events = Guarded<BoundedQueue<WatchEvent>?>(nil)

  /// To be called once.
  func listen() throws {
    try Signals.onEnding { [self] received in end(received) }
  }

  /// Has the end of standard input act as a signal. To be called once.
  func endWithInput() throws {
    _ = try NamedThread("input") { [self] in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 512) { buffer in
        var count = 1
        while count > 0 || count < 0 && errno == EINTR { count = read(STDIN_FILENO, buffer.baseAddress!, buffer.count) }
      }
      end(SIGHUP)
    }
  }

  private func end(_ received: CInt) {
    number.store(received, ordering: .releasing)
    stop.set()
    pause.close()
    events.withLock { $0?.close() }
  }

  /// Has the queue closed by the signal, at once if that has come. It takes the place of the one given before.
  func closes(_ queue: BoundedQueue<WatchEvent>) {
    events.withLock { $0 = queue }
    if stop.isSet { queue.close() }
  }

  /// False as soon as the signal has come.
  func sleep(milliseconds: UInt64) -> Bool {
    if case .closed = pause.pop(until: .now.adding(milliseconds: milliseconds)) { return false }
    return true
  }

  var name: String {
    switch number.load(ordering: .acquiring) {
    case SIGTERM: "SIGTERM"
    case SIGHUP: "SIGHUP"
    default: "SIGINT"
    }
  }
}
