import CLMDB

/// A name that entities bear; for a call only.
public struct StoredName {
  public let bytes: UnsafeRawBufferPointer
  let bearers: Bearers
  let count: Int?

  /// How many entities bear it.
  public func countBearers() throws(StoreError) -> Int {
    if let count { return count }
    return try bearers.count(bytes)
  }
}

/// Counts the rows of keys of `definitions`. One place in the table serves for all, so that what is asked in order is found fast.
final class Bearers {
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
