import Platform
import Synchronization
import Testing

@Suite struct BoundedQueueTests {
  @Test func everyElementComesOnceAndInOrderOfItsNumber() throws {
    let queue = BoundedQueue<Int>(capacity: 3)
    let numbers = Guarded<[UInt64: Int]>([:])
    let writers = try ThreadGroup("write", count: 4) {
      for _ in 0..<500 {
        let value = Int.random(in: 0..<1_000_000)
        guard let number = queue.push(value) else { return }
        numbers.withLock { $0[number] = value }
      }
    }
    var taken: [Int] = []
    while taken.count < 2000, let value = queue.pop() { taken.append(value) }
    writers.join()
    let sent = numbers.withLock { $0 }
    #expect(taken == (0..<2000).map { sent[UInt64($0)] })
  }

  @Test func aFullQueueHoldsItsWriterUntilThereIsRoom() throws {
    let queue = BoundedQueue<Int>(capacity: 2)
    let counter = Writer(queue)
    let writer = try NamedThread("write") { for value in 0..<10 { counter.push(value) } }
    for expected in 0..<10 {
      #expect(queue.pop() == expected)
      // One more than fits may be on its way from `push` to the counter.
      #expect(counter.pushed <= expected + 1 + queue.capacity)
    }
    writer.join()
  }

  @Test func aClosedQueueGivesWhatIsLeft() {
    let queue = BoundedQueue<Int>(capacity: 4)
    queue.push(1)
    queue.push(2)
    queue.close()
    #expect(queue.push(3) == nil)
    #expect(queue.pop() == 1 && queue.pop() == 2 && queue.pop() == nil)
  }

  @Test func cancellingLetsWritersGoAndDropsTheRest() throws {
    let queue = BoundedQueue<Int>(capacity: 1)
    queue.push(1)
    let writer = Writer(queue)
    let thread = try NamedThread("write") { writer.push() }
    queue.cancel()
    thread.join()
    #expect(writer.wasRefused)
    #expect(queue.pop() == nil)
  }

  @Test func waitingEndsAtTheDeadline() {
    let queue = BoundedQueue<Int>(capacity: 1)
    let deadline = MonotonicTime.now.adding(milliseconds: 20)
    guard case .timedOut = queue.pop(until: deadline) else {
      Issue.record("something came out of an empty queue")
      return
    }
    #expect(MonotonicTime.now >= deadline)
    queue.push(7)
    guard case .element(7) = queue.pop(until: .now) else {
      Issue.record("what is there is given even when the time is over")
      return
    }
  }

  /// Pushes from another thread and keeps count.
  private final class Writer: Sendable {
    private let queue: BoundedQueue<Int>
    private let accepted = Atomic(0)
    private let refused = Atomic(false)

    init(_ queue: BoundedQueue<Int>) { self.queue = queue }

    var pushed: Int { accepted.load(ordering: .sequentiallyConsistent) }
    var wasRefused: Bool { refused.load(ordering: .sequentiallyConsistent) }

    func push(_ value: Int = 0) {
      if queue.push(value) == nil {
        refused.store(true, ordering: .sequentiallyConsistent)
      } else {
        accepted.add(1, ordering: .sequentiallyConsistent)
      }
    }
  }
}
