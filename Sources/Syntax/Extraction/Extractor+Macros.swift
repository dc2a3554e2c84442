internal import Graph

extension Extractor {
  /// Writes down the macros that the parser did not see: one with arguments is called, one without is referred to, and so is
  /// what the arguments name.
  mutating func mention(_ blanks: Blanks, in tree: SyntaxTree) {
    guard let macros = language.macros, !blanks.macros.isEmpty else { return }
    let tokens = TokenText(bytes: text)
    var leaves = LeafCursor(tree)
    var place = TextEdit.Place.start
    for range in blanks.macros {
      // What lies within one token was a comment's or a literal's.
      if leaves.isInLeaf(range) { continue }
      let macro = tokens.token(from: range.lowerBound)
      var token = macro
      while token.kind != .edge, token.range.upperBound <= range.upperBound {
        let word = tokens.slice(token.range)
        if token.kind == .word, !isDigit(word[0]), !macros.isKeyword(word) {
          place = place.advanced(over: tokens.slice(Int(place.byte)..<token.range.lowerBound))
          let isCalled = token == macro && macro.range.upperBound < range.upperBound
          output.macros.append(
            Edge(
              kind: isCalled ? .calls : .references, from: Entity.noParent, name: output.names.intern(word),
              position: place.position))
        }
        token = tokens.token(behind: token)
      }
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
