import Graph

/// Paths of files, imports and scopes in one form, segments joined by `/`, so that one can be compared with another.
enum Segments {
  static let slash = UInt8(ascii: "/")

  static func split(_ text: [UInt8], _ separator: String) -> [[UInt8]] {
    let separator = Array(separator.utf8)
    guard let first = separator.first else { return [text] }
    var segments: [[UInt8]] = []
    var start = 0
    var index = 0
    while index < text.count {
      if text[index] == first, text[index...].starts(with: separator) {
        segments.append(Array(text[start..<index]))
        index += separator.count
        start = index
      } else {
        index += 1
      }
    }
    segments.append(Array(text[start...]))
    return segments
  }

  static func join(_ segments: [[UInt8]]) -> [UInt8] {
    var joined: [UInt8] = []
    for segment in segments where !segment.isEmpty {
      if !joined.isEmpty { joined.append(slash) }
      joined.append(contentsOf: segment)
    }
    return joined
  }

  /// True if `path` ends in `suffix`, by whole segments.
  static func ends(_ path: [UInt8], in suffix: [UInt8]) -> Bool {
    guard path.count >= suffix.count else { return false }
    let start = path.count - suffix.count
    if start > 0, path[start - 1] != slash { return false }
    var index = suffix.count
    while index > 0 {
      index -= 1
      if path[start + index] != suffix[index] { return false }
    }
    return true
  }

  /// True if `part` stands in `path`, by whole segments, with something after it.
  static func leadsThrough(_ path: [UInt8], _ part: [UInt8]) -> Bool {
    guard !part.isEmpty, path.count > part.count else { return false }
    for start in 0..<(path.count - part.count)
    where path[start + part.count] == slash && (start == 0 || path[start - 1] == slash)
      && path[start..<(start + part.count)].elementsEqual(part)
    {
      return true
    }
    return false
  }

  static func count(_ path: [UInt8]) -> Int { path.isEmpty ? 0 : path.count { $0 == slash } + 1 }

  /// Directories that two files have in common, from the root on.
  static func commonDirectories(_ a: [UInt8], _ b: [UInt8]) -> Int {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        var common = 0
        for index in 0..<min(a.count, b.count) {
          if a[index] != b[index] { break }
          if a[index] == slash { common += 1 }
        }
        return common
      }
    }
  }
}
