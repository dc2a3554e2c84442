// How much of a terminal's line text takes. Text has to be printable: control characters have no width.

extension StringProtocol {
  /// Columns that it takes at the most: a terminal that joins scalars into one picture, as of a family, needs fewer.
  var columns: Int {
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
    return unicodeScalars.reduce(0) { $0 + $1.columns }
  }

  /// Fits it into so many columns: what is too much goes at the end, and an ellipsis takes its place.
  func cut(to columns: Int) -> String {
    if fits(columns) { return String(self) }
    return columns < 1 ? "" : String(beginning(columns - 1, of: self)) + "…"
  }

  /// As ``cut(to:)``, at the start: of a path the end tells most.
  func cutAtStart(to columns: Int) -> String {
    if fits(columns) { return String(self) }
    return columns < 1 ? "" : "…" + String(String(beginning(columns - 1, of: reversed())).reversed())
  }

  private func fits(_ room: Int) -> Bool { columns <= room && unicodeScalars.count <= Self.mostScalars(in: room) }

  /// The whole characters with which `characters` begins, as far as there is room.
  private func beginning(_ room: Int, of characters: some Sequence<Character>) -> String {
    var taken = ""
    var columns = 0
    var scalars = 0
    for character in characters {
      columns += String(character).columns
      scalars += character.unicodeScalars.count
      if columns > room || scalars > Self.mostScalars(in: room) { break }
      taken.append(character)
    }
    return taken
  }

  /// A character may bear any number of marks that take no room.
  private static func mostScalars(in columns: Int) -> Int { columns > 1 << 20 ? .max : 4 * columns }
}

extension Unicode.Scalar {
  fileprivate var columns: Int {
    if value < 0x300 { return 1 }
    // Makes a picture, two columns wide, of the character before it.
    if value == 0xFE0F { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    // Vowels and final consonants of Hangul, which join what stands before them.
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
    // Two of them are a flag.
    if (0x1F1E6...0x1F1FF).contains(value) { return 1 }
    return properties.isEmojiPresentation || Self.wide.contains { $0.contains(value) } ? 2 : 1
  }

  /// Unicode's East Asian Width W and F, without pictures.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
    0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD,
  ]
}
