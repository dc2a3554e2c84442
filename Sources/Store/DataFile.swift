import CLMDB
import Glibc

/// Which file an environment's data is in, whatever the path that led there.
struct FileIdentity: Hashable, Sendable {
  let device: UInt64
  let inode: UInt64

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }

  init(ofEnvironment path: String) throws(StoreError) {
    var status = stat()
    if stat(DataFile.path(path), &status) != 0 {
      if errno == ENOENT || errno == ENOTDIR { throw .damaged(path: path, detail: "no data file") }
      throw .failure("examine", DataFile.path(path))
    }
    self.init(status)
  }
}

/// LMDB's file, looked at before LMDB maps it: to touch a page that is missing would end the process by SIGBUS.
///
/// It starts with two meta pages, of which the one with the higher transaction number holds: a page header of 16 bytes,
/// then magic, version, address, map size, two table headers of 48 bytes, last page, transaction, in the machine's own byte
/// order. The first table header begins with the page size; each ends with its root page.
enum DataFile {
  static func path(_ environment: String) -> String { environment + "/data.mdb" }

  /// The bytes in use; throws `damaged` unless the file holds all of them.
  static func check(_ environment: String) throws(StoreError) -> (used: Int, identity: FileIdentity) {
    if let reason = DamageMark.reason(environment) { throw .damaged(path: environment, detail: reason) }
    let path = path(environment)
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
    if file < 0 {
      if errno == ENOENT || errno == ENOTDIR { throw .damaged(path: environment, detail: "no data file") }
      throw .failure("open", path)
    }
    defer { close(file) }
    // A writer may be at work on a header, or between a commit and making the file as long as that says. What is wrong for
    // good is wrong a while later too.
    var pause: useconds_t = 1000
    while true {
      do throws(StoreError) {
        return try check(file, environment)
      } catch {
        guard case .damaged = error, pause <= 16_000 else { throw error }
        usleep(pause)
        pause *= 2
      }
    }
  }

  private static func check(
    _ file: CInt, _ environment: String
  ) throws(StoreError) -> (used: Int, identity: FileIdentity) {
    func damaged(_ detail: String) -> StoreError { .damaged(path: environment, detail: detail) }
    guard let first = Meta(file, at: 0), first.isSound else { throw damaged("the data file has no LMDB header") }
    guard let second = Meta(file, at: Int(first.pageSize)), second.isSound, second.pageSize == first.pageSize else {
      throw damaged("the data file has no second LMDB header")
    }
    let meta = second.transaction > first.transaction ? second : first
    // After the headers, since the file is made longer before they say so.
    var status = stat()
    if fstat(file, &status) != 0 { throw .failure("examine", environment) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw damaged("the data file is no file") }
    let pages = UInt64(status.st_size) / UInt64(meta.pageSize)
    guard meta.lastPage < pages else {
      throw damaged("the data file is cut off: it has \(pages) pages of \(meta.lastPage &+ 1)")
    }
    return (Int(meta.lastPage + 1) * Int(meta.pageSize), FileIdentity(status))
  }

  /// What the transaction began with; nil if neither header is its.
  static func header(_ file: CInt, of transaction: UInt64) -> Header? {
    guard let first = Meta(file, at: 0), let second = Meta(file, at: Int(first.pageSize)) else { return nil }
    return [first, second].first { $0.transaction == transaction }.map {
      Header(pageSize: Int($0.pageSize), free: $0.tables.free, main: $0.tables.main, lastPage: $0.lastPage)
    }
  }

  struct Header {
    let pageSize: Int
    let free: TableHead
    let main: TableHead
    let lastPage: UInt64
  }

  private struct Meta {
    let flags: UInt16
    let magic: UInt32
    let version: UInt32
    let pageSize: UInt32
    let tables: (free: TableHead, main: TableHead)
    let lastPage: UInt64
    let transaction: UInt64

    private static let size = 152

    init?(_ file: CInt, at offset: Int) {
      var bytes = [UInt8](repeating: 0, count: Self.size)
      guard pread(file, &bytes, bytes.count, offset) == bytes.count else { return nil }
      func number<T: FixedWidthInteger>(_ offset: Int, _ type: T.Type) -> T {
        bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: type) }
      }
      flags = number(10, UInt16.self)
      magic = number(16, UInt32.self)
      version = number(20, UInt32.self)
      pageSize = number(40, UInt32.self)
      tables = (TableHead(bytes, at: 40), TableHead(bytes, at: 88))
      lastPage = number(136, UInt64.self)
      transaction = number(144, UInt64.self)
    }

    var isSound: Bool {
      let isMetaPage = flags & 0x08 != 0
      let isKnown = magic == 0xBEEF_C0DE && version == 1
      let hasPageSize = (512...32768).contains(pageSize) && pageSize.nonzeroBitCount == 1
      func holds(_ root: UInt64) -> Bool { root == .max || root <= lastPage }
      return isMetaPage && isKnown && hasPageSize && lastPage < 1 << 44 && holds(tables.free.root)
        && holds(tables.main.root)
    }
  }
}
