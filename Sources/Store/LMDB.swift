import CLMDB
import Glibc
import Platform

/// The one place that turns LMDB's results into errors.
enum LMDB {
  @inline(__always)
  static func check(_ code: CInt, _ path: String) throws(StoreError) {
    if code != MDB_SUCCESS { throw error(code, path) }
  }

  /// As `check`, for calls that may find nothing: false then.
  @inline(__always)
  static func found(_ code: CInt, _ path: String) throws(StoreError) -> Bool {
    if code == MDB_SUCCESS { return true }
    if code == MDB_NOTFOUND { return false }
    throw error(code, path)
  }

  static func error(_ code: CInt, _ path: String) -> StoreError {
    switch code {
    case ENOSPC, EDQUOT, EFBIG:
      return .diskFull(path: path)
    case EIO where hasNoRoom(path):
      return .diskFull(path: path)
    case MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_INVALID, MDB_INCOMPATIBLE, MDB_VERSION_MISMATCH, MDB_BAD_VALSIZE:
      return .damaged(path: path, detail: text(code))
    case EAGAIN:
      return .numberInUse(path: path, pid: getpid())
    case let code where code > 0:
      return .system(SystemError("use the store", path, code: code))
    default:
      return .lmdb(path: path, code: code, text: text(code))
    }
  }

  /// LMDB reports a write that was cut short as EIO, which is what a disk that fills up in the middle of one gives.
  private static func hasNoRoom(_ path: String) -> Bool {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return false }
    if status.f_bavail * status.f_frsize < 1 << 20 { return true }
    var limit = rlimit()
    return getrlimit(__rlimit_resource_t(UInt32(RLIMIT_FSIZE.rawValue)), &limit) == 0 && limit.rlim_cur != .max
  }

  private static func text(_ code: CInt) -> String { String(cString: mdb_strerror(code)) }
}

extension MDB_val {
  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer) {
    self.init(mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
  }

  @inline(__always)
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: mv_data, count: mv_size) }
}
