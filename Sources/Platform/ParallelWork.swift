import Synchronization

/// Work on a list of items, shared out among threads.
public enum ParallelWork {
  /// Calls `body` once for each item, each worker on a thread of its own; with one worker, or one item, on the calling
  /// thread. Returns what it returned, in the order of the items.
  public static func map<Worker: Sendable, Item: Sendable, Result: Sendable>(
    _ items: [Item], workers: [Worker], name: String, _ body: @escaping @Sendable (Worker, Item) -> Result
  ) throws(SystemError) -> [Result] {
    if workers.count == 1 || items.count <= 1 { return items.map { body(workers[0], $0) } }
    let shared = Shared<Worker, Item, Result>(workers: workers, items: items)
    let threads = try ThreadGroup(name, count: min(workers.count, items.count)) { shared.work(body) }
    threads.join()
    return shared.results.withLock { $0.map { $0! } }
  }

  private final class Shared<Worker: Sendable, Item: Sendable, Result: Sendable>: Sendable {
    let workers: [Worker]
    let items: [Item]
    let results: Guarded<[Result?]>
    let nextWorker = Atomic(0)
    let nextItem = Atomic(0)

    init(workers: [Worker], items: [Item]) {
      self.workers = workers
      self.items = items
      results = Guarded(Array(repeating: nil, count: items.count))
    }

    func work(_ body: (Worker, Item) -> Result) {
      let worker = workers[nextWorker.add(1, ordering: .relaxed).oldValue]
      while true {
        let index = nextItem.add(1, ordering: .relaxed).oldValue
        guard index < items.count else { return }
        let result = body(worker, items[index])
        results.withLock { $0[index] = result }
      }
    }
  }
}
