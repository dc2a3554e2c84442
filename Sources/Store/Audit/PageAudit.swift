/// Goes through all pages of an environment as LMDB would reach them: each is of the right sort, its nodes lie within it in
/// order, none belongs to two tables, and each table has as many pages and rows as its head says. O(store); a bit of memory
/// a page.
struct PageAudit: ~Copyable {
  private let reader: PageReader
  private var seen: [UInt64]
  private(set) var faults: [String] = []
  /// Pages that are free.
  private var unused = 0

  /// After so many there is nothing more to learn.
  private static let most = 20
  /// No path from a root is longer in LMDB.
  private static let deepest = 32

  /// The faults found; none in a sound store.
  static func faults(of environment: String) throws(StoreError) -> [String] {
    var audit = PageAudit(try PageReader(environment))
    audit.run()
    return audit.faults
  }

  /// Pages that hold nothing that is in use, for tests.
  static func unusedPages(of environment: String) throws(StoreError) -> Int {
    var audit = PageAudit(try PageReader(environment))
    audit.run()
    return audit.unused
  }

  private init(_ reader: consuming PageReader) {
    seen = [UInt64](repeating: 0, count: Int(reader.roots.lastPage / 64) + 1)
    self.reader = reader
  }

  /// Whose pages are gone through.
  private enum Table {
    case free
    case main
    case named(holdsDuplicates: Bool)
    /// The rows of one key.
    case duplicates
  }

  private struct Counts {
    var branches: UInt64 = 0
    var leaves: UInt64 = 0
    var overflows: UInt64 = 0
    var rows: UInt64 = 0
  }

  private mutating func run() {
    take(0, 2, "the headers")
    audit(reader.roots.free, .free, "the free list")
    audit(reader.roots.main, .main, "the list of tables")
  }

  private mutating func add(_ fault: String) {
    if faults.count < Self.most { faults.append(fault) }
  }

  /// False if one of the pages is not there or belongs to something else.
  @discardableResult
  private mutating func take(_ first: UInt64, _ count: UInt64, _ name: String) -> Bool {
    let last = reader.roots.lastPage
    guard first <= last, count <= last - first + 1 else {
      add("\(name): page \(first) lies beyond the end")
      return false
    }
    for page in first..<(first + count) {
      let (word, bit) = (Int(page / 64), UInt64(1) << (page % 64))
      if seen[word] & bit != 0 {
        add("\(name): page \(page) is used twice")
        return false
      }
      seen[word] |= bit
    }
    return true
  }

  private mutating func audit(_ head: TableHead, _ table: Table, _ name: String) {
    guard head.root != TableHead.none else {
      if head.rows != 0 { add("\(name): it has no pages, but \(head.rows) rows") }
      return
    }
    var counts = Counts()
    var stack = [(page: head.root, level: 1)]
    while let (number, level) = stack.popLast(), faults.count < Self.most {
      guard take(number, 1, name) else { continue }
      guard let page = reader.page(number) else {
        add("\(name): page \(number) cannot be read")
        continue
      }
      let isLeaf = level == Int(head.depth)
      let isFixed = isLeaf && page.flags == Page.fixedLeaf
      let isRight = isLeaf ? page.flags == Page.leaf || isFixed : page.flags == Page.branch
      guard page.own == number, isRight, page.isSound || isFixed, level <= Self.deepest else {
        add("\(name): page \(number) is not what it should be")
        continue
      }
      if isFixed {
        counts.leaves += 1
        fixedRows(of: page, number, table, &counts, name)
      } else if isLeaf {
        counts.leaves += 1
        leaf(page, number, table, &counts, name)
      } else {
        counts.branches += 1
        for index in (0..<page.keys).reversed() {
          guard let node = page.node(index) else {
            add("\(name): page \(number) is damaged")
            break
          }
          stack.append((node.child, level + 1))
        }
      }
    }
    let agrees =
      counts.branches == head.branchPages && counts.leaves == head.leafPages && counts.overflows == head.overflowPages
      && counts.rows == head.rows
    if !agrees && faults.isEmpty { add("\(name): it has not as many pages or rows as it says") }
  }

  private mutating func fixedRows(
    of page: Page, _ number: UInt64, _ table: Table, _ counts: inout Counts, _ name: String
  ) {
    guard case .duplicates = table, page.rowSize == IndexRow.size, page.lower >= Page.head,
      Page.head + page.keys * page.rowSize <= page.size
    else { return add("\(name): page \(number) has rows of another size") }
    for index in 1..<max(page.keys, 1)
    where !page.row(index - 1).lexicographicallyPrecedes(page.row(index)) {
      add("\(name): page \(number) is out of order")
      break
    }
    counts.rows += UInt64(page.keys)
  }

  private mutating func leaf(
    _ page: Page, _ number: UInt64, _ table: Table, _ counts: inout Counts, _ name: String
  ) {
    var last: ArraySlice<UInt8>?
    for index in 0..<page.keys {
      guard let node = page.node(index), !node.key.isEmpty, node.key.count <= Key.longest else {
        return add("\(name): page \(number) is damaged")
      }
      if let last, !inOrder(last, node.key, table) { add("\(name): page \(number) is out of order") }
      last = node.key
      value(node, in: page, number, table, &counts, name)
    }
  }

  /// Keys of the free list are numbers in the machine's byte order.
  private func inOrder(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>, _ table: Table) -> Bool {
    guard case .free = table else { return a.lexicographicallyPrecedes(b) }
    return a.reversed().lexicographicallyPrecedes(b.reversed())
  }

  private mutating func value(
    _ node: Page.Node, in page: Page, _ number: UInt64, _ table: Table, _ counts: inout Counts, _ name: String
  ) {
    let isMain = if case .main = table { true } else { false }
    let holdsDuplicates = if case .named(true) = table { true } else { false }
    switch node.flags {
    case 0 where !isMain:
      counts.rows += 1
      if case .free = table { free(page.numbers(at: node.value, count: node.size), name) }
    case Page.Node.big where !isMain && !holdsDuplicates:
      counts.rows += 1
      let first = page.number(at: node.value, UInt64.self)
      // A value that became smaller in the transaction that first wrote it keeps all its pages.
      guard let start = reader.page(first), start.own == first, start.flags == Page.overflow,
        start.overflowPages >= UInt64((Page.head + node.size - 1) / reader.pageSize + 1)
      else { return add("\(name): page \(first) is not what it should be") }
      counts.overflows += start.overflowPages
      guard take(first, start.overflowPages, name) else { return }
      if case .free = table { free(reader.bytes(from: first, count: node.size), name) }
    case Page.Node.table where isMain && node.size == TableHead.size:
      counts.rows += 1
      let head = page.head(at: node.value)
      audit(head, .named(holdsDuplicates: head.holdsDuplicates), "table \(Self.text(node.key))")
    case Page.Node.table | Page.Node.duplicates where holdsDuplicates && node.size == TableHead.size:
      let head = page.head(at: node.value)
      counts.rows += head.rows
      audit(head, .duplicates, name)
    case Page.Node.duplicates where holdsDuplicates && node.size >= Page.head:
      let inner = page.inner(node)
      guard inner.flags & (Page.within | Page.fixedLeaf) == Page.within | Page.fixedLeaf else {
        return add("\(name): page \(number) has a damaged row")
      }
      fixedRows(of: inner, number, .duplicates, &counts, name)
    default:
      add("\(name): page \(number) has a damaged row")
    }
  }

  /// The pages that a transaction has let go: their number, then the numbers, the largest first.
  private mutating func free(_ list: [UInt64]?, _ name: String) {
    guard let list, let count = list.first, count == UInt64(list.count - 1) else {
      return add("\(name): a row has another length than it says")
    }
    unused += list.count - 1
    for page in list.dropFirst() { take(page, 1, name) }
  }

  private static func text(_ key: ArraySlice<UInt8>) -> String { String(decoding: key, as: UTF8.self) }
}

extension Page {
  /// Nil if the bytes are no whole numbers.
  fileprivate func numbers(at offset: Int, count: Int) -> [UInt64]? {
    count % 8 == 0 ? (0..<(count / 8)).map { number(at: offset + $0 * 8, UInt64.self) } : nil
  }
}

extension PageReader {
  /// The numbers in a value that has pages of its own; nil if they cannot be read.
  fileprivate func bytes(from first: UInt64, count: Int) -> [UInt64]? {
    var numbers: [UInt64] = []
    var offset = Page.head
    var next = first
    guard count % 8 == 0 else { return nil }
    while numbers.count < count / 8 {
      guard let page = page(next) else { return nil }
      while offset < page.size, numbers.count < count / 8 {
        numbers.append(page.number(at: offset, UInt64.self))
        offset += 8
      }
      (next, offset) = (next + 1, 0)
    }
    return numbers
  }
}
