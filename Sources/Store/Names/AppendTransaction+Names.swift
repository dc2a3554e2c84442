extension AppendTransaction {
  /// Fills `definitions`, and with what its keys are `names` and `signatures`. Of the signatures, 3 kB for a thousand names, none is
  /// written before all are known: they are to lie together.
  mutating func appendDefinitions(_ runs: [UnsafeRawBufferPointer]) throws(StoreError) {
    var block = NameBlock()
    var signatures: [(key: [UInt8], value: [UInt8])] = []
    try appendRows(.definitions, runs) { (table, name) throws(StoreError) in
      if block.append(name) { return }
      try table.append(\.names, block.first, block.list)
      signatures.append((block.first, block.signature))
      block = NameBlock()
      _ = block.append(name)
    }
    if block.isEmpty { return }
    try append(\.names, block.first, block.list)
    signatures.append((block.first, block.signature))
    for (key, value) in signatures {
      try reserve(key.count + value.count)
      try append(\.signatures, key, value)
    }
  }
}
