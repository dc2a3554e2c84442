extension RuleList {
  /// The rules in the content of an ignore file.
  init(file content: [UInt8], base: Int) {
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = content.starts(with: byteOrderMark) ? content.dropFirst(byteOrderMark.count) : content[...]
    let lines = text.split(separator: UInt8(ascii: "\n"))
    self.init(lines.compactMap { Self.pattern(inLine: $0).flatMap(Rule.init(line:)) }, base: base)
  }

  /// The rules that are given one by one, without the comments and the trimming of a file.
  init(patterns: [String], base: Int) {
    self.init(patterns.compactMap { Rule(line: Array($0.utf8)[...]) }, base: base)
  }

  /// A line without its end and its trailing blanks; nil for a comment.
  private static func pattern(inLine line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard line.first != UInt8(ascii: "#") else { return nil }
    var line = line
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    // Git reads lines as C strings.
    if let zero = line.firstIndex(of: 0) { line = line[..<zero] }
    var end = line.startIndex
    var index = line.startIndex
    while index < line.endIndex {
      // A blank counts if a backslash precedes it, unless that is itself escaped.
      let isEscape = line[index] == UInt8(ascii: "\\")
      // A backslash at the very end leaves the blanks before it as they are, like any other byte.
      if isEscape && index + 1 < line.endIndex { index += 1 }
      if isEscape || line[index] != UInt8(ascii: " ") { end = index + 1 }
      index += 1
    }
    return line[..<end]
  }
}
