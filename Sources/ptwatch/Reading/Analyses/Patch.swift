import Graph

/// The lines of the new files that a unified diff touches.
struct Patch {
  /// By path, in the order of the diff. A place where lines were only removed counts as the lines around it.
  private(set) var lines: [(path: TreePath, lines: [ClosedRange<Int>])] = []

  /// Throws ``Failure`` for what is no diff.
  init(_ text: [UInt8]) throws {
    var isDiff = text.isEmpty
    /// Lines of the hunk that are still to come: of the old file, of the new one.
    var old = 0
    var new = 0
    var row = 0
    /// Lines were removed before `row`, and none were put in their place so far.
    var isRemoval = false
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if old > 0 || new > 0 {
        switch line.first {
        case UInt8(ascii: "+"):
          touch(row)
          (row, new, isRemoval) = (row + 1, new - 1, false)
        case UInt8(ascii: "-"): (old, isRemoval) = (old - 1, true)
        case UInt8(ascii: "\\"): continue
        default:
          if isRemoval { touch(around: row) }
          (row, old, new, isRemoval) = (row + 1, old - 1, new - 1, false)
        }
        if old <= 0, new <= 0, isRemoval {
          touch(around: row)
          isRemoval = false
        }
      } else if line.starts(with: "+++ ".utf8) {
        lines.append((Self.path(line.dropFirst(4)), []))
        isDiff = true
      } else if let hunk = Self.hunk(line), !lines.isEmpty {
        (old, row, new) = hunk
        // After the line named, where there are none.
        if new == 0 { row += 1 }
      }
    }
    if !isDiff { throw Failure("the patch is no unified diff: it has no line that begins with +++") }
    lines.removeAll { $0.lines.isEmpty }
  }

  /// The lines before a row and on it.
  private mutating func touch(around row: Int) {
    touch(max(1, row - 1))
    touch(row)
  }

  private mutating func touch(_ row: Int) {
    let last = lines.count - 1
    if let range = lines[last].lines.last, range.upperBound >= row - 1 {
      lines[last].lines[lines[last].lines.count - 1] = range.lowerBound...max(range.upperBound, row)
    } else {
      lines[last].lines.append(row...row)
    }
  }

  /// Without what git puts before it (`b/`), and behind it (a tab, a time).
  private static func path(_ text: ArraySlice<UInt8>) -> TreePath {
    var path = text.prefix { $0 != UInt8(ascii: "\t") && $0 != UInt8(ascii: "\r") }
    if path.first == UInt8(ascii: "\"") { path = unquoted(path.dropFirst()) }
    if path.count > 2, path[path.startIndex + 1] == UInt8(ascii: "/") { path = path.dropFirst(2) }
    return TreePath(bytes: Array(path))
  }

  /// As git writes a path that is not plain: in quotes, bytes as `\303` or `\t`.
  private static func unquoted(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
      guard byte == UInt8(ascii: "\\"), let escaped = rest.first else {
        bytes.append(byte)
        continue
      }
      if let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8), rest.count >= 3 {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(["n": 0x0A, "t": 0x09, "r": 0x0D][Character(Unicode.Scalar(escaped))] ?? escaped)
        rest = rest.dropFirst()
      }
    }
    return bytes[...]
  }

  /// `@@ -1,2 +3,4 @@`: how many old lines, from where on, how many new ones.
  private static func hunk(_ line: ArraySlice<UInt8>) -> (old: Int, row: Int, new: Int)? {
    guard line.starts(with: "@@ -".utf8) else { return nil }
    let ranges = String(decoding: line.dropFirst(4), as: UTF8.self).split(separator: " ").prefix(2)
    guard ranges.count == 2, ranges[1].hasPrefix("+") else { return nil }
    let old = ranges[0].split(separator: ",").map { Int($0) }
    let new = ranges[1].dropFirst().split(separator: ",").map { Int($0) }
    guard let row = new.first ?? nil, !old.isEmpty else { return nil }
    let oldCount = old.count > 1 ? old[1] : 1
    let newCount = new.count > 1 ? new[1] : 1
    guard let oldCount, let newCount else { return nil }
    return (oldCount, row, newCount)
  }
}
