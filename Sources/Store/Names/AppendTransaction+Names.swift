extension AppendTransaction {
  /// Fills `names` and `signatures`. Rows of each lie together, so that a search comes to few pages: many blocks should come at once.
  mutating func append(_ blocks: [NameBlock]) throws(StoreError) {
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
