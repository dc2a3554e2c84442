import CLMDB

extension TableWriter {
  /// Makes the tables `names` and `signatures` agree with `definitions`, where only rows of `touched` keys may have come or gone
  /// since they last did.
  mutating func updateNames(_ touched: Set<[UInt8]>) throws(StoreError) {
    var rest = touched.sorted { $0.lexicographicallyPrecedes($1) }[...]
    while let name = rest.first {
      let (block, next) = try block(of: name)
      let end = next.flatMap { next in rest.firstIndex { !$0.lexicographicallyPrecedes(next) } } ?? rest.endIndex
      try update(block, rest[..<end])
      rest = rest[end...]
    }
  }

  private typealias Block = (key: [UInt8], names: [ListedName])

  /// The block in which a name is, or would be, if there is any; and the first name of the one behind it.
  private func block(of name: [UInt8]) throws(StoreError) -> (block: Block?, next: [UInt8]?) {
    let cursor = try Cursor(view, view.tables.names)
    var (key, value) = (MDB_val(), MDB_val())
    guard try view.seekBlock(cursor, name, &key, &value) else { return (nil, nil) }
    let block: Block = ([UInt8](key.bytes), try view.names(inList: value.bytes))
    return (block, try cursor.move(MDB_NEXT, &key, &value) ? [UInt8](key.bytes) : nil)
  }

  private mutating func update(_ old: Block?, _ touched: ArraySlice<[UInt8]>) throws(StoreError) {
    let before = old?.names ?? []
    let others = Set(touched)
    var names = before.filter { !others.contains($0.key) }
    for name in touched {
      let rows = try definitions(of: name)
      if rows > 0 { names.append(ListedName(key: name, rows: rows)) }
    }
    names.sort { $0.key.lexicographicallyPrecedes($1.key) }
    if names == before { return }
    if let old, old.key != names.first?.key {
      try delete(view.tables.names, old.key)
      try delete(view.tables.signatures, old.key)
    }
    for block in NameBlock.blocks(of: names[...]) {
      try put(view.tables.names, block.first, block.list)
      let signature = block.signature
      if try view.value(view.tables.signatures, block.first)?.elementsEqual(signature) == true { continue }
      try put(view.tables.signatures, block.first, signature)
    }
  }

  /// How many rows a key has.
  private func definitions(of name: [UInt8]) throws(StoreError) -> Int {
    let cursor = try Cursor(view, view.tables.definitions)
    return try name.withUnsafeBufferPointer { (name) throws(StoreError) in
      var (key, value) = (MDB_val(UnsafeRawBufferPointer(name)), MDB_val())
      return try cursor.move(MDB_SET, &key, &value) ? try cursor.count() : 0
    }
  }
}
