// What a macro follows.
extension MacroFinder {
  /// A word that can be the name of a function or variable before a macro. One of capitals is a macro too, and one that begins
  /// with two lines may be an attribute.
  private func isName(_ token: TokenText.Token) -> Bool {
    token.kind == .word && !isCapitals(token) && !rules.isKeyword(text.slice(token.range))
      && !(text[token.range.lowerBound] == UInt8(ascii: "_") && text[token.range.lowerBound + 1] == UInt8(ascii: "_"))
  }

  /// True if `token` ends a type before a name: a word, or one with pointers or arguments behind it.
  private func endsType(_ token: TokenText.Token) -> Bool {
    var token = token
    for _ in 0..<8 {
      switch token.kind {
      case .edge: return false
      case .sign(UInt8(ascii: "*")), .sign(UInt8(ascii: "&")): token = tokenBehind(token.range.lowerBound)
      case .sign(UInt8(ascii: ">")):
        guard let open = text.opening(token.range.lowerBound) else { return false }
        token = tokenBehind(open)
        return token.kind == .word && !isWord(token, in: rules.heads)
      case .sign: return false
      case .word:
        if isWord(token, in: rules.specifiers) {
          token = tokenBehind(token.range.lowerBound)
          continue
        }
        return !isWord(token, in: rules.statements) && !isWord(token, in: rules.heads)
      }
    }
    return false
  }

  /// `int f(...)`, `A::A(...) const`, `~A()`: a call has no type before it.
  func endsParameters(_ last: TokenText.Token) -> Bool {
    var token = last
    while isWord(token, in: rules.specifiers) { token = tokenBehind(token.range.lowerBound) }
    guard token.kind == .sign(UInt8(ascii: ")")), let open = text.opening(token.range.lowerBound) else { return false }
    let name = tokenBehind(open)
    guard isName(name) else { return false }
    let before = tokenBehind(name.range.lowerBound)
    switch before.kind {
    case .sign(UInt8(ascii: "~")), .sign(TokenText.pathSign): return true
    case .word where isWord(before, in: rules.heads): return true
    default: return endsType(before)
    }
  }

  /// `int a`, `T *a[3]`. A specifier before the word leaves it a type: `static T`.
  func endsVariable(_ last: TokenText.Token) -> Bool {
    var name = last
    if name.kind == .sign(UInt8(ascii: "]")) {
      guard let open = text.opening(name.range.lowerBound) else { return false }
      name = tokenBehind(open)
    }
    guard isName(name) else { return false }
    let before = tokenBehind(name.range.lowerBound)
    return !isWord(before, in: rules.specifiers) && endsType(before)
  }

  /// `struct A : B {`, and no list of values or statements.
  func beginsFields(_ bracket: TokenText.Token) -> Bool {
    guard bracket.kind == .sign(UInt8(ascii: "{")) else { return false }
    var token = bracket
    for _ in 0..<Self.reach {
      token = tokenBehind(token.range.lowerBound)
      switch token.kind {
      case .word: if isWord(token, in: rules.fields) { return true }
      case .sign(TokenText.pathSign), .sign(UInt8(ascii: ":")), .sign(UInt8(ascii: ",")), .sign(UInt8(ascii: "<")),
        .sign(UInt8(ascii: ">")):
        continue
      default: return false
      }
    }
    return false
  }
}
