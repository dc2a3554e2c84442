import Glibc
import Synchronization

/// Work on a list of items, shared out among threads.
public enum ParallelWork {
  /// How many can run at once on this machine.
  public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

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

  /// Calls `body` for each item as `map` does, and hands what it returned to `take`, on the calling thread and in the order of the items, while
  /// the next are worked on: no more than twice as many as there are workers. What `take` throws ends it.
  public static func stream<Worker: Sendable, Item: Sendable, Result: Sendable>(
    _ items: [Item], workers: [Worker], name: String, _ body: @escaping @Sendable (Worker, Item) -> Result,
    take: (Result) throws -> Void
  ) throws {
    if workers.count == 1 || items.count <= 1 {
      for item in items { try take(body(workers[0], item)) }
      return
    }
    let queue = BoundedQueue<(item: Item, result: BoundedQueue<Result>)>(capacity: workers.count * 2)
    let idle = Guarded(workers)
    let threads = try ThreadGroup(name, count: min(workers.count, items.count), cancel: queue.cancel) {
      let worker = idle.withLock { $0.removeLast() }
      while let (item, result) = queue.pop() { result.push(body(worker, item)) }
    }
    // Results that are still to come, in the order of their items.
    var coming: [BoundedQueue<Result>] = []
    let outcome = Swift.Result<Void, any Error> {
      for item in items {
        if coming.count == queue.capacity { try take(coming.removeFirst().pop()!) }
        let result = BoundedQueue<Result>(capacity: 1)
        coming.append(result)
        queue.push((item, result))
      }
      for result in coming { try take(result.pop()!) }
    }
    queue.cancel()
    threads.join()
    try outcome.get()
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
