/// Stretches of a text that the parser is to see as white space: macros that stand where no grammar expects a word, and
/// comments of which there are too many in a row.
public struct Blanks: Sendable, Equatable {
  /// In order, without overlaps.
  private(set) var ranges: [Range<Int>] = []
  /// Those of them that are macros; each begins with the macro's name.
  private(set) var macros: [Range<Int>] = []

  public init() {}

  fileprivate init(macros: [Range<Int>], comments: [Range<Int>]) {
    self.macros = comments.isEmpty ? macros : macros.filter { macro in !comments.contains { $0.overlaps(macro) } }
    ranges = comments.isEmpty ? macros : (self.macros + comments).sorted { $0.lowerBound < $1.lowerBound }
  }

  /// The text as the parser sees it: as long, with the same lines.
  public func applied(to text: [UInt8]) -> [UInt8] {
    if ranges.isEmpty { return text }
    var text = text
    for range in ranges { for place in range where text[place] != 0x0A && text[place] != 0x0D { text[place] = 0x20 } }
    return text
  }

  /// What lies in `stretch`, told from its start.
  func clipped(to stretch: Range<Int>) -> [Range<Int>] {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= stretch.lowerBound { low = middle + 1 } else { high = middle }
    }
    return ranges[low...].prefix { $0.lowerBound < stretch.upperBound }.map {
      let part = $0.clamped(to: stretch)
      return (part.lowerBound - stretch.lowerBound)..<(part.upperBound - stretch.lowerBound)
    }
  }
}

extension Language {
  /// What of a file's text its grammar is not to see, by the manifest's `macros` and `comments`. A pure function of the
  /// text, O(its size).
  public func blanks(in text: [UInt8]) -> Blanks {
    text.withUnsafeBytes { bytes in
      let comments = comments.excess(in: bytes)
      guard let macros else { return Blanks(macros: [], comments: comments) }
      var finder = MacroFinder(macros, bytes)
      CapitalWords.forEach(in: bytes) { finder.look(at: $0) }
      return Blanks(macros: finder.found, comments: comments)
    }
  }
}
