import Platform

/// One pattern of an ignore file.
struct Rule {
  /// What it is matched against, and how. Names are last components; paths are relative to the ignore file's directory.
  enum Matcher {
    case name([UInt8])
    case nameSuffix([UInt8])
    case namePrefix([UInt8])
    case nameGlob(Glob)
    case path([UInt8])
    /// The path has to begin with these bytes, and the rest to match.
    case pathGlob([UInt8], Glob)
  }

  let matcher: Matcher
  /// True if what matches is to be wanted again: `!`.
  let isNegated: Bool
  let isDirectoryOnly: Bool

  /// Compiles a line from which line end and trailing blanks are gone; nil if nothing can match it.
  init?(line: ArraySlice<UInt8>) {
    var pattern = line
    isNegated = pattern.first == UInt8(ascii: "!")
    if isNegated { pattern.removeFirst() }
    isDirectoryOnly = pattern.last == UInt8(ascii: "/")
    if isDirectoryOnly { pattern.removeLast() }
    guard !pattern.isEmpty else { return nil }
    let isPath = pattern.contains(UInt8(ascii: "/"))
    guard let matcher = isPath ? Self.pathMatcher(pattern) : Self.nameMatcher(pattern) else { return nil }
    self.matcher = matcher
  }

  private static func nameMatcher(_ pattern: ArraySlice<UInt8>) -> Matcher? {
    guard let special = pattern.firstIndex(where: Glob.isSpecial) else { return .name(Array(pattern)) }
    if pattern[special] == UInt8(ascii: "*") {
      if special == pattern.startIndex, !pattern.dropFirst().contains(where: Glob.isSpecial) {
        return .nameSuffix(Array(pattern.dropFirst()))
      }
      if special == pattern.endIndex - 1 { return .namePrefix(Array(pattern.dropLast())) }
    }
    return Glob(pattern).map(Matcher.nameGlob)
  }

  /// Git compares what precedes the first wildcard byte by byte and takes the rest for a pattern of its own, so that
  /// `ab**/c` crosses slashes though its `**` is no whole component.
  private static func pathMatcher(_ pattern: ArraySlice<UInt8>) -> Matcher? {
    let relative = pattern.first == UInt8(ascii: "/") ? pattern.dropFirst() : pattern
    guard !relative.isEmpty else { return nil }
    guard let special = relative.firstIndex(where: Glob.isSpecial) else { return .path(Array(relative)) }
    return Glob(relative[special...]).map { .pathGlob(Array(relative[..<special]), $0) }
  }

  /// `base` is where the path relative to the rule's directory begins.
  func matches(_ candidate: borrowing Candidate, base: Int) -> Bool {
    if isDirectoryOnly && !candidate.isDirectory { return false }
    switch matcher {
    case .name(let name):
      return equal(candidate.name, name)
    case .nameSuffix(let suffix):
      let name = candidate.name
      guard name.count >= suffix.count else { return false }
      return equal(UnsafeBufferPointer(rebasing: name[(name.count - suffix.count)...]), suffix)
    case .namePrefix(let prefix):
      return starts(candidate.name, with: prefix)
    case .nameGlob(let glob):
      return glob.matches(candidate.name)
    case .path(let path):
      return equal(candidate.path(from: base), path)
    case .pathGlob(let prefix, let glob):
      let path = candidate.path(from: base)
      guard starts(path, with: prefix) else { return false }
      return glob.matches(UnsafeBufferPointer(rebasing: path[prefix.count...]))
    }
  }
}

extension Rule.Matcher {
  /// True if it is matched against a path, not a name.
  var isPath: Bool {
    switch self {
    case .path, .pathGlob: true
    case .name, .nameSuffix, .namePrefix, .nameGlob: false
    }
  }

  /// The byte that what matches begins with; nil if there are several.
  var firstByte: UInt8? {
    switch self {
    case .name(let bytes), .namePrefix(let bytes), .path(let bytes): bytes.first
    case .nameGlob(let glob): glob.firstByte
    case .pathGlob(let prefix, let glob): prefix.isEmpty ? glob.firstByte : prefix.first
    case .nameSuffix: nil
    }
  }

  /// The byte that what matches ends in; nil if there are several.
  var lastByte: UInt8? {
    switch self {
    case .name(let bytes), .nameSuffix(let bytes), .path(let bytes): bytes.last
    case .nameGlob(let glob), .pathGlob(_, let glob): glob.lastByte
    case .namePrefix: nil
    }
  }
}

@inline(__always)
private func starts(_ text: UnsafeBufferPointer<UInt8>, with prefix: [UInt8]) -> Bool {
  guard text.count >= prefix.count else { return false }
  return equal(UnsafeBufferPointer(rebasing: text[..<prefix.count]), prefix)
}
