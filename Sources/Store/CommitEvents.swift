import Glibc

/// Tells a reader of another process when to look for a new generation. Who has written touches the store's lock file after
/// each commit, and when it begins to write and when it ends; a full ingest renames the link `current`; who removes the store
/// removes what is in it, and the directory itself goes only when all have closed that. All are changes in the store's directory,
/// on which this has an inotify watch. A wake can come for nothing. Used by one thread at a time.
public struct CommitEvents: ~Copyable, Sendable {
  /// Becomes readable, as `poll(2)` has it, when something has happened.
  public let descriptor: CInt

  private static let mask =
    UInt32(IN_ATTRIB) | UInt32(IN_MODIFY) | UInt32(IN_MOVED_TO) | UInt32(IN_DELETE) | UInt32(IN_DELETE_SELF)
    | UInt32(IN_MOVE_SELF) | UInt32(IN_ONLYDIR)
  private static let ends = UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF) | UInt32(IN_UNMOUNT) | UInt32(IN_IGNORED)

  /// To be made before the generation is looked at that changes are waited for from. Throws ``StoreError/noStore(path:)`` if there is
  /// no such directory, `system` when the kernel grants no watch.
  public init(_ directory: StoreDirectory) throws(StoreError) {
    let file = inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC))
    if file < 0 { throw .failure("watch", directory.path) }
    guard inotify_add_watch(file, directory.path, Self.mask) >= 0 else {
      let code = errno
      close(file)
      if code == ENOENT || code == ENOTDIR { throw .noStore(path: directory.path) }
      errno = code
      throw .failure("watch", directory.path)
    }
    descriptor = file
  }

  deinit { close(descriptor) }

  /// Takes what has happened so far, without waiting. False once the directory is no longer where it was: nothing more will come.
  public func take() -> Bool {
    let header = MemoryLayout<inotify_event>.size
    return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
      var isThere = true
      while case let count = read(descriptor, buffer.baseAddress!, buffer.count), count > 0 {
        var offset = 0
        while offset + header <= count {
          let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
          if event.mask & Self.ends != 0 { isThere = false }
          offset += header + Int(event.len)
        }
      }
      return isThere
    }
  }
}

extension StoreDirectory {
  /// Wakes who waits by ``CommitEvents`` for what has been committed to an environment. Without effect where nobody holds, nor has
  /// ever held, the writer's lock.
  static func announceCommit(to environment: String) {
    utimensat(AT_FDCWD, environment + "/../lock", nil, 0)
  }
}
