import Glibc

/// A queue between threads that makes its writers wait while it is full and its readers while it is empty. Any number
/// of threads may use it. Mutex and condition variables, since the standard library's `Mutex` has none of the latter.
// SAFETY: all mutable state is read and written under `lock`.
public final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
  public enum Taken {
    case element(Element)
    case timedOut
    case closed
  }

  public let capacity: Int
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let notEmpty = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let notFull = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// A ring: `count` elements from `head` on.
  private var ring: [Element?]
  private var head = 0
  private var count = 0
  private var pushed: UInt64 = 0
  private var closed = false

  public init(capacity: Int) {
    precondition(capacity > 0)
    self.capacity = capacity
    ring = Array(repeating: nil, count: capacity)
    pthread_mutex_init(lock, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(notEmpty, &attributes)
    pthread_cond_init(notFull, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(notEmpty)
    pthread_cond_destroy(notFull)
    pthread_mutex_destroy(lock)
    lock.deallocate()
    notEmpty.deallocate()
    notFull.deallocate()
  }

  /// Adds an element, waiting while the queue is full. Returns the element's number, counted from 0 in the order in
  /// which elements are taken; nil if the queue is closed, and the element is dropped.
  @discardableResult
  public func push(_ element: Element) -> UInt64? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while count == capacity && !closed { pthread_cond_wait(notFull, lock) }
    if closed { return nil }
    ring[(head + count) % capacity] = element
    count += 1
    pushed += 1
    pthread_cond_signal(notEmpty)
    return pushed - 1
  }

  /// The next element, waiting while there is none; nil once the queue is closed and empty.
  public func pop() -> Element? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while count == 0 && !closed { pthread_cond_wait(notEmpty, lock) }
    return count == 0 ? nil : takeFirst()
  }

  /// As `pop()`, but waits until `deadline` at the most.
  public func pop(until deadline: MonotonicTime) -> Taken {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    var time = deadline.timespec
    while count == 0 && !closed {
      if pthread_cond_timedwait(notEmpty, lock, &time) == ETIMEDOUT && count == 0 && !closed { return .timedOut }
    }
    return count == 0 ? .closed : .element(takeFirst())
  }

  /// No more elements come: writers are let go and readers get what is left.
  public func close() {
    pthread_mutex_lock(lock)
    closed = true
    pthread_cond_broadcast(notEmpty)
    pthread_cond_broadcast(notFull)
    pthread_mutex_unlock(lock)
  }

  /// Closes the queue and drops what is in it.
  public func cancel() {
    pthread_mutex_lock(lock)
    closed = true
    for index in ring.indices { ring[index] = nil }
    count = 0
    pthread_cond_broadcast(notEmpty)
    pthread_cond_broadcast(notFull)
    pthread_mutex_unlock(lock)
  }

  private func takeFirst() -> Element {
    let element = ring[head]!
    ring[head] = nil
    head = (head + 1) % capacity
    count -= 1
    pthread_cond_signal(notFull)
    return element
  }
}
