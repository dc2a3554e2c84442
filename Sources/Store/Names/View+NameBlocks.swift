import CLMDB
import Glibc

extension View {
  /// Calls `body` with each name that starts with `prefix` and may hold all of `parts`. In byte order, but for names too long to
  /// be a key. Ends early when `body` returns false.
  func forEachName(
    prefix: [UInt8], holding parts: [[UInt8]], _ body: (StoredName) throws -> Bool
  ) throws {
    let start = Array(prefix.prefix(Key.namePrefix))
    let part = parts.max { $0.count < $1.count }.flatMap { $0.isEmpty ? nil : NamePart($0) }
    try forEachList(from: start, sieve: NameSieve(parts)) { list in
      var names = try reader(of: list, holding: part)
      while try next(&names) {
        let name = names.name
        if !name.starts(with: start) { continue }
        let goesOn =
          Key.isLong(name.count)
          ? try forEachName(ofKey: name, prefix, body)
          : try body(StoredName(bytes: name, bearers: names.rows))
        if !goesOn { return false }
      }
      return true
    }
  }

  /// Calls `body` with the list of each block that may hold names which begin so and pass the sieve, until it returns false.
  private func forEachList(
    from start: [UInt8], sieve: NameSieve, _ body: (UnsafeRawBufferPointer) throws -> Bool
  ) throws {
    let lists = try Cursor(self, tables.names)
    // Signatures lie close together: a search for what names hold comes to few pages beside these.
    let blocks = try Cursor(self, sieve.isOpen ? tables.names : tables.signatures)
    var (key, value) = (MDB_val(), MDB_val())
    var more = try seekBlock(blocks, start, &key, &value)
    while more, key.bytes.starts(with: start) || key.bytes.lexicographicallyPrecedes(start) {
      if sieve.isOpen {
        if !(try body(value.bytes)) { return }
      } else if sieve.lets(try signature(value.bytes)) {
        var list = MDB_val()
        guard try lists.move(MDB_SET, &key, &list) else { throw damaged("a signature of no names") }
        if !(try body(list.bytes)) { return }
      }
      more = try blocks.move(MDB_NEXT, &key, &value)
    }
  }

  func names(inList list: UnsafeRawBufferPointer) throws(StoreError) -> [ListedName] {
    var all: [ListedName] = []
    var names = try reader(of: list)
    while try next(&names) { all.append(ListedName(key: Array(names.name), rows: names.rows)) }
    return all
  }

  private func reader(
    of list: UnsafeRawBufferPointer, holding part: NamePart? = nil
  ) throws(StoreError) -> NameReader {
    do throws(MalformedBytes) {
      return try NameReader(list, holding: part)
    } catch {
      throw malformedNames(error)
    }
  }

  private func next(_ names: inout NameReader) throws(StoreError) -> Bool {
    do throws(MalformedBytes) {
      return try names.next()
    } catch {
      throw malformedNames(error)
    }
  }

  private func signature(_ value: UnsafeRawBufferPointer) throws(StoreError) -> UnsafeRawBufferPointer {
    do throws(MalformedBytes) {
      let signature = try Seal.opened(value)
      guard signature.count == NameSignature.size else { throw MalformedBytes(detail: "a signature's size") }
      return signature
    } catch {
      throw malformedNames(error)
    }
  }

  private func malformedNames(_ error: MalformedBytes) -> StoreError { damaged("a block of names: \(error.detail)") }

  /// To the block that would hold a name.
  func seekBlock(
    _ blocks: borrowing Cursor, _ name: [UInt8], _ key: inout MDB_val, _ value: inout MDB_val
  ) throws(StoreError) -> Bool {
    let found = try name.withUnsafeBufferPointer { (name) throws(StoreError) in
      try blocks.seek(UnsafeRawBufferPointer(name), &key, &value)
    }
    if found, key.bytes.elementsEqual(name) { return true }
    // The block before, if there is one; else the first.
    if try blocks.move(found ? MDB_PREV : MDB_LAST, &key, &value) { return true }
    return try blocks.move(MDB_FIRST, &key, &value)
  }

  private func forEachName(
    ofKey key: UnsafeRawBufferPointer, _ prefix: [UInt8], _ body: (StoredName) throws -> Bool
  ) throws -> Bool {
    for (name, count) in try longNames(of: key) where name.starts(with: prefix) {
      let goesOn = try name.withUnsafeBytes { try body(StoredName(bytes: $0, bearers: count)) }
      if !goesOn { return false }
    }
    return true
  }
}

extension UnsafeRawBufferPointer {
  /// As for any collection, but for millions.
  fileprivate func starts(with beginning: [UInt8]) -> Bool {
    count >= beginning.count && (beginning.isEmpty || memcmp(baseAddress!, beginning, beginning.count) == 0)
  }
}
