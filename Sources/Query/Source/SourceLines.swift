import Glibc

/// A file as it is on disk, by lines.
struct SourceLines {
  let bytes: [UInt8]
  /// Where lines begin; one more than there are lines.
  private let starts: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      while let next = starts.last, let end = memchr(base + next, CInt(UInt8(ascii: "\n")), bytes.count - next) {
        starts.append(UnsafeRawPointer(end) - base + 1)
      }
    }
    if starts.last != bytes.count { starts.append(bytes.count) }
    self.starts = starts
  }

  var count: Int { starts.count - 1 }

  /// Those of some rows that there are, without the end of the last.
  func text(_ rows: Range<Int>) -> ArraySlice<UInt8> {
    let rows = rows.clamped(to: 0..<count)
    guard !rows.isEmpty else { return [] }
    var text = bytes[starts[rows.lowerBound]..<starts[rows.upperBound]]
    if text.last == UInt8(ascii: "\n") { text = text.dropLast() }
    return text.last == UInt8(ascii: "\r") ? text.dropLast() : text
  }

  /// A line without the blanks around it.
  private func trimmed(_ row: Int) -> ArraySlice<UInt8> {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    var line = text(row..<(row + 1)).drop(while: isBlank)
    while let last = line.last, isBlank(last) { line.removeLast() }
    return line
  }
}

// What is told from the text alone, the same for all languages.
extension SourceLines {
  /// Most lines of one comment.
  private static let longest = 500

  /// First rows of the comment that ends right above a row, and of the attributes between the two.
  func commentary(above row: Int) -> (comment: Int, attributes: Int) {
    var first = min(row, count)
    while first > 0, Self.isAttribute(trimmed(first - 1)) { first -= 1 }
    let attributes = first
    while first > 0, attributes - first < Self.longest {
      let line = trimmed(first - 1)
      if Self.isComment(line) {
        first -= 1
      } else if line.suffix(2).elementsEqual("*/".utf8), let start = blockStart(from: first - 1) {
        first = start
      } else {
        break
      }
    }
    return (first, attributes)
  }

  /// Where the block comment begins that ends on a row, if nothing stands before it.
  private func blockStart(from row: Int) -> Int? {
    for start in stride(from: row, through: max(0, row - Self.longest), by: -1) {
      let line = trimmed(start)
      if line.starts(with: "/*".utf8) { return start }
      if start < row, line.suffix(2).elementsEqual("*/".utf8) { return nil }
    }
    return nil
  }

  private static func isAttribute(_ line: ArraySlice<UInt8>) -> Bool {
    line.first == UInt8(ascii: "@") || line.starts(with: "#[".utf8)
  }

  private static func isComment(_ line: ArraySlice<UInt8>) -> Bool {
    if line.starts(with: "//".utf8) { return true }
    let isMarked = line.first == UInt8(ascii: "#") || line.starts(with: "--".utf8)
    guard isMarked else { return false }
    // A preprocessor's directive is no comment, nor is an operator.
    let rest = line.drop { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "-") }
    return rest.first.map { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: ":") } ?? true
  }
}
