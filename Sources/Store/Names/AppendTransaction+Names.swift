extension AppendTransaction {
  /// Most blocks that are held in memory: about 10 MB.
  private static let mostWaiting = 4096

  /// Fills `definitions`, and with what its keys are `names` and `signatures`. Rows of these two wait for others of their kind, so
  /// that they lie together and a search comes to few pages.
  mutating func appendDefinitions(_ runs: [UnsafeRawBufferPointer]) throws(StoreError) {
    var block = NameBlock()
    var waiting: [NameBlock] = []
    try appendRows(.definitions, runs) { (table, name) throws(StoreError) in
      if block.append(name) { return }
      waiting.append(block)
      if waiting.count == Self.mostWaiting {
        try table.append(waiting)
        waiting = []
      }
      block = NameBlock()
      _ = block.append(name)
    }
    if !block.isEmpty { waiting.append(block) }
    try append(waiting)
  }

  private mutating func append(_ blocks: [NameBlock]) throws(StoreError) {
    for block in blocks {
      try reserve(NameBlock.room)
      try append(\.names, block.first, block.list)
    }
    for block in blocks {
      try reserve(block.first.count + NameSignature.size)
      try append(\.signatures, block.first, block.signature)
    }
  }
}
