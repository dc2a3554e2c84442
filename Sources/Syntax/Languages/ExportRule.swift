internal import Glibc
internal import Graph

/// What a file shows to whoever is outside of the tree, as far as a language has it written.
struct ExportRule: Sendable {
  /// Words with which it is said, before the name or before all of the definition.
  private let words: Set<[UInt8]>
  /// Words that say the contrary.
  private let hidden: Set<[UInt8]>
  /// Globs on names that are called from outside without being said to be.
  private let names: [String]
  /// True if names in capitals are shown.
  private let capitals: Bool
  /// True if all is that does not say the contrary.
  private let byDefault: Bool
  /// True if the members of a type are that do not say the contrary.
  private let members: Bool

  init(_ manifest: LanguageManifest.Exports) {
    words = Set((manifest.words ?? []).map { Array($0.utf8) })
    hidden = Set((manifest.hidden ?? []).map { Array($0.utf8) })
    names = manifest.names ?? []
    capitals = manifest.capitals ?? false
    byDefault = manifest.byDefault ?? false
    members = manifest.members ?? false
  }

  /// Sets the flag of entities, which come in source order, enclosing ones before what they hold. O(text).
  func mark(_ entities: inout [Entity], _ table: NameTable, in text: [UInt8]) {
    var lines = LineStarts(text)
    for index in entities.indices {
      let entity = entities[index]
      let before = lines.offset(of: entity.span.start)
      let holder = entity.parent == Entity.noParent ? nil : entities[Int(entity.parent)]
      let isShown = isShown(
        Array(table[entity.name]), Array(table[entity.signature]), text[..<before], holder)
      if isShown { entities[index].flags.insert(.exported) }
    }
  }

  private func isShown(_ name: [UInt8], _ signature: [UInt8], _ before: ArraySlice<UInt8>, _ holder: Entity?) -> Bool {
    let text = name.map { CChar(bitPattern: $0) } + [0]
    if names.contains(where: { fnmatch($0, text, 0) == 0 }) { return true }
    if capitals { return name.first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ?? false }
    let said = Self.words(of: signature, upTo: name).union(Self.words(endOf: before))
    if !said.isDisjoint(with: hidden) { return false }
    if !said.isDisjoint(with: words) { return true }
    guard let holder else { return byDefault }
    if holder.kind.isType { return (byDefault || members) && holder.flags.contains(.exported) }
    return byDefault && !holder.kind.isCallable
  }

  /// Words in front of the name. One with a bracket behind it is restricted by what stands in that (`pub(crate)`).
  private static func words(of signature: [UInt8], upTo name: [UInt8]) -> Set<[UInt8]> {
    var words: Set<[UInt8]> = []
    var start = 0
    while start < signature.count {
      guard isLetter(signature[start]) else {
        start += 1
        continue
      }
      let end = signature[start...].firstIndex { !isLetter($0) } ?? signature.count
      let word = Array(signature[start..<end])
      if word == name { break }
      if end == signature.count || signature[end] != UInt8(ascii: "(") { words.insert(word) }
      start = end
    }
    return words
  }

  /// Words right in front of the definition, on its line.
  private static func words(endOf text: ArraySlice<UInt8>) -> Set<[UInt8]> {
    var words: Set<[UInt8]> = []
    var rest = text
    while true {
      while rest.last == UInt8(ascii: " ") || rest.last == UInt8(ascii: "\t") { rest.removeLast() }
      let word = Array(rest.reversed().prefix(while: isLetter).reversed())
      if word.isEmpty { return words }
      words.insert(word)
      rest.removeLast(word.count)
    }
  }

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

/// Where the lines of a text begin, asked for in order.
private struct LineStarts {
  private let text: [UInt8]
  private var row: UInt32 = 0
  private var start = 0

  init(_ text: [UInt8]) { self.text = text }

  mutating func offset(of position: Position) -> Int {
    while row < position.row, let end = text[start...].firstIndex(of: 0x0A) {
      start = end + 1
      row += 1
    }
    return min(start + Int(position.column), text.count)
  }
}
