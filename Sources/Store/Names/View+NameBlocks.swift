import CLMDB
import Graph

extension View {
  /// Calls `body` with each name that starts with `prefix` and may hold all of `parts`. In byte order, but for names too long to
  /// be a key. Ends early when `body` returns false.
  func forEachName(
    prefix: [UInt8], holding parts: [[UInt8]], _ body: (StoredName) throws -> Bool
  ) throws {
    let start = Array(prefix.prefix(Key.namePrefix))
    var wanted = NameSignature()
    for part in parts { part.withUnsafeBytes { wanted.insert($0) } }
    let bearers = try Bearers(self)
    let blocks = try Cursor(self, tables.names)
    var (key, value) = (MDB_val(), MDB_val())
    var more = try seekBlock(blocks, start, &key, &value)
    while more {
      if !key.bytes.starts(with: start), start.lexicographicallyPrecedes(key.bytes) { return }
      if try mayHold(value.bytes, wanted) {
        var names = try names(of: value.bytes)
        while try next(&names) {
          let name = names.name
          if !name.starts(with: start) { continue }
          let goesOn =
            Key.isLong(name.count)
            ? try forEachName(ofKey: name, prefix, bearers, body)
            : try body(StoredName(bytes: name, bearers: bearers, count: nil))
          if !goesOn { return }
        }
      }
      more = try blocks.move(MDB_NEXT, &key, &value)
    }
  }

  func names(inBlock value: UnsafeRawBufferPointer) throws(StoreError) -> [[UInt8]] {
    var all: [[UInt8]] = []
    var names = try names(of: value)
    while try next(&names) { all.append(Array(names.name)) }
    return all
  }

  private func names(of block: UnsafeRawBufferPointer) throws(StoreError) -> NameReader {
    do throws(MalformedBytes) {
      return try NameReader(block)
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

  private func mayHold(_ block: UnsafeRawBufferPointer, _ wanted: NameSignature) throws(StoreError) -> Bool {
    do throws(MalformedBytes) {
      return try NameBlock.signature(of: block).mayHold(wanted)
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
    ofKey key: UnsafeRawBufferPointer, _ prefix: [UInt8], _ bearers: Bearers, _ body: (StoredName) throws -> Bool
  ) throws -> Bool {
    for (name, count) in try longNames(of: key) where name.starts(with: prefix) {
      let goesOn = try name.withUnsafeBytes { try body(StoredName(bytes: $0, bearers: bearers, count: count)) }
      if !goesOn { return false }
    }
    return true
  }
}

/// A name that entities bear; for a call only.
public struct StoredName {
  public let bytes: UnsafeRawBufferPointer
  fileprivate let bearers: Bearers
  fileprivate let count: Int?

  /// How many entities bear it.
  public func countBearers() throws(StoreError) -> Int {
    if let count { return count }
    return try bearers.count(bytes)
  }
}

/// Counts the rows of keys of `definitions`. One place in the table serves for all, so that what is asked in order is found fast.
private final class Bearers {
  private let view: View
  private let definitions: Cursor

  init(_ view: View) throws(StoreError) {
    self.view = view
    definitions = try Cursor(view, view.tables.definitions)
  }

  func count(_ name: UnsafeRawBufferPointer) throws(StoreError) -> Int {
    var (key, value) = (MDB_val(name), MDB_val())
    guard try definitions.move(MDB_SET, &key, &value) else { throw view.damaged("a name that nothing bears") }
    return try definitions.count()
  }
}
