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

  /// What names begin with that can match.
  var beginning: [UInt8] {
    if case .prefix(let prefix) = matcher, !folds { prefix } else { [] }
  }

  /// How well a name fits, the least being the best; nil if it does not.
  func rank(_ name: UnsafeRawBufferPointer) -> Int32? {
    switch matcher {
    case .part(let part):
      guard let start = name.start(of: part, folding: folds) else { return nil }
      return start > 0 ? 2 : name.count == part.count ? 0 : 1
    case .prefix(let prefix):
      guard name.count >= prefix.count, name.has(prefix, at: 0, folding: folds) else { return nil }
      return name.count == prefix.count ? 0 : 1
    case .glob(let glob): return matches(glob, name) ? 0 : nil
    case .regex(let regex): return regex.matches(name) ? 0 : nil
    case .fuzzy(let pattern):
      return pattern.score(name, folding: folds).map { -Int32($0) << 8 + Int32(min(name.count, 255)) }
    }
  }

  private func matches(_ glob: Glob, _ name: UnsafeRawBufferPointer) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: name.count) { copy in
      for (index, byte) in name.enumerated() { copy.initializeElement(at: index, to: folds ? lowered(byte) : byte) }
      return glob.matches(UnsafeBufferPointer(rebasing: copy[..<name.count]))
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Where a part first begins.
  fileprivate func start(of part: [UInt8], folding: Bool) -> Int? {
    guard count >= part.count else { return nil }
    for start in 0...(count - part.count) where has(part, at: start, folding: folding) { return start }
    return nil
  }

  @inline(__always)
  fileprivate func has(_ part: [UInt8], at start: Int, folding: Bool) -> Bool {
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
