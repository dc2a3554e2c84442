internal import CTreeSitter
internal import Graph

// Texts that are written down shortened or cleaned: signatures, qualifiers, import paths.
extension Extractor {
  /// In bytes. A longer signature ends in `…`.
  private static let signatureLimit = 240
  /// In bytes. A longer qualifier is an expression that nobody can resolve by its text, and is written `…`.
  private static let qualifierLimit = 80

  /// The source of a definition in one line, its body cut out.
  mutating func signature(_ pattern: CompiledPattern, _ step: Int, _ frame: Frame) -> NameID {
    let node = match.extents[step].node
    let range = node.byteRange
    buffer.removeAll(keepingCapacity: true)
    if step != 0, pattern.steps[step].field != 0 {
      // One of several declarators: what stands before the first of them belongs to all.
      let end = beforeDeclarators(pattern, step, frame) ?? range.lowerBound
      let start = match.extents[0].node.byteRange.lowerBound
      if start < end { append(start..<end) }
    }
    let body = pattern.body.map { match.extents[$0].node } ?? ts_node_child_by_field_id(node, rules.bodyField)
    if ts_node_is_null(body) || !range.overlaps(body.byteRange) {
      append(range)
    } else {
      append(range.lowerBound..<body.byteRange.lowerBound)
      let end = buffer.count
      append(body.byteRange.upperBound..<range.upperBound)
      if buffer.count > end { buffer.insert(contentsOf: Array("{…} ".utf8), at: end) }
    }
    tidySignature()
    return output.names.intern(buffer)
  }

  private func beforeDeclarators(_ pattern: CompiledPattern, _ step: Int, _ frame: Frame) -> Int? {
    var top = step
    while pattern.steps[top].parent > 0 { top = pattern.steps[top].parent }
    let field = pattern.steps[top].field
    guard field != 0 else { return nil }
    return listed[frame.children].first { $0.field == field }?.node.byteRange.lowerBound
  }

  /// Adds source to the buffer, white space and continued lines folded to one space.
  private mutating func append(_ range: Range<Int>) {
    for index in range {
      let byte = text[index]
      if buffer.count > Self.signatureLimit + 8 { return }
      let continuesLine = byte == UInt8(ascii: "\\") && index + 1 < range.upperBound && text[index + 1] == 0x0A
      if byte == 0x20 || (0x09...0x0D).contains(byte) || continuesLine {
        if let last = buffer.last, last != 0x20 { buffer.append(0x20) }
      } else {
        buffer.append(byte)
      }
    }
  }

  private mutating func tidySignature() {
    if buffer.count > Self.signatureLimit {
      var end = Self.signatureLimit
      while end > 0, buffer[end] & 0xC0 == 0x80 { end -= 1 }
      buffer.removeSubrange(end...)
      buffer.append(contentsOf: Array("…".utf8))
      return
    }
    while let last = buffer.last, " {:=;,".utf8.contains(last) { buffer.removeLast() }
  }

  mutating func qualifierText(_ node: TSNode) -> [UInt8] {
    let source = bytes(node)
    if source.count > Self.qualifierLimit { return Array("…".utf8) }
    return source.filter { $0 != 0x20 && !(0x09...0x0D).contains($0) }
  }

  /// A path in an import, without the marks around it.
  func pathText(_ node: TSNode) -> [UInt8] {
    var path = bytes(node).filter { $0 != 0x20 && !(0x09...0x0D).contains($0) }
    if path.count >= 2, let first = path.first, "\"'<`".utf8.contains(first) {
      path.removeFirst()
      path.removeLast()
    }
    return path
  }
}
