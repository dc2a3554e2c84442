/// Nodes of which patterns have spoken before they were reached, each with what was said. A stack, so that what was said
/// below a node goes with it, that finds a node in constant time.
struct PendingNodes<Value>: ~Copyable {
  private struct Entry {
    let node: UInt
    let value: Value
    /// The next entry of the same bucket, older than this; -1 for none.
    let older: Int32
    /// True once the node was reached.
    var isMet = false
  }

  private var entries = Stack<Entry>()
  // SAFETY: `bucketCount` numbers, a power of two of them, each of an entry or -1. The newest entry of a bucket comes first,
  // so the one that leaves the stack is the first of its bucket.
  private var buckets: UnsafeMutablePointer<Int32>
  private var bucketCount = 64
  private var open = 0

  init() { buckets = Self.emptyBuckets(bucketCount) }

  deinit { buckets.deallocate() }

  /// Those that were met and are still on the stack included.
  @inline(__always)
  var count: Int { entries.count }

  /// True if none is yet to be reached.
  @inline(__always)
  var isEmpty: Bool { open == 0 }

  @inline(__always)
  func contains(_ node: UInt) -> Bool { !isEmpty && find(node) != nil }

  mutating func append(_ node: UInt, _ value: Value) {
    if entries.count == bucketCount { grow() }
    insert(node, value, isMet: false)
    open += 1
  }

  /// What was said last of a node that is reached now.
  @inline(__always)
  mutating func meet(_ node: UInt) -> Value? {
    guard !isEmpty, let index = find(node) else { return nil }
    entries[index].isMet = true
    open -= 1
    return entries[index].value
  }

  /// Drops what lies above the first `size` entries.
  @inline(__always)
  mutating func cut(to size: Int) {
    while entries.count > size {
      let entry = entries.removeLast()
      buckets[bucket(of: entry.node)] = entry.older
      if !entry.isMet { open -= 1 }
    }
  }

  private func find(_ node: UInt) -> Int? {
    var next = Int(buckets[bucket(of: node)])
    while next >= 0 {
      if entries[next].node == node && !entries[next].isMet { return next }
      next = Int(entries[next].older)
    }
    return nil
  }

  private func bucket(of node: UInt) -> Int {
    Int(truncatingIfNeeded: (UInt64(node) &* 0x9E37_79B9_7F4A_7C15) >> 32) & (bucketCount - 1)
  }

  private mutating func insert(_ node: UInt, _ value: Value, isMet: Bool) {
    let bucket = bucket(of: node)
    entries.append(Entry(node: node, value: value, older: buckets[bucket], isMet: isMet))
    buckets[bucket] = Int32(entries.count - 1)
  }

  private mutating func grow() {
    bucketCount *= 2
    buckets.deallocate()
    buckets = Self.emptyBuckets(bucketCount)
    var old = Stack<Entry>()
    swap(&old, &entries)
    for index in 0..<old.count { insert(old[index].node, old[index].value, isMet: old[index].isMet) }
  }

  private static func emptyBuckets(_ count: Int) -> UnsafeMutablePointer<Int32> {
    let buckets = UnsafeMutablePointer<Int32>.allocate(capacity: count)
    buckets.initialize(repeating: -1, count: count)
    return buckets
  }
}
