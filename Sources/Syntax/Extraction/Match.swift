/// Where the steps of the pattern that is being tried stand. Used again from pattern to pattern.
struct Match: ~Copyable {
  // SAFETY: each has room for the longest pattern of the language, and a pattern's steps are numbered from 0.
  /// The node of each step, by its place in ``Extractor/listed``, as matched; -1 where none has been yet.
  let places: UnsafeMutablePointer<Int32>
  /// The children of each step's node.
  let lists: UnsafeMutablePointer<List>
  /// As meant: where a pattern says so, the node found by going down from the one that matched.
  let meant: UnsafeMutablePointer<Int32>
  /// The type of the node directly around the one that is meant; -1 where that is the one that matched.
  let symbolsAbove: UnsafeMutablePointer<Int32>
  /// The type of the node around the first step's.
  var above: UInt16 = .max
  /// False if no step is meant otherwise than matched.
  var hasDescended = false
  /// The children that were listed while the patterns of one node ran.
  var known = Stack<(node: Int32, list: List)>(capacity: 16)

  /// Places in ``Extractor/listed``.
  struct List {
    var start: Int32
    var end: Int32
  }

  init(longest: Int) {
    places = .allocate(capacity: longest)
    lists = .allocate(capacity: longest)
    meant = .allocate(capacity: longest)
    symbolsAbove = .allocate(capacity: longest)
  }

  deinit {
    places.deallocate()
    lists.deallocate()
    meant.deallocate()
    symbolsAbove.deallocate()
  }
}

extension Stack where Element == UInt {
  @inline(__always)
  func lastIndex(of element: UInt) -> Int? {
    var index = count - 1
    while index >= 0 {
      if base[index] == element { return index }
      index -= 1
    }
    return nil
  }
}
