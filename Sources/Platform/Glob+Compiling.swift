extension Glob {
  /// Compiles a pattern; nil if nothing can match it: it ends within an escape or a class, or names an unknown class.
  public init?(_ pattern: ArraySlice<UInt8>) {
    var compiler = GlobCompiler(pattern: Array(pattern))
    guard compiler.run() else { return nil }
    tokens = compiler.tokens
  }

  /// True if the byte means more than itself in a pattern.
  public static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "\\")
  }
}

private struct GlobCompiler {
  let pattern: [UInt8]
  var tokens: [Glob.Token] = []
  private var index = 0

  init(pattern: [UInt8]) { self.pattern = pattern }

  mutating func run() -> Bool {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "*"):
        stars()
      case UInt8(ascii: "?"):
        tokens.append(.any)
        index += 1
      case UInt8(ascii: "["):
        index += 1
        guard let set = bracketed() else { return false }
        tokens.append(.set(set))
      case UInt8(ascii: "\\"):
        guard let escaped = peek(1) else { return false }
        tokens.append(.byte(escaped))
        index += 2
      default:
        tokens.append(.byte(byte))
        index += 1
      }
    }
    return true
  }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    index + ahead < pattern.count ? pattern[index + ahead] : nil
  }

  /// Two stars or more cross slashes only where they are a whole component.
  private mutating func stars() {
    let first = index
    while peek() == UInt8(ascii: "*") { index += 1 }
    let startsComponent = first == 0 || pattern[first - 1] == UInt8(ascii: "/")
    guard index - first > 1, startsComponent else { return tokens.append(.star) }
    switch (peek(), peek(1)) {
    case (nil, _), (UInt8(ascii: "\\"), UInt8(ascii: "/")):
      tokens.append(.globstar)
    case (UInt8(ascii: "/"), _):
      tokens.append(.directories)
      index += 1
    default:
      tokens.append(.star)
    }
  }

  /// The set behind a `[`; nil if it is not closed or malformed.
  private mutating func bracketed() -> ByteSet? {
    var set = ByteSet()
    let isInverted = peek() == UInt8(ascii: "!") || peek() == UInt8(ascii: "^")
    if isInverted { index += 1 }
    /// What a range would start from: nil at first, and behind a range or a class.
    var previous: UInt8?
    var isFirst = true
    while let byte = peek(), isFirst || byte != UInt8(ascii: "]") {
      isFirst = false
      if byte == UInt8(ascii: "-"), let start = previous, let next = peek(1), next != UInt8(ascii: "]") {
        index += 1
        guard let end = member() else { return nil }
        if start <= end { for inside in start...end { set.insert(inside) } }
        previous = nil
      } else if byte == UInt8(ascii: "["), peek(1) == UInt8(ascii: ":") {
        guard let end = pattern[(index + 2)...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
        if end > index + 2, pattern[end - 1] == UInt8(ascii: ":") {
          guard let named = ByteSet(posixClass: pattern[(index + 2)..<(end - 1)]) else { return nil }
          set.formUnion(named)
          previous = nil
          index = end + 1
        } else {
          set.insert(byte)
          previous = byte
          index += 1
        }
      } else {
        guard let single = member() else { return nil }
        set.insert(single)
        previous = single
      }
    }
    guard peek() != nil else { return nil }
    index += 1
    if isInverted { set.invert() }
    set.remove(UInt8(ascii: "/"))
    return set
  }

  /// A byte of a class, perhaps escaped; nil if the pattern ends here.
  private mutating func member() -> UInt8? {
    if peek() == UInt8(ascii: "\\") { index += 1 }
    defer { index += 1 }
    return peek()
  }
}
