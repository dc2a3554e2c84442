import CLMDB
import Glibc

/// Pages of an environment as one transaction sees them, read from the file instead of from LMDB's map, so that no damage
/// can lead anywhere: every offset is checked. The format is that of LMDB 0.9, numbers in the machine's own byte order.
struct PageReader: ~Copyable {
  /// What a transaction begins with.
  struct Roots {
    let free: TableHead
    let main: TableHead
    let lastPage: UInt64
  }

  let pageSize: Int
  let roots: Roots
  private let file: CInt
  private let handle: OpaquePointer
  private let transaction: OpaquePointer

  /// Takes a snapshot, so that what is read is not written to, for as long as this lives. This process must not have the
  /// environment open: LMDB would drop the locks of one when the other is closed.
  init(_ environment: String) throws(StoreError) {
    _ = try DataFile.check(environment)
    let file = open(DataFile.path(environment), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    if file < 0 { throw .failure("open", DataFile.path(environment)) }
    do throws(StoreError) {
      var (handle, transaction, header) = try Self.begin(environment, file)
      var attempts = 1
      while header == nil {
        mdb_txn_abort(transaction)
        mdb_env_close(handle)
        if attempts == Self.mostAttempts { throw .busy(path: environment) }
        attempts += 1
        (handle, transaction, header) = try Self.begin(environment, file)
      }
      guard let header else { throw .busy(path: environment) }
      (self.file, self.handle, self.transaction) = (file, handle, transaction)
      pageSize = header.pageSize
      roots = Roots(free: header.free, main: header.main, lastPage: header.lastPage)
    } catch {
      close(file)
      throw error
    }
  }

  private static let mostAttempts = 100

  /// Without a header where two commits came in between, for then the transaction's was used for another.
  private static func begin(
    _ path: String, _ file: CInt
  ) throws(StoreError) -> (OpaquePointer, OpaquePointer, DataFile.Header?) {
    var handle: OpaquePointer?
    try LMDB.check(mdb_env_create(&handle), path)
    var transaction: OpaquePointer?
    var code = mdb_env_open(handle, path, UInt32(MDB_RDONLY | MDB_NOTLS), 0o600)
    if code == MDB_SUCCESS { code = mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &transaction) }
    guard code == MDB_SUCCESS, let handle, let transaction else {
      mdb_env_close(handle)
      throw LMDB.error(code, path)
    }
    return (handle, transaction, DataFile.header(file, of: UInt64(mdb_txn_id(transaction))))
  }

  deinit {
    mdb_txn_abort(transaction)
    mdb_env_close(handle)
    close(file)
  }

  /// Nil if it cannot be read.
  func page(_ number: UInt64) -> Page? {
    var bytes = [UInt8](repeating: 0, count: pageSize)
    guard number <= roots.lastPage, pread(file, &bytes, pageSize, off_t(number) * off_t(pageSize)) == pageSize else {
      return nil
    }
    return Page(bytes)
  }
}

/// What LMDB keeps of a table: 48 bytes.
struct TableHead {
  static let size = 48
  static let none = UInt64.max

  let rowSize: UInt32
  let flags: UInt16
  let depth: UInt16
  let branchPages: UInt64
  let leafPages: UInt64
  let overflowPages: UInt64
  let rows: UInt64
  let root: UInt64

  /// `bytes` must hold `size` bytes from `offset` on.
  init(_ bytes: [UInt8], at offset: Int) {
    func number<T: FixedWidthInteger>(_ place: Int, _ type: T.Type) -> T {
      bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset + place, as: type) }
    }
    rowSize = number(0, UInt32.self)
    flags = number(4, UInt16.self)
    depth = number(6, UInt16.self)
    branchPages = number(8, UInt64.self)
    leafPages = number(16, UInt64.self)
    overflowPages = number(24, UInt64.self)
    rows = number(32, UInt64.self)
    root = number(40, UInt64.self)
  }

  var holdsDuplicates: Bool { Int32(flags) & MDB_DUPSORT != 0 }
}

/// A page, or a page within one (LMDB keeps few rows of one key in place of a value).
struct Page {
  static let head = 16
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func number<T: FixedWidthInteger>(at offset: Int, _ type: T.Type) -> T {
    bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: type) }
  }

  var size: Int { bytes.count }
  var own: UInt64 { number(at: 0, UInt64.self) }
  var rowSize: Int { Int(number(at: 8, UInt16.self)) }
  /// But for the one that says that it was not written yet.
  var flags: UInt16 { number(at: 10, UInt16.self) & ~0x10 }
  var lower: Int { Int(number(at: 12, UInt16.self)) }
  var upper: Int { Int(number(at: 14, UInt16.self)) }
  var overflowPages: UInt64 { UInt64(number(at: 12, UInt32.self)) }
  var keys: Int { (lower - Self.head) / 2 }

  static let branch: UInt16 = 0x01
  static let leaf: UInt16 = 0x02
  static let overflow: UInt16 = 0x04
  static let fixedLeaf: UInt16 = 0x22
  static let within: UInt16 = 0x40

  /// True if the page's directory of nodes lies within it.
  var isSound: Bool { lower >= Self.head && lower <= upper && upper <= size && lower % 2 == 0 }

  struct Node {
    static let head = 8
    static let big: UInt16 = 1
    static let table: UInt16 = 2
    static let duplicates: UInt16 = 4

    let flags: UInt16
    let key: ArraySlice<UInt8>
    /// Of the value.
    let size: Int
    /// Offset of the value in the page.
    let value: Int
    let child: UInt64
  }

  /// Nil if it reaches out of the page. `isSound` must hold.
  func node(_ index: Int) -> Node? {
    let start = Int(number(at: Self.head + index * 2, UInt16.self))
    guard start >= upper, start + Node.head <= size, start % 2 == 0 else { return nil }
    let low = number(at: start, UInt16.self)
    let high = number(at: start + 2, UInt16.self)
    let flags = number(at: start + 4, UInt16.self)
    let keySize = Int(number(at: start + 6, UInt16.self))
    let value = start + Node.head + keySize
    guard value <= size else { return nil }
    let count = Int(low) | Int(high) << 16
    if self.flags & Self.leaf != 0 {
      guard value + (flags & Node.big != 0 ? 8 : count) <= size else { return nil }
    }
    return Node(
      flags: flags, key: bytes[(start + Node.head)..<value], size: count, value: value,
      child: UInt64(low) | UInt64(high) << 16 | UInt64(flags) << 32)
  }

  func head(at offset: Int) -> TableHead { TableHead(bytes, at: offset) }

  func inner(_ node: Node) -> Page { Page([UInt8](bytes[node.value..<(node.value + node.size)])) }

  func row(_ index: Int) -> ArraySlice<UInt8> {
    bytes[(Self.head + index * rowSize)..<(Self.head + (index + 1) * rowSize)]
  }
}
