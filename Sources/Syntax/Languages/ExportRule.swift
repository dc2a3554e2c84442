internal import Glibc
internal import Graph
internal import Platform

/// What a file shows to whoever is outside of the tree, as far as a language has it written.
struct ExportRule: Sendable {
  /// Words with which it is said, before the name or before all of the definition.
  private let words: [[UInt8]]
  /// Words that say the contrary.
  private let hidden: [[UInt8]]
  /// Names that are called from outside without being said to be.
  private let names: [Glob]
  /// True if names in capitals are shown.
  private let capitals: Bool
  /// True if all is that does not say the contrary.
  private let byDefault: Bool
  /// True if the members of a type are that do not say the contrary.
  private let members: Bool

  init(_ manifest: LanguageManifest.Exports) {
    words = (manifest.words ?? []).map { Array($0.utf8) }
    hidden = (manifest.hidden ?? []).map { Array($0.utf8) }
    names = (manifest.names ?? []).compactMap { Glob(Array($0.utf8)[...]) }
    capitals = manifest.capitals ?? false
    byDefault = manifest.byDefault ?? false
    members = manifest.members ?? false
  }

  /// Sets the flag of entities, which come in source order, enclosing ones before what they hold. O(text).
  func mark(_ entities: inout [Entity], _ table: NameTable, in text: [UInt8]) {
    text.withUnsafeBytes { text in
      table.bytes.withUnsafeBytes { bytes in
        var lines = LineStarts(text)
        for index in entities.indices {
          let entity = entities[index]
          let name = UnsafeRawBufferPointer(rebasing: bytes[table.range(entity.name)])
          let signature = UnsafeRawBufferPointer(rebasing: bytes[table.range(entity.signature)])
          let holder = entity.parent == Entity.noParent ? nil : entities[Int(entity.parent)]
          if isCalledFromOutside(name) || isShown(entity, name, signature, holder, &lines) {
            entities[index].flags.insert(.exported)
          }
        }
      }
    }
  }

  private func isCalledFromOutside(_ name: UnsafeRawBufferPointer) -> Bool {
    name.withMemoryRebound(to: UInt8.self) { name in names.contains { $0.matches(name) } }
  }

  private func isShown(
    _ entity: Entity, _ name: UnsafeRawBufferPointer, _ signature: UnsafeRawBufferPointer, _ holder: Entity?,
    _ lines: inout LineStarts
  ) -> Bool {
    if capitals { return name.first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ?? false }
    if !words.isEmpty || !hidden.isEmpty {
      var said = Said()
      listen(to: signature, upTo: name, &said)
      listen(toEndOf: lines.line(before: entity.span.start), &said)
      if said.isHidden { return false }
      if said.isShown { return true }
    }
    guard let holder else { return byDefault }
    if holder.kind.isType { return (byDefault || members) && holder.flags.contains(.exported) }
    return byDefault && !holder.kind.isCallable
  }

  private struct Said {
    var isShown = false
    var isHidden = false
  }

  /// To the words in front of the name. One with a bracket behind it is restricted by what stands in that (`pub(crate)`).
  private func listen(to signature: UnsafeRawBufferPointer, upTo name: UnsafeRawBufferPointer, _ said: inout Said) {
    var start = 0
    while start < signature.count {
      var end = start
      while end < signature.count, Self.isLetter(signature[end]) { end += 1 }
      let word = UnsafeRawBufferPointer(rebasing: signature[start..<end])
      if !word.isEmpty {
        if Self.same(word, name) { return }
        if end == signature.count || signature[end] != UInt8(ascii: "(") { listen(to: word, &said) }
      }
      start = end + 1
    }
  }

  /// Where words are looked for in front of a definition, in bytes: a line may hold thousands of definitions.
  private static let mostInFront = 256

  /// To the words right in front of the definition, on its line.
  private func listen(toEndOf text: UnsafeRawBufferPointer, _ said: inout Said) {
    let text = UnsafeRawBufferPointer(rebasing: text.suffix(Self.mostInFront))
    var end = text.count
    while true {
      while end > 0, text[end - 1] == UInt8(ascii: " ") || text[end - 1] == UInt8(ascii: "\t") { end -= 1 }
      var start = end
      while start > 0, Self.isLetter(text[start - 1]) { start -= 1 }
      if start == end { return }
      listen(to: UnsafeRawBufferPointer(rebasing: text[start..<end]), &said)
      end = start
    }
  }

  private func listen(to word: UnsafeRawBufferPointer, _ said: inout Said) {
    if hidden.contains(where: { $0.withUnsafeBytes { Self.same(word, $0) } }) { said.isHidden = true }
    if words.contains(where: { $0.withUnsafeBytes { Self.same(word, $0) } }) { said.isShown = true }
  }

  private static func same(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    a.count == b.count && (a.isEmpty || memcmp(a.baseAddress!, b.baseAddress!, a.count) == 0)
  }

  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: "#"), 0x80...:
      true
    default: false
    }
  }
}

/// The lines of a text, asked for in order.
private struct LineStarts {
  private let text: UnsafeRawBufferPointer
  private var row: UInt32 = 0
  private var start = 0

  init(_ text: UnsafeRawBufferPointer) { self.text = text }

  /// What of its line stands before a position.
  mutating func line(before position: Position) -> UnsafeRawBufferPointer {
    // SAFETY: `start` is never behind the end of the text.
    while row < position.row, start < text.count,
      let feed = memchr(text.baseAddress! + start, 0x0A, text.count - start)
    {
      start = UnsafeRawPointer(feed) - text.baseAddress! + 1
      row += 1
    }
    return UnsafeRawBufferPointer(rebasing: text[start..<min(start + Int(position.column), text.count)])
  }
}
