internal import Graph

// Texts that are written down shortened or cleaned: signatures, qualifiers, import paths.
extension Extractor {
  /// In bytes. A longer signature ends in `…`.
  private static let signatureLimit = 240
  /// In bytes. A longer qualifier is an expression that nobody can resolve by its text, and is written `…`.
  private static let qualifierLimit = 80

  /// The source of a definition in one line, its body cut out.
  mutating func signature(
    _ pattern: UnsafePointer<FlatPattern>, _ step: Int32, _ frame: borrowing Frame
  ) -> NameID {
    let place = Int(match.places[Int(step)])
    let range = listed[place].byteRange
    let body = body(of: place, pattern, frame)
    buffer.cut(to: 0)
    // A signature is cut before it is longer.
    buffer.room(for: Self.signatureLimit + 32)
    if step != 0, pattern.pointee.steps[Int(step)].field != 0 {
      // One of several declarators: what stands before the first of them belongs to all.
      let end = beforeDeclarators(pattern, step, frame) ?? range.lowerBound
      let start = Int(listed[Int(match.places[0])].startByte)
      if start < end { append(start..<end) }
    }
    let parts = place == frame.node ? match.lists[0] : children(of: place)
    if let body, range.overlaps(body) {
      append(range.lowerBound..<body.lowerBound, without: parts)
      let end = buffer.count
      append(body.upperBound..<range.upperBound, without: parts)
      // The brackets of a body that has no node with them.
      if end > 0, isClosing(from: end) {
        buffer.cut(to: end)
      } else if buffer.count > end {
        insertBodyMark(at: end)
      }
    } else {
      append(range, without: parts)
    }
    tidySignature()
    return output.names.intern(UnsafeRawBufferPointer(start: buffer.base, count: buffer.count))
  }

  private mutating func body(
    of place: Int, _ pattern: UnsafePointer<FlatPattern>, _ frame: borrowing Frame
  ) -> Range<Int>? {
    let body = pattern.pointee.body
    if body >= 0 { return listed[Int(match.places[Int(body)])].byteRange }
    let list = place == frame.node ? match.lists[0] : children(of: place)
    return first(tables.bodyField, in: list).map { listed[$0].byteRange }
  }

  private func beforeDeclarators(
    _ pattern: UnsafePointer<FlatPattern>, _ step: Int32, _ frame: borrowing Frame
  ) -> Int? {
    let steps = pattern.pointee.steps
    var top = Int(step)
    while steps[top].parent > 0 { top = Int(steps[top].parent) }
    return first(steps[top].field, in: match.lists[0]).map { Int(listed[$0].startByte) }
  }

  /// The same without the comments that are children of a node.
  private mutating func append(_ range: Range<Int>, without list: Match.List) {
    var start = range.lowerBound
    for index in Int(list.start)..<Int(list.end)
    where listed[index].symbol != .max && !listed[index].marks.isDisjoint(with: .extra) {
      let comment = listed[index].byteRange
      if comment.lowerBound >= range.upperBound || buffer.count > Self.signatureLimit { break }
      guard comment.lowerBound >= start else { continue }
      append(start..<comment.lowerBound)
      start = min(comment.upperBound, range.upperBound)
    }
    append(start..<range.upperBound)
  }

  /// Adds source to the buffer, white space and continued lines folded to one space.
  private mutating func append(_ range: Range<Int>) {
    for index in range {
      let byte = text[index]
      if buffer.count > Self.signatureLimit + 8 { return }
      let continuesLine = byte == UInt8(ascii: "\\") && index + 1 < range.upperBound && text[index + 1] == 0x0A
      if Self.isSpace(byte) || continuesLine {
        if !buffer.isEmpty, buffer[buffer.count - 1] != 0x20 { buffer.appendReserved(0x20) }
      } else {
        buffer.appendReserved(byte)
      }
    }
  }

  /// True if no more than the bracket is left in the buffer that closes a body.
  private func isClosing(from place: Int) -> Bool {
    var rest = place
    while rest < buffer.count, buffer[rest] == 0x20 { rest += 1 }
    return rest == buffer.count - 1 && buffer[rest] == UInt8(ascii: "}")
  }

  /// Where a body was cut out from the middle.
  private mutating func insertBodyMark(at place: Int) {
    let mark = "{…} ".utf8
    for byte in mark { buffer.append(byte) }
    var target = buffer.count - 1
    while target >= place + mark.count {
      buffer[target] = buffer[target - mark.count]
      target -= 1
    }
    for (offset, byte) in mark.enumerated() { buffer[place + offset] = byte }
  }

  private mutating func tidySignature() {
    if buffer.count > Self.signatureLimit {
      var end = Self.signatureLimit
      while end > 0, buffer[end] & 0xC0 == 0x80 { end -= 1 }
      buffer.cut(to: end)
      for byte in "…".utf8 { buffer.append(byte) }
      return
    }
    while !buffer.isEmpty, Self.endsNoSignature(buffer[buffer.count - 1]) { buffer.cut(to: buffer.count - 1) }
  }

  @inline(__always)
  private static func endsNoSignature(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "{"), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: ";"),
      UInt8(ascii: ","):
      true
    default: false
    }
  }

  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Stands for a qualifier that is too long to be kept.
  static let tooLong = "…"

  /// A qualifier in the form of ``condense(_:_:)``; it is left in the buffer too. Of a node that holds
  /// the name, what stands before that and the sign that joins them. Nil if it is too long.
  mutating func qualifierName(_ node: ListedNode, before name: ListedNode) -> NameID? {
    let range = node.byteRange
    guard range.upperBound > Int(name.startByte), Int(name.startByte) > range.lowerBound else {
      guard condense(bytes(node)) else { return nil }
      return output.names.intern(UnsafeRawBufferPointer(start: buffer.base, count: buffer.count))
    }
    let joined = text[range.lowerBound..<Int(name.startByte)]
    let end = joined.lastIndex { !Self.isSpace($0) && !".:".utf8.contains($0) } ?? joined.startIndex
    guard condense(UnsafeRawBufferPointer(rebasing: joined[...end])) else { return nil }
    return output.names.intern(UnsafeRawBufferPointer(start: buffer.base, count: buffer.count))
  }

  /// Leaves a text in the buffer, without white space but for one space between words. False if it is too long.
  mutating func tighten(_ source: UnsafeRawBufferPointer, _ mark: UInt8? = nil) -> Bool {
    if source.count > Self.qualifierLimit { return false }
    buffer.cut(to: 0)
    buffer.room(for: Self.qualifierLimit + 1)
    if let mark { buffer.appendReserved(mark) }
    var follows = false
    for byte in source {
      if Self.isSpace(byte) {
        follows = true
        continue
      }
      if follows, !buffer.isEmpty, Self.isInWord(byte), Self.isInWord(buffer[buffer.count - 1]) {
        buffer.appendReserved(0x20)
      }
      follows = false
      buffer.appendReserved(byte)
    }
    return true
  }

  @inline(__always)
  static func isInWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }

  /// A path in an import, without the marks around it.
  func pathText(_ node: ListedNode) -> [UInt8] {
    var path = nameText(node).filter { !Self.isSpace($0) }
    if path.first == UInt8(ascii: "<"), path.last == UInt8(ascii: ">") {
      path.removeFirst()
      path.removeLast()
    }
    return path
  }

  /// A name without quotes around it, or the sign that may stand before it.
  @inline(__always)
  func nameText(_ node: ListedNode) -> UnsafeRawBufferPointer {
    let text = bytes(node)
    guard text.count >= 2 else { return text }
    if text.count > 2, !Self.isInWord(text[0]), text[0] == text[text.count - 1], "\"'`".utf8.contains(text[0]) {
      // In some languages three of them.
      let isTripled =
        text.count > 6 && text.prefix(3).allSatisfy { $0 == text[0] } && text.suffix(3).allSatisfy { $0 == text[0] }
      let width = isTripled ? 3 : 1
      return UnsafeRawBufferPointer(rebasing: text[width..<(text.count - width)])
    }
    return text[0] == language.nameMark ? UnsafeRawBufferPointer(rebasing: text[1...]) : text
  }
}
