/// Stretches of a text that the parser is to see as white space: macros that stand where no grammar expects a word.
public struct Blanks: Sendable, Equatable {
  /// In order, without overlaps. Each begins with the macro's name.
  var ranges: [Range<Int>] = []

  public init() {}

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
  /// What of a file's text its grammar is not to see, by the manifest's `macros`. A pure function of the text, O(its size).
  public func blanks(in text: [UInt8]) -> Blanks {
    var blanks = Blanks()
    guard let macros else { return blanks }
    text.withUnsafeBytes { bytes in
      var finder = MacroFinder(macros, bytes)
      CapitalWords.forEach(in: bytes) { finder.look(at: $0) }
      blanks.ranges = finder.found
    }
    return blanks
  }
}
