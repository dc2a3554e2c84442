import Glibc

/// Index rows of some files, sorted: what an ``IndexRunBuilder`` hands to the ``BulkLoader``. Part of it may lie in a
/// file that has no name and goes when this does.
public struct IndexRun: Sendable {
  let pieces: [SortedRows]
}

/// Rows of the index tables, one table behind the other, each sorted by key: a ``KeyedRows`` for each key.
// SAFETY: the memory is never written after init, and is freed by deinit alone.
final class SortedRows: @unchecked Sendable {
  private let memory: UnsafeMutableRawBufferPointer
  private let isMapped: Bool
  private let tables: [Table]

  /// Where the rows of a table lie in memory.
  struct Table {
    var range: Range<Int>
    /// Where some of its keys begin, as far from each other as `distance` or a little more.
    var marks: [Int] = []

    /// In bytes.
    static let distance = 8 << 10
  }

  /// Takes over memory from `malloc`. `tables` are in the order of ``IndexTable``.
  init(_ memory: UnsafeMutableRawBufferPointer, tables: [Table], isMapped: Bool = false) {
    self.memory = memory
    self.isMapped = isMapped
    self.tables = tables
  }

  func range(of table: IndexTable) -> Range<Int> { tables[table.rawValue].range }

  func marks(of table: IndexTable) -> [Int] { tables[table.rawValue].marks }

  /// Where the first key of a table that is not before this one begins.
  func start(of key: UnsafeRawBufferPointer, in table: IndexTable) -> Int {
    let (range, marks) = (range(of: table), marks(of: table))
    var (low, high) = (0, marks.count)
    while low < high {
      let middle = (low + high) / 2
      if KeyOrder.precedes(rows(at: marks[middle]).key, key) { low = middle + 1 } else { high = middle }
    }
    var place = low == 0 ? range.lowerBound : marks[low - 1]
    while place < range.upperBound {
      let rows = rows(at: place)
      if !KeyOrder.precedes(rows.key, key) { break }
      place += rows.bytes.count
    }
    return place
  }

  /// `place` must be one where a key begins. Valid as long as this object.
  func rows(at place: Int) -> KeyedRows { KeyedRows(at: UnsafeRawPointer(memory.baseAddress!) + place) }

  /// Valid as long as this object.
  subscript(range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[range])
  }

  deinit {
    if isMapped { munmap(memory.baseAddress, memory.count) } else { free(memory.baseAddress) }
  }

  /// The same rows in an unlinked file in `directory`, mapped, so that the kernel may drop them from memory.
  func spilled(into directory: String) throws(StoreError) -> SortedRows {
    if memory.isEmpty { return self }
    let file = open(directory, O_RDWR | O_CLOEXEC | Self.temporaryFile, 0o600)
    if file < 0 { throw .failure("make a temporary file in", directory) }
    defer { close(file) }
    var done = 0
    while done < memory.count {
      let count = write(file, memory.baseAddress! + done, memory.count - done)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw .failure("write a temporary file in", directory) }
      done += count
    }
    guard let mapped = mmap(nil, memory.count, PROT_READ, MAP_PRIVATE, file, 0), mapped != MAP_FAILED else {
      throw .failure("map a temporary file in", directory)
    }
    let rows = UnsafeMutableRawBufferPointer(start: mapped, count: memory.count)
    return SortedRows(rows, tables: tables, isMapped: true)
  }

  /// `O_TMPFILE`, which Glibc's header hides from Swift.
  private static let temporaryFile: CInt = 0o20_200_000
}

/// A key and its rows where they lie in memory: the key's length and the number of rows (UInt32 each), the key, the rows as they
/// will lie in the store.
struct KeyedRows {
  let bytes: UnsafeRawBufferPointer
  let key: UnsafeRawBufferPointer
  let rows: UnsafeRawBufferPointer

  static let headSize = 8

  @inline(__always)
  init(at start: UnsafeRawPointer) {
    let keySize = Int(start.loadUnaligned(as: UInt32.self))
    let rowBytes = Int(start.loadUnaligned(fromByteOffset: 4, as: UInt32.self)) * IndexRow.size
    bytes = UnsafeRawBufferPointer(start: start, count: Self.headSize + keySize + rowBytes)
    key = UnsafeRawBufferPointer(start: start + Self.headSize, count: keySize)
    rows = UnsafeRawBufferPointer(start: start + Self.headSize + keySize, count: rowBytes)
  }

  @inline(__always)
  static func writeHead(_ key: UnsafeRawBufferPointer, rows: Int, to start: UnsafeMutableRawPointer) {
    start.storeBytes(of: UInt32(key.count), as: UInt32.self)
    start.storeBytes(of: UInt32(rows), toByteOffset: 4, as: UInt32.self)
  }

  /// Calls `body` with all that lie one behind the other in some memory.
  static func forEach<E: Error>(
    in memory: UnsafeRawBufferPointer, _ body: (KeyedRows) throws(E) -> Void
  ) throws(E) {
    guard var next = memory.baseAddress else { return }
    let end = next + memory.count
    while next < end {
      let rows = KeyedRows(at: next)
      try body(rows)
      next += rows.bytes.count
    }
  }
}
