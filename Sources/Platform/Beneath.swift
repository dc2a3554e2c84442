import Glibc
import Synchronization

/// Opening what lies below a directory without ever passing through a link, whatever is swapped for one meanwhile.
public enum Beneath {
  /// `O_PATH`, which Glibc's header hides from Swift: to be examined only.
  static let examining: CInt = 0o10000000

  /// Set where the kernel has no `openat2(2)`, or a sandbox forbids it.
  private static let isUnavailable = Atomic(false)

  /// Opens `path`, which must not be empty, below `directory`. Negative if that fails, with `errno` set: `ELOOP` or `ENOTDIR`
  /// where a link is in the way.
  public static func open(_ path: [UInt8], below directory: CInt, _ flags: CInt) -> CInt {
    let flags = flags | O_NOFOLLOW | O_CLOEXEC
    if !isUnavailable.load(ordering: .relaxed) {
      let opened = openAtOnce(path, directory, flags)
      if opened >= 0 { return opened }
      switch errno {
      case ENOSYS, EPERM, EINVAL, E2BIG: isUnavailable.store(true, ordering: .relaxed)
      // A name was changed on the way, or the path is longer than one call takes.
      case EAGAIN, ENAMETOOLONG: break
      case EXDEV:
        errno = ELOOP
        return -1
      default: return -1
      }
    }
    return openStepwise(path[...], directory, flags)
  }

  /// One component at a time, each a directory and no link.
  static func openStepwise(_ path: ArraySlice<UInt8>, _ directory: CInt, _ flags: CInt) -> CInt {
    let slash = UInt8(ascii: "/")
    var rest = path
    var around = directory
    defer { if around != directory { close(around) } }
    while let end = rest.firstIndex(of: slash) {
      let next = withName(rest[..<end]) { name in
        retrying { openat(around, name, examining | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
      }
      if next < 0 { return -1 }
      if around != directory { close(around) }
      around = next
      rest = rest[(end + 1)...]
    }
    return withName(rest) { name in retrying { openat(around, name, flags | O_NOFOLLOW | O_CLOEXEC) } }
  }

  private typealias Call =
    @convention(c) (CLong, CInt, UnsafePointer<CChar>, UnsafeRawPointer, CLong) -> CLong
  /// `syscall(2)`, which takes any number of arguments, and which Swift does not import for that; for `openat2(2)` Glibc has
  /// no function.
  private static let call = dlsym(nil, "syscall").map { unsafeBitCast($0, to: Call.self) }
  private static let openat2: CLong = 437

  private static func openAtOnce(_ path: [UInt8], _ directory: CInt, _ flags: CInt) -> CInt {
    guard let call else {
      errno = ENOSYS
      return -1
    }
    // `struct open_how`: flags, mode, and RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS.
    let how: [UInt64] = [UInt64(flags), 0, 0x08 | 0x04]
    return withName(path[...]) { name in
      how.withUnsafeBytes { how in
        CInt(truncatingIfNeeded: retrying { call(openat2, directory, name, how.baseAddress!, CLong(how.count)) })
      }
    }
  }

  private static func withName<R>(_ name: ArraySlice<UInt8>, _ body: (UnsafePointer<CChar>) -> R) -> R {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: name.count + 1) { buffer in
      var end = 0
      for byte in name {
        buffer.initializeElement(at: end, to: CChar(bitPattern: byte))
        end += 1
      }
      buffer.initializeElement(at: end, to: 0)
      return body(UnsafePointer(buffer.baseAddress!))
    }
  }
}
