// What follows a macro.
extension MacroFinder {
  /// How many tokens of a declaration are looked at.
  static let reach = 24

  /// A name of capitals before another word: a further macro, in all likelihood. The token behind it.
  private func behindMacro(_ token: TokenText.Token) -> TokenText.Token? {
    guard isCapitals(token) else { return nil }
    var next = text.token(from: token.range.upperBound)
    if next.kind == .sign(UInt8(ascii: "(")) {
      guard let close = text.closing(next.range.lowerBound) else { return nil }
      next = text.token(from: close + 1)
    }
    return next.kind == .word ? next : nil
  }

  /// The first token behind words of capitals and what stands in brackets behind them: macros that may stand in a row.
  func tokenBehindMacros(_ first: TokenText.Token) -> TokenText.Token {
    var token = first
    for _ in 0..<Self.reach where isCapitals(token) {
      token = text.token(from: token.range.upperBound)
      if token.kind == .sign(UInt8(ascii: "(")) {
        guard let close = text.closing(token.range.lowerBound) else { return token }
        token = text.token(from: close + 1)
      }
    }
    return token
  }

  /// True if a type and a name follow; a type alone may be what the macro declares with it.
  func beginsDeclaration(_ first: TokenText.Token) -> Bool {
    var token = first
    var words = 0
    for _ in 0..<Self.reach {
      switch token.kind {
      case .edge: return false
      case .word:
        if isWord(token, in: rules.statements) { return false }
        if words == 0, isWord(token, in: rules.types) || isWord(token, in: rules.heads) { return true }
        if let next = behindMacro(token) {
          token = next
          continue
        }
        if !isWord(token, in: rules.specifiers) { words += 1 }
        token = text.token(from: token.range.upperBound)
      case .sign(let sign):
        switch sign {
        case UInt8(ascii: "*"), UInt8(ascii: "&"), UInt8(ascii: "~"):
          if words == 0 { return false }
          token = text.token(from: token.range.upperBound)
        case TokenText.pathSign:
          if words == 0 { return false }
          words -= 1
          token = text.token(from: token.range.upperBound)
        case UInt8(ascii: "<"):
          guard words > 0, let close = text.closing(token.range.lowerBound) else { return false }
          token = text.token(from: close + 1)
        case UInt8(ascii: "("), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "["), UInt8(ascii: ","),
          UInt8(ascii: ":"), UInt8(ascii: "{"):
          return words > 1
        // The sign of an operator may stand in the place of a name.
        default: return words > 1
        }
      }
    }
    return false
  }

  /// The token behind the name of a type, its scopes and arguments; nil if `first` begins none.
  private func behindTypeName(_ first: TokenText.Token) -> TokenText.Token? {
    var token = first
    for _ in 0..<Self.reach {
      if let next = behindMacro(token) {
        token = next
        continue
      }
      guard token.kind == .word, !isWord(token, in: rules.statements) else { return nil }
      token = text.token(from: token.range.upperBound)
      if token.kind == .sign(UInt8(ascii: "<")) {
        guard let close = text.closing(token.range.lowerBound) else { return nil }
        token = text.token(from: close + 1)
      }
      if token.kind != .sign(TokenText.pathSign) { return token }
      token = text.token(from: token.range.upperBound)
    }
    return nil
  }

  /// `Name {`, `Name final : Base {`.
  func beginsBody(_ first: TokenText.Token) -> Bool {
    guard var token = behindTypeName(first) else { return false }
    if isWord(token, in: rules.specifiers) { token = text.token(from: token.range.upperBound) }
    if token.kind == .sign(UInt8(ascii: "{")) { return true }
    guard token.kind == .sign(UInt8(ascii: ":")) else { return false }
    for place in token.range.upperBound..<(token.range.upperBound + TokenText.reach) {
      switch text[place] {
      case UInt8(ascii: "{"): return true
      case UInt8(ascii: ";"), 0: return false
      default: continue
      }
    }
    return false
  }

  /// `Name;`
  func isNameAlone(_ first: TokenText.Token) -> Bool {
    behindTypeName(first)?.kind == .sign(UInt8(ascii: ";"))
  }
}
