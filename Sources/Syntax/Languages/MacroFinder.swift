/// Looks at one word after the other whether it is a macro that the grammar is not to see. A few tokens on each side decide, so
/// that all words of a text take time in proportion to its size.
struct MacroFinder {
  let rules: MacroRules
  let text: TokenText
  private(set) var found: [Range<Int>] = []
  private var quotes: QuoteReader
  /// From the first to the last of those found that have nothing between them.
  private var run: Range<Int>?

  init(_ rules: MacroRules, _ text: UnsafeRawBufferPointer) {
    self.rules = rules
    self.text = TokenText(bytes: text)
    quotes = QuoteReader(self.text)
  }

  /// `start` is where a word begins, behind any that was looked at before.
  mutating func look(at start: Int) {
    if let last = found.last, start < last.upperBound { return }
    var end = start
    while TokenText.isCapital(text[end]) { end += 1 }
    if TokenText.isInWord(text[end]) || rules.kept.contains(text.slice(start..<end)) { return }
    // Most words stand in expressions, which the sign before them tells.
    var before = start - 1
    while text[before] == 0x20 || text[before] == 0x09 { before -= 1 }
    switch text[before] {
    case UInt8(ascii: "("), UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "|"), UInt8(ascii: "&"): return
    default: break
    }
    var behind: TokenText.Token?
    if TokenText.isInWord(text[before]) {
      // So is each name that the preprocessor defines.
      let token = tokenBehind(start)
      guard rules.rules.contains(where: { stands($0.behind, behind: token) }) else { return }
      behind = token
    }
    let next = text.next(from: end)
    if text[next] == UInt8(ascii: "(") {
      guard let close = text.closing(next) else { return }
      end = close + 1
    }
    let ahead = text.token(from: end)
    for rule in rules.rules where canStand(rule.ahead, before: ahead) {
      let token = behind ?? tokenBehind(start)
      behind = token
      if stands(rule.behind, behind: token), stands(rule.ahead, ahead: ahead) {
        if !quotes.isQuoted(start) { add(start..<end) }
        return
      }
    }
  }

  /// The token that ends before `place`, hidden ones left out.
  func tokenBehind(_ place: Int) -> TokenText.Token { text.token(before: place, hidden: run) }

  private mutating func add(_ range: Range<Int>) {
    let isNext = run.map { text.next(from: $0.upperBound) == range.lowerBound } ?? false
    run = (isNext ? run!.lowerBound : range.lowerBound)..<range.upperBound
    found.append(range)
  }

  /// False if what is ahead cannot be one of `neighbours`, as far as that is seen without looking further.
  private func canStand(_ neighbours: MacroRules.Neighbours, before token: TokenText.Token) -> Bool {
    isListed(token, in: neighbours) || token.kind == .word && !neighbours.forms.isEmpty
      || isCapitals(token) && isListed(tokenBehindMacros(token), in: neighbours)
  }

  private func isListed(_ token: TokenText.Token, in neighbours: MacroRules.Neighbours) -> Bool {
    switch token.kind {
    case .edge: neighbours.isEdge
    case .sign(let sign): neighbours.signs[Int(sign)]
    case .word: neighbours.words.contains(text.slice(token.range))
    }
  }

  private func stands(_ neighbours: MacroRules.Neighbours, behind token: TokenText.Token) -> Bool {
    isListed(token, in: neighbours)
      || neighbours.forms.contains(.parameters) && endsParameters(token)
      || neighbours.forms.contains(.variable) && endsVariable(token)
      || neighbours.forms.contains(.fields) && beginsFields(token)
  }

  private func stands(_ neighbours: MacroRules.Neighbours, ahead token: TokenText.Token) -> Bool {
    if isListed(token, in: neighbours) || isCapitals(token) && isListed(tokenBehindMacros(token), in: neighbours) {
      return true
    }
    guard token.kind == .word else { return false }
    return neighbours.forms.contains(.declaration) && beginsDeclaration(token)
      || neighbours.forms.contains(.body) && beginsBody(token)
      || neighbours.forms.contains(.name) && isNameAlone(token)
  }

  func isWord(_ token: TokenText.Token, in words: WordSet) -> Bool {
    token.kind == .word && words.contains(text.slice(token.range))
  }

  func isCapitals(_ token: TokenText.Token) -> Bool {
    token.kind == .word && text.slice(token.range).allSatisfy { TokenText.isCapital($0) }
  }
}
