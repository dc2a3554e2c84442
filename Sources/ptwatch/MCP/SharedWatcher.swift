import Glibc
import MCP
import Platform
import Store

/// Sees to it that somebody watches the tree: whoever does already, or else a child of this process. It takes over when
/// another watcher ends.
final class SharedWatcher: Sendable {
  private enum State {
    /// The child has not got as far as a store yet.
    case starting(files: Int, of: Int?)
    /// Another watches, or the child does, or nobody can: a reader is told.
    case settled
  }

  private let options: [String]
  private let means: [String]
  private let directory: String
  private let store: StoreDirectory
  private let state = Guarded(State.starting(files: 0, of: nil))
  private let child = Guarded<ChildProcess?>(nil)
  /// Closed when it is to end.
  private let ending = BoundedQueue<Void>(capacity: 1)
  /// Closed when it has ended.
  private let ended = BoundedQueue<Void>(capacity: 1)

  /// Between two looks whether another still watches, in milliseconds.
  private static let patience: UInt64 = 500
  /// After which a child that does not end is left to itself, in milliseconds.
  private static let longestEnding: UInt64 = 5000

  /// `options` of the one to start decide which files are in the graph; where there are none, they are those of the store.
  /// `means` decide nothing of the kind.
  init(_ directory: String, _ store: StoreDirectory, options: [String], means: [String]) throws {
    self.directory = directory
    self.store = store
    self.options = options
    self.means = means
    _ = try NamedThread("watcher") { [self] in
      while !isEnding {
        if WriterLock.holder(of: store) == nil {
          watch()
        }
        state.withLock { $0 = .settled }
        _ = ending.pop(until: .now.adding(milliseconds: Self.patience))
      }
      ended.close()
    }
  }

  /// Waits until there is a store to be read, or nobody to make one. Throws `StoreError.interrupted`.
  func settle(_ call: ToolCall) throws(StoreError) {
    while case .starting(let files, let total) = state.withLock({ $0 }) {
      if call.stop.isSet { throw .interrupted }
      if files > 0 {
        call.progress(
          Double(files), of: total.map { Double($0) }, "reading the tree for the first time: \(files) files")
      }
      usleep(2000)
    }
  }

  /// Ends the child, if there is one; waits until it has.
  func end() {
    ending.close()
    child.withLock { $0?.end() }
    _ = ended.pop(until: .now.adding(milliseconds: Self.longestEnding))
  }

  private var isEnding: Bool {
    if case .closed = ending.pop(until: .now) { return true }
    return false
  }

  /// Runs a child until it ends.
  private func watch() {
    state.withLock { $0 = .starting(files: 0, of: nil) }
    let started = child.withLock { child -> ChildProcess? in
      child = isEnding ? nil : try? ChildProcess(command)
      return child
    }
    guard let child = started else { return }
    var lines = LineReader(child.output, most: 1 << 20)
    while let line = lines.next() {
      guard case .line(let text) = line, case .starting = state.withLock({ $0 }) else { continue }
      guard let event = JSONValue(parsing: text) else { continue }
      if event["t"] == "progress", case .integer(let files) = event["files"] {
        let total: Int? = if case .integer(let total) = event["of"] { total } else { nil }
        state.withLock { $0 = .starting(files: files, of: total) }
      } else if event["t"] == "ready" {
        state.withLock { $0 = .settled }
      }
    }
    self.child.withLock { $0 = nil }
    if !isEnding { child.end() }
    child.wait()
  }

  private var command: [String] {
    let own = options.isEmpty ? (try? CatchUp.arguments(directory, store)) ?? [] : options
    return ["watch", "--attached", "--no-config", "--db", store.path] + own + means + ["--", directory]
  }
}
