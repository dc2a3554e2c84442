/// A compiled wildcard pattern, as git understands it, matched against slash-separated bytes. `*`, `?` and classes never
/// match a slash.
public struct Glob: Sendable {
  enum Token: Equatable, Sendable {
    case byte(UInt8)
    /// Any byte but a slash.
    case any
    case set(ByteSet)
    /// Any number of bytes but slashes.
    case star
    /// Any number of bytes.
    case globstar
    /// Nothing, or any number of bytes of which the last is a slash: `**/`.
    case directories
  }

  let tokens: [Token]

  /// The byte that what matches begins with; nil if there are several.
  public var firstByte: UInt8? { if case .byte(let byte)? = tokens.first { byte } else { nil } }

  /// The byte that what matches ends in; nil if there are several.
  public var lastByte: UInt8? { if case .byte(let byte)? = tokens.last { byte } else { nil } }

  /// True if the whole of `text` matches.
  ///
  /// The last star, and before that the last `**`, is where matching resumes after a mismatch. Earlier ones need no
  /// second try: what follows a star up to the next one is best matched as far left as possible, and what precedes a
  /// `**` ends in a slash, so that its leftmost match leaves the `**` every later place too. Hence the time is bounded
  /// by the square of the text's length, whatever the pattern.
  public func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var position = 0
    var token = 0
    var star = Resume()
    var globstar = Resume()
    while true {
      if token == tokens.count {
        if position == text.count { return true }
      } else if advance(&token, &position, text, &star, &globstar) {
        continue
      }
      if star.isSet, star.position < text.count, text[star.position] != UInt8(ascii: "/") {
        star.position += 1
        (token, position) = (star.token, star.position)
        continue
      }
      star.isSet = false
      guard globstar.isSet, moveOn(&globstar, text) else { return false }
      (token, position) = (globstar.token, globstar.position)
    }
  }

  private struct Resume {
    var isSet = false
    /// The token behind the wildcard.
    var token = 0
    var position = 0
  }

  /// Takes the token at hand; false if it does not match there.
  @inline(__always)
  private func advance(
    _ token: inout Int, _ position: inout Int, _ text: UnsafeBufferPointer<UInt8>, _ star: inout Resume,
    _ globstar: inout Resume
  ) -> Bool {
    switch tokens[token] {
    case .star:
      token += 1
      star = Resume(isSet: true, token: token, position: position)
      return true
    case .globstar, .directories:
      token += 1
      star.isSet = false
      globstar = Resume(isSet: true, token: token, position: position)
      return true
    case .byte(let byte):
      guard position < text.count, text[position] == byte else { return false }
    case .any:
      guard position < text.count, text[position] != UInt8(ascii: "/") else { return false }
    case .set(let set):
      guard position < text.count, set.contains(text[position]) else { return false }
    }
    token += 1
    position += 1
    return true
  }

  /// Lets the `**` before `globstar.token` take more of the text; false if there is no more that it can take.
  private func moveOn(_ globstar: inout Resume, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if tokens[globstar.token - 1] == .globstar {
      globstar.position += 1
      return globstar.position <= text.count
    }
    while globstar.position < text.count {
      globstar.position += 1
      if text[globstar.position - 1] == UInt8(ascii: "/") { return true }
    }
    return false
  }
}
