internal import CInotifyTools
internal import Glibc
internal import Platform

/// libinotifytools, whose one state belongs to the process: at most one of these at a time, on one thread.
///
/// The library (3.22.6) keeps a record of each watch by number and by name. Three of its habits shape this type:
/// - A record goes only with a kernel watch that is still there: for a directory that was removed, removing fails, writes
///   to standard error, and the record stays. So ``remove(_:)`` is for live watches, and ``restart()`` sheds the rest.
/// - The number of a new watch can only be had by its name, and a stale record of the same name hides it. So a name that
///   is taken gets another spelling, see ``spelling(of:)``.
/// - What it has read but not handed out survives its cleanup, so that is taken out after each start.
struct NotifyLibrary: ~Copyable {
  /// Before each path: the root directory itself and not its path, so that watches go where the walker goes even if a
  /// directory above the root is renamed.
  private let base: String
  private var spellings: UInt64 = 0

  init(root: Directory) throws(WatchError) {
    // As the thread's own working directory, where it may have one, it is reached in half the time.
    let isHome = unshare(CInt(CLONE_FS)) == 0 && fchdir(root.descriptor) == 0
    base = isHome ? "." : "/proc/self/fd/\(root.descriptor)"
    guard access(base + "/.", F_OK) == 0 else { throw .system(SystemError("examine", base)) }
    try Self.initialize()
  }

  deinit { inotifytools_cleanup() }

  /// Drops all watches, and everything queued in the kernel and in the library.
  mutating func restart() throws(WatchError) {
    inotifytools_cleanup()
    spellings = 0
    try Self.initialize()
  }

  private static func initialize() throws(WatchError) {
    // The library waits with select(), which takes descriptors below 1,024 only; the next one opened is the lowest free.
    let probe = open("/dev/null", O_RDONLY | O_CLOEXEC)
    if probe >= 0 { close(probe) }
    guard probe >= 0, probe < 1024 else { throw .system(SystemError("start", "inotify", code: EMFILE)) }
    guard inotifytools_initialize() != 0 else {
      let code = inotifytools_error()
      // With descriptors to be had, it is the user's instances that have run out.
      throw code == EMFILE ? .limit(.current(.instances)) : .system(SystemError("start", "inotify", code: code))
    }
    while inotifytools_next_events(0, 1) != nil {}
  }

  /// Watches recorded by the library, those of directories gone included. Takes time in proportion.
  var records: Int { Int(inotifytools_get_num_watches()) }

  enum Added {
    /// The number of the new watch.
    case added(CInt)
    /// The directory is watched already, by this path or another. Only if `exclusively` was asked for.
    case watched
    /// `errno`.
    case failed(CInt)
  }

  /// Watches the directory at `path`, relative to the root unless it is absolute. A link is not followed.
  mutating func add(_ path: [UInt8], mask: CInt, exclusively: Bool) -> Added {
    let name = spelling(of: path)
    let flags = mask | CInt(IN_ONLYDIR) | CInt(IN_DONT_FOLLOW) | (exclusively ? CInt(IN_MASK_CREATE) : 0)
    guard Self.withCString(name, { inotifytools_watch_file($0, flags) }) != 0 else {
      let code = inotifytools_error()
      return code == EEXIST ? .watched : .failed(code)
    }
    let number = Self.number(of: name)
    return number > 0 ? .added(number) : .failed(ENOENT)
  }

  /// Removes a watch that the kernel still has. Without effect for a number that the library does not know.
  func remove(_ watch: CInt) { inotifytools_remove_watch_by_wd(watch) }

  /// The path as a C string that no record bears. The path itself, or with as many `/` and `/.` inserted after the root
  /// as spell a number in binary.
  private mutating func spelling(of path: [UInt8]) -> [UInt8] {
    let isAbsolute = path.first == UInt8(ascii: "/")
    let front = isAbsolute ? [] : Array(base.utf8)
    let rest = isAbsolute ? path : Array("/".utf8) + (path.isEmpty ? Array(".".utf8) : path)
    var name = front + rest + [0]
    while Self.number(of: name) > 0 {
      spellings += 1
      var detour: [UInt8] = []
      var bits = spellings
      while bits > 0 {
        detour += Array((bits & 1 == 0 ? "/" : "/.").utf8)
        bits >>= 1
      }
      name = front + detour + rest + [0]
    }
    return name
  }

  /// The library adds a slash to a directory's name, unless it was gone again before it looked.
  private static func number(of name: [UInt8]) -> CInt {
    let asDirectory: [UInt8] = name.dropLast() + [UInt8(ascii: "/"), 0]
    for spelled in [asDirectory, name] {
      let number = withCString(spelled) { inotifytools_wd_from_filename($0) }
      if number > 0 { return number }
    }
    return -1
  }

  /// `name` ends with a zero.
  private static func withCString<R>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> R) -> R {
    name.withUnsafeBytes { $0.withMemoryRebound(to: CChar.self) { body($0.baseAddress!) } }
  }
}
