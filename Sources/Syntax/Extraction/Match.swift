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
  /// The children that were listed while the patterns of one node ran, and of which nodes.
  private var known = Stack<List>(capacity: 16)
  private var knownNodes = Stack<Int32>(capacity: 16)
  /// By a node's place in ``Extractor/listed``: the number of its list in `known` + 1, 0 where there is none.
  private var numbers = Stack<Int32>(capacity: 1024)

  /// Places in ``Extractor/listed``.
  struct List {
    var start: Int32
    var end: Int32
  }

  /// The children of a listed node, if they were listed for the node whose patterns run.
  @inline(__always)
  func children(of node: Int) -> List? {
    guard node < numbers.count, numbers[node] > 0 else { return nil }
    return known[Int(numbers[node]) - 1]
  }

  mutating func setChildren(of node: Int, _ list: List) {
    while numbers.count <= node { numbers.append(0) }
    known.append(list)
    knownNodes.append(Int32(node))
    numbers[node] = Int32(known.count)
  }

  mutating func forgetChildren() {
    while !knownNodes.isEmpty { numbers[Int(knownNodes.removeLast())] = 0 }
    known.cut(to: 0)
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
