import CLMDB
import Graph

extension View {
  func file(_ path: TreePath) throws(StoreError) -> (FileID, FileRecord)? {
    if !Key.isLong(path.bytes.count) {
      guard let bytes = try value(tables.files, path.bytes) else { return nil }
      return try path.bytes.withUnsafeBufferPointer { (path) throws(StoreError) in
        try record(bytes, of: UnsafeRawBufferPointer(path))
      }
    }
    var found: (FileID, FileRecord)?
    let start = Key.pathStart(path.bytes)
    let cursor = try Cursor(self, tables.files)
    try start.withUnsafeBufferPointer { (start) throws(StoreError) in
      let start = UnsafeRawBufferPointer(start)
      var (key, value) = (MDB_val(), MDB_val())
      var more = try cursor.seek(start, &key, &value)
      while found == nil, more, key.bytes.count == Key.longest, key.bytes.starts(with: start) {
        let stored = try self.path(ofLongKey: key.bytes)
        let (file, record) = try record(value.bytes, of: stored)
        if stored.elementsEqual(path.bytes) { found = (file, record) }
        more = try cursor.move(MDB_NEXT, &key, &value)
      }
    }
    return found
  }

  /// A file's language and path; nil for a file that there is not.
  func place(_ file: FileID) throws(StoreError) -> (language: LanguageID, path: UnsafeRawBufferPointer)? {
    guard let value = try value(tables.paths, file) else { return nil }
    return try decoding("the path of file \(file.rawValue)") { () throws(MalformedBytes) in try PathCodec.decode(value)
    }
  }

  func path(_ file: FileID) throws(StoreError) -> UnsafeRawBufferPointer? { try place(file)?.path }

  func file(_ file: FileID) throws(StoreError) -> (TreePath, FileRecord)? {
    guard let bytes = try path(file) else { return nil }
    let path = [UInt8](bytes)
    guard let row = try value(tables.files, Key.path(path, file)) else {
      throw damaged("file \(file.rawValue) has a path but no record")
    }
    let (owner, record) = try record(row, of: bytes)
    guard owner == file else { throw damaged("files \(file.rawValue) and \(owner.rawValue) have one path") }
    return (TreePath(bytes: path), record)
  }

  /// In byte order of path.
  func forEachFile(below: TreePath, _ body: (TreePath, FileID, FileRecord) throws -> Void) throws {
    if !below.isRoot, let (file, record) = try file(below) { try body(below, file, record) }
    let prefix = below.isRoot ? [] : below.bytes + [UInt8(ascii: "/")]
    let start = Array(prefix.prefix(Key.pathPrefix))
    // Files whose keys start alike for as far as long paths are part of their keys: their order is yet to be found.
    var alike: [(path: TreePath, file: FileID, record: FileRecord)] = []
    func flush() throws {
      for entry in alike.sorted(by: { $0.path < $1.path }) { try body(entry.path, entry.file, entry.record) }
      alike.removeAll(keepingCapacity: true)
    }
    let cursor = try Cursor(self, tables.files)
    try start.withUnsafeBytes { start in
      var (key, value) = (MDB_val(), MDB_val())
      var more = try cursor.seek(start, &key, &value)
      while more, key.bytes.starts(with: start) {
        let stored = Key.isLong(key.mv_size) ? try self.path(ofLongKey: key.bytes) : key.bytes
        let (file, record) = try record(value.bytes, of: stored)
        let path = TreePath(bytes: [UInt8](stored))
        if let last = alike.last?.path.bytes, !key.bytes.starts(with: last.prefix(Key.pathPrefix)) { try flush() }
        if path.bytes.starts(with: prefix) {
          if path.bytes.count < Key.pathPrefix {
            try body(path, file, record)
          } else {
            alike.append((path, file, record))
          }
        }
        more = try cursor.move(MDB_NEXT, &key, &value)
      }
    }
    try flush()
  }

  /// Each file's path, which is the store's own. In byte order, but for paths too long to be keys.
  func forEachPath(_ body: (UnsafeRawBufferPointer) -> Void) throws(StoreError) {
    let cursor = try Cursor(self, tables.files)
    var (key, value) = (MDB_val(), MDB_val())
    var more = try cursor.move(MDB_FIRST, &key, &value)
    while more {
      body(Key.isLong(key.mv_size) ? try self.path(ofLongKey: key.bytes) : key.bytes)
      more = try cursor.move(MDB_NEXT, &key, &value)
    }
  }

  /// The path of which a key holds the start, and the file's id at its end.
  func path(ofLongKey key: UnsafeRawBufferPointer) throws(StoreError) -> UnsafeRawBufferPointer {
    guard key.count == Key.longest else { throw damaged("a key of \(key.count) bytes") }
    let id = key.loadUnaligned(fromByteOffset: key.count - Key.idSize, as: UInt32.self)
    let file = FileID(rawValue: UInt32(bigEndian: id))
    guard let path = try path(file) else { throw damaged("file \(file.rawValue) has no path") }
    return path
  }

  func record(
    _ bytes: UnsafeRawBufferPointer, of path: UnsafeRawBufferPointer
  ) throws(StoreError) -> (FileID, FileRecord) {
    try decoding("the record of \(Escaping.printable(path))") { () throws(MalformedBytes) in
      try RecordCodec.decode(bytes, path: path)
    }
  }
}
