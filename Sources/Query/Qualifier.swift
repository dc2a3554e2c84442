import Graph

/// What stands before a name.
enum Qualifier: Equatable {
  /// The enclosing type's own instance, or the type.
  case receiver
  /// Names, one within the other.
  case path([[UInt8]])
  /// Anything else, of which the text says nothing.
  case expression

  init(_ text: [UInt8], _ language: LanguageTraits) {
    if !text.isEmpty, language.receivers.contains(String(decoding: text, as: UTF8.self)) {
      self = .receiver
      return
    }
    var segments: [[UInt8]] = []
    for part in Segments.split(text, language.separator) {
      segments += language.separator == "." ? [part] : Segments.split(part, ".")
    }
    guard segments.allSatisfy({ $0.allSatisfy(Self.isInName) }), segments.contains(where: { !$0.isEmpty }) else {
      self = .expression
      return
    }
    // A member of the receiver's: of a type that nobody knows. But where paths are written apart from members, the
    // receiver's word may begin a path.
    if segments.count > 1, language.receivers.contains(String(decoding: segments[0], as: UTF8.self)),
      !language.imports.anchors.contains(String(decoding: segments[0], as: UTF8.self))
    {
      self = .expression
      return
    }
    self = .path(segments)
  }

  private static func isInName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }
}

extension [UInt8] {
  /// True for a name in capitals and small letters that begins with a capital: a type's, by the custom of most languages.
  var looksLikeType: Bool {
    guard let first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else { return false }
    return contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
  }
}
