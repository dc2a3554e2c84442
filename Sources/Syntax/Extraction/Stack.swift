/// A stack of plain values. Unlike an array it has one owner that knows itself to be the only one, so that reading and
/// writing an element costs a load and a store. Memory is kept until it goes.
struct Stack<Element>: ~Copyable {
  // SAFETY: the first `count` elements of `base` are initialized, and `capacity` are allocated. A pointer into it is
  // good until the next `append` or `room`.
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 64) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  @inline(__always)
  var isEmpty: Bool { count == 0 }

  @inline(__always)
  subscript(index: Int) -> Element {
    _read {
      assert(index >= 0 && index < count)
      yield base[index]
    }
    _modify {
      assert(index >= 0 && index < count)
      yield &base[index]
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow(to: count + 1) }
    (base + count).initialize(to: element)
    count += 1
  }

  /// Makes room for `more` elements that `appendReserved` adds, or that are written to the address that it returns
  /// and then counted by `fill`.
  @inline(__always)
  @discardableResult
  mutating func room(for more: Int) -> UnsafeMutablePointer<Element> {
    if count + more > capacity { grow(to: count + more) }
    return base + count
  }

  /// Counts elements that were written where `room` said.
  @inline(__always)
  mutating func fill(_ more: Int) {
    assert(count + more <= capacity)
    count += more
  }

  /// Adds an element for which `room` was made.
  @inline(__always)
  mutating func appendReserved(_ element: Element) {
    assert(count < capacity)
    (base + count).initialize(to: element)
    count += 1
  }

  @inline(__always)
  mutating func removeLast() -> Element {
    assert(count > 0)
    count -= 1
    return (base + count).move()
  }

  /// Drops what lies above the first `size` elements.
  @inline(__always)
  mutating func cut(to size: Int) {
    assert(size <= count)
    (base + size).deinitialize(count: count - size)
    count = size
  }

  private mutating func grow(to size: Int) {
    capacity = max(size, capacity * 2)
    let grown = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    grown.moveInitialize(from: base, count: count)
    base.deallocate()
    base = grown
  }
}
