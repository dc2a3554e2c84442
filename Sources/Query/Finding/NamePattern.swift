import Graph
import Platform

/// What names are to be like. Capitals count only if the pattern has some.
public struct NamePattern: Sendable {
  public enum Manner: String, CaseIterable, Sendable {
    /// In the name somewhere.
    case part
    /// At its beginning.
    case prefix
    /// `*`, `?` and `[...]`, for the whole name.
    case glob
    /// A POSIX extended regular expression, for a part of the name unless `^` and `$` say otherwise.
    case regex
    /// Its letters in this order, with others in between.
    case fuzzy
  }

  private enum Matcher {
    case part([UInt8])
    case prefix([UInt8])
    case glob(Glob)
    case regex(PosixPattern)
    case fuzzy(FuzzyPattern)
  }

  /// The pattern is not what its manner asks for.
  public struct Malformed: Error, Sendable, CustomStringConvertible {
    public let description: String
  }

  public let text: String
  private let matcher: Matcher
  private let folds: Bool

  public init(_ text: String, _ manner: Manner = .part) throws(Malformed) {
    self.text = text
    let bytes = Array(text.utf8)
    folds = !bytes.contains(where: isCapital)
    switch manner {
    case .part: matcher = .part(bytes)
    case .prefix: matcher = .prefix(bytes)
    case .fuzzy: matcher = .fuzzy(FuzzyPattern(bytes))
    case .glob:
      guard let glob = Glob(bytes[...]) else {
        throw Malformed(description: "nothing matches the glob \"\(Escaping.printable(bytes))\"")
      }
      matcher = .glob(glob)
    case .regex:
      guard let regex = PosixPattern(text, ignoringCase: folds) else {
        throw Malformed(description: "not a POSIX extended regular expression: \"\(Escaping.printable(bytes))\"")
      }
      matcher = .regex(regex)
    }
  }

  /// What all names that match begin with, one of these: in byte order, none of them the beginning of another.
  var beginnings: [[UInt8]] {
    let literal: ArraySlice<UInt8> =
      switch matcher {
      case .part, .fuzzy: []
      case .prefix(let prefix): prefix[...]
      case .glob: Array(text.utf8).prefix { !Glob.isSpecial($0) }
      case .regex: Self.anchored(Array(text.utf8))
      }
    if !folds { return [Array(literal)] }
    // Of a few letters each in both sizes: with more there would be more to look up than to skip.
    return literal.prefix(3).reduce([[]]) { beginnings, byte in
      let bytes = byte &- UInt8(ascii: "a") < 26 ? [byte & 0xDF, byte] : [byte]
      return beginnings.flatMap { beginning in bytes.map { beginning + [$0] } }
    }
  }

  /// What all names that match hold, capitals or not.
  var parts: [[UInt8]] {
    let text = Array(text.utf8)
    switch matcher {
    case .part(let part): return [part]
    case .prefix, .fuzzy: return []
    case .glob:
      // Within brackets one letter is asked for, and after a backslash it is not what it seems.
      if text.contains(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "\\") }) { return [] }
      return text.split(whereSeparator: Glob.isSpecial).map(Array.init)
    case .regex:
      let simple = text.replacing(Array(".*".utf8), with: Array(".".utf8))
      let isPlain = simple.allSatisfy { Self.isLetter($0) || Self.unspecific.contains($0) }
      return isPlain ? simple.split(whereSeparator: Self.unspecific.contains).map(Array.init) : []
    }
  }

  /// What an expression can have between letters without a say in whether these are asked for.
  private static let unspecific = Set("^$.".utf8)

  private static func isLetter(_ byte: UInt8) -> Bool {
    isCapital(byte) || byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "_")
  }

  /// The letters that an expression which is anchored at the start asks for there.
  private static func anchored(_ expression: [UInt8]) -> ArraySlice<UInt8> {
    guard expression.first == UInt8(ascii: "^"), !expression.contains(UInt8(ascii: "|")) else { return [] }
    let letters = expression.dropFirst().prefix {
      isCapital($0) || $0 &- UInt8(ascii: "a") < 26 || $0 == UInt8(ascii: "_")
    }
    let next = letters.endIndex < expression.count ? expression[letters.endIndex] : 0
    // The last may be asked for less than once.
    return [UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "{")].contains(next) ? letters.dropLast() : letters
  }

  /// How well a name fits, the least being the best; nil if it does not.
  func rank(_ name: UnsafeRawBufferPointer) -> Int32? {
    switch matcher {
    case .part(let part):
      guard let start = name.start(of: part, folding: folds) else { return nil }
      return start > 0 ? 2 : name.count == part.count ? 0 : 1
    case .prefix(let prefix):
      guard name.count >= prefix.count, prefix.withUnsafeBytes({ name.has($0, at: 0, folding: folds) }) else {
        return nil
      }
      return name.count == prefix.count ? 0 : 1
    case .glob(let glob): return matches(glob, name) ? 0 : nil
    case .regex(let regex): return regex.matches(name) ? 0 : nil
    case .fuzzy(let pattern):
      return pattern.score(name, folding: folds).map { -Int32($0) << 8 + Int32(min(name.count, 255)) }
    }
  }

  private func matches(_ glob: Glob, _ name: UnsafeRawBufferPointer) -> Bool {
    // By its last byte most names are told not to match.
    if let last = glob.lastByte, name.last.map({ folds ? lowered($0) : $0 }) != last { return false }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: name.count) { copy in
      for index in 0..<name.count {
        copy.initializeElement(at: index, to: folds ? lowered(name[index]) : name[index])
      }
      return glob.matches(UnsafeBufferPointer(rebasing: copy[..<name.count]))
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Where a part first begins. Millions of names are searched for one, so its first byte is looked for alone.
  fileprivate func start(of part: [UInt8], folding: Bool) -> Int? {
    guard count >= part.count else { return nil }
    return part.withUnsafeBytes { part in
      guard let first = part.first else { return 0 }
      let capital = folding && first &- UInt8(ascii: "a") < 26 ? first & 0xDF : first
      for start in 0...(count - part.count) where self[start] == first || self[start] == capital {
        if has(part, at: start, folding: folding) { return start }
      }
      return nil
    }
  }

  @inline(__always)
  fileprivate func has(_ part: UnsafeRawBufferPointer, at start: Int, folding: Bool) -> Bool {
    for index in part.indices {
      let byte = self[start + index]
      if (folding ? lowered(byte) : byte) != part[index] { return false }
    }
    return true
  }
}

@inline(__always)
func isCapital(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }

@inline(__always)
func lowered(_ byte: UInt8) -> UInt8 { isCapital(byte) ? byte | 0x20 : byte }
