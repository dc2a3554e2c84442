import Glibc
import Graph
import Platform

/// A directory in the middle of being walked: what is in it, how far the walk has come, and, for a while, the open
/// directory itself.
final class DirectoryListing {
  struct Entry {
    let offset: Int
    let length: Int
    /// `DT_REG` and the like; `DT_UNKNOWN` from file systems that do not say.
    let type: UInt8
  }

  let directory: TreePath
  private(set) var entries: [Entry] = []
  private(set) var hasIgnore = false
  private(set) var hasGitignore = false
  /// The index of the entry that comes next.
  var next = 0
  /// Set once the directory was listed.
  var scope: IgnoreRules.Scope?
  private var names: [UInt8] = []
  private var stream: OpaquePointer?
  /// To know the directory again when it is reopened.
  let device: dev_t
  private let inode: ino_t

  /// Takes over an open directory. Throws if it cannot be read.
  init(_ directory: TreePath, descriptor: CInt) throws(SystemError) {
    self.directory = directory
    var status = stat()
    guard fstat(descriptor, &status) == 0, let stream = fdopendir(descriptor) else {
      let error = SystemError("read the directory", directory.description)
      Glibc.close(descriptor)
      throw error
    }
    (device, inode, self.stream) = (status.st_dev, status.st_ino, stream)
  }

  deinit { close() }

  /// The open directory; negative while it is closed.
  var descriptor: CInt { stream.map { dirfd($0) } ?? -1 }

  func close() {
    if let stream { closedir(stream) }
    stream = nil
  }

  /// Opens the directory again if it was closed; false if it is not there any more.
  func reopen(below root: CInt) -> Bool {
    stream != nil || adopt(FileAccess.openDirectory(directory.bytes[...], below: root))
  }

  /// Opens the directory again, if it was closed, as the parent of one that is still open: a single step, where from the
  /// root it is one for each level.
  func reopen(above child: DirectoryListing) {
    if stream != nil || child.stream == nil { return }
    _ = adopt(FileAccess.open("..", below: child.descriptor))
  }

  /// Takes over a descriptor if it is this directory: by now another may have its name, or its child.
  private func adopt(_ descriptor: CInt) -> Bool {
    guard descriptor >= 0 else { return false }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_dev == device, status.st_ino == inode {
      stream = fdopendir(descriptor)
    }
    if stream == nil { Glibc.close(descriptor) }
    return stream != nil
  }

  func name(_ entry: Entry) -> ArraySlice<UInt8> { names[entry.offset..<(entry.offset + entry.length)] }

  /// The file type bits of an entry; nil if it is gone. The file system is only asked where the listing did not say.
  func type(_ entry: Entry, below root: CInt) -> mode_t? {
    if entry.type != UInt8(DT_UNKNOWN) { return mode_t(entry.type) << 12 }
    guard reopen(below: root) else { return nil }
    return FileAccess.status(name(entry), at: descriptor, followsLinks: false).map { $0.st_mode & S_IFMT }
  }

  /// The path of an entry.
  func path(_ entry: Entry) -> TreePath { directory.appending(name(entry)) }

  /// Reads all entries and sorts them by the bytes of their names. Ends early, with what was read so far, when reading
  /// fails, which is returned, or `stop` is set.
  func list(stop: StopFlag) -> SystemError? {
    guard let stream else { return nil }
    var code: CInt = 0
    while !stop.isSet {
      errno = 0
      guard let entry = readdir(stream) else {
        code = errno
        break
      }
      add(UnsafeRawPointer(entry), type: entry.pointee.d_type)
    }
    sort()
    // A directory that was removed meanwhile reads as missing.
    if code == 0 || code == ENOENT { return nil }
    return SystemError("read the directory", directory.description, code: code)
  }

  private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name)!

  private func add(_ entry: UnsafeRawPointer, type: UInt8) {
    let start = entry + Self.nameOffset
    let length = strlen(start.assumingMemoryBound(to: CChar.self))
    let name = UnsafeRawBufferPointer(start: start, count: length)
    if name.first == UInt8(ascii: ".") {
      if length == 1 || length == 2 && name[1] == UInt8(ascii: ".") { return }
      if name.elementsEqual(DirectoryRules.ignoreName) { hasIgnore = true }
      if name.elementsEqual(DirectoryRules.gitignoreName) { hasGitignore = true }
    }
    entries.append(Entry(offset: names.count, length: length, type: type))
    names.append(contentsOf: name)
  }

  private func sort() {
    names.withUnsafeBytes { names in
      entries.sort { a, b in
        let order = memcmp(names.baseAddress! + a.offset, names.baseAddress! + b.offset, min(a.length, b.length))
        return order == 0 ? a.length < b.length : order < 0
      }
    }
  }
}
