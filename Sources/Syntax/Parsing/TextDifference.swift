/// What has to be replaced in one text to make another of it.
public struct TextDifference: Sendable {
  /// In order, without overlaps. Empty if the texts are equal.
  public let edits: [TextEdit]
  /// Bytes of the new text that stand in the place of others.
  private let replaced: Int
  private let size: Int

  /// True if parsing with the old tree is less work than parsing afresh, which also leaves nothing to confirm. What an
  /// edit puts in is parsed anew, and for each edit after the first about as much as a statement around it. Parsing and
  /// extracting C, Rust and Python files of 0.3 to 0.9 MB with the old tree took a third of the time at 200 renamed
  /// places, as long as afresh where this sum came to the size of the text (a formatter that changes every third to every
  /// fifth line), and a fifth longer where one edit replaced all.
  public var isWorthReparsing: Bool { replaced + Self.around * (edits.count - 1) < size - size / 8 }

  /// Bytes that the parser reads beside an edit.
  private static let around = 192
  /// Edits with less between them are one: there is no node to take over. Between 0 and 32 it makes no difference, 256
  /// costs more than it saves.
  private static let leastGap = 32
  /// Where the first and the last difference are nearer than this, all between them is one edit.
  private static let leastStretch = 512

  /// Cuts off what the texts have in common at the start and at the end, and splits the rest at the lines that stand once
  /// in each text. What is blank in one of them only differs, though it be the same. O(n) for n bytes, O(n log n) if
  /// lines were moved.
  public init(
    from old: [UInt8], _ oldBlanks: Blanks = Blanks(), to new: [UInt8], _ newBlanks: Blanks = Blanks()
  ) {
    (edits, replaced) = old.withUnsafeBytes { old in
      new.withUnsafeBytes { new in
        var edits: [TextEdit] = []
        var replaced = 0
        var place = TextEdit.Place.start
        let hunks = Self.adding(oldBlanks, newBlanks, to: Self.hunks(old, new), (old.count, new.count))
        for hunk in hunks {
          let piece = UnsafeRawBufferPointer(rebasing: old[hunk.old])
          let edit = TextEdit(replacing: piece, by: hunk.new, of: new, from: place)
          place = edit.newEnd
          replaced += hunk.new.count
          edits.append(edit)
        }
        return (edits, replaced)
      }
    }
    size = new.count
  }

  private static func hunks(_ old: UnsafeRawBufferPointer, _ new: UnsafeRawBufferPointer) -> [Hunk] {
    var whole = Hunk(old: 0..<old.count, new: 0..<new.count)
    whole.trim(old, new)
    if whole.isEmpty { return [] }
    if min(whole.old.count, whole.new.count) < leastStretch { return [whole] }

    var hunks: [Hunk] = []
    var next = (old: whole.old.lowerBound, new: whole.new.lowerBound)
    func endHunk(at end: (old: Int, new: Int)) {
      var hunk = Hunk(old: next.old..<end.old, new: next.new..<end.new)
      hunk.trim(old, new)
      if hunk.isEmpty { return }
      if let last = hunks.last, hunk.new.lowerBound - last.new.upperBound < leastGap {
        hunks.removeLast()
        hunk = Hunk(
          old: last.old.lowerBound..<hunk.old.upperBound, new: last.new.lowerBound..<hunk.new.upperBound)
      }
      hunks.append(hunk)
    }
    for line in CommonLines.find(old, whole.old, new, whole.new) {
      endHunk(at: (line.old, line.new))
      next = (line.old + line.count, line.new + line.count)
    }
    endHunk(at: (whole.old.upperBound, whole.new.upperBound))
    return hunks
  }

  /// Adds what both texts have between the hunks and only one of them shows to the parser.
  private static func adding(
    _ old: Blanks, _ new: Blanks, to hunks: [Hunk], _ counts: (old: Int, new: Int)
  ) -> [Hunk] {
    if old.ranges.isEmpty, new.ranges.isEmpty { return hunks }
    var all: [Hunk] = []
    func add(_ hunk: Hunk) {
      if let last = all.last, hunk.new.lowerBound - last.new.upperBound < leastGap {
        all[all.count - 1] = Hunk(
          old: last.old.lowerBound..<max(last.old.upperBound, hunk.old.upperBound),
          new: last.new.lowerBound..<max(last.new.upperBound, hunk.new.upperBound))
      } else {
        all.append(hunk)
      }
    }
    var next = (old: 0, new: 0)
    for hunk in hunks + [Hunk(old: counts.old..<counts.old, new: counts.new..<counts.new)] {
      let same = hunk.old.lowerBound - next.old
      let here = Set(old.clipped(to: next.old..<next.old + same))
      let there = Set(new.clipped(to: next.new..<next.new + same))
      for part in here.symmetricDifference(there).sorted(by: { $0.lowerBound < $1.lowerBound }) {
        add(
          Hunk(
            old: (next.old + part.lowerBound)..<(next.old + part.upperBound),
            new: (next.new + part.lowerBound)..<(next.new + part.upperBound)))
      }
      if !hunk.isEmpty { add(hunk) }
      next = (hunk.old.upperBound, hunk.new.upperBound)
    }
    return all
  }
}

extension TextDifference {
  /// A stretch of the old text and what stands in its place in the new one.
  fileprivate struct Hunk {
    var old: Range<Int>
    var new: Range<Int>

    var isEmpty: Bool { old.isEmpty && new.isEmpty }

    /// Cuts off what both stretches begin and end with.
    mutating func trim(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) {
      let common = Self.commonPrefix(
        UnsafeRawBufferPointer(rebasing: a[old]), UnsafeRawBufferPointer(rebasing: b[new]))
      let prefix = Self.characterStart(UnsafeRawBufferPointer(rebasing: a[old]), common)
      old = (old.lowerBound + prefix)..<old.upperBound
      new = (new.lowerBound + prefix)..<new.upperBound
      let suffix = Self.commonSuffix(
        UnsafeRawBufferPointer(rebasing: a[old]), UnsafeRawBufferPointer(rebasing: b[new]))
      old = old.lowerBound..<(old.upperBound - suffix)
      new = new.lowerBound..<(new.upperBound - suffix)
    }

    /// Where the character begins in which a place may lie, be it whole or not: a parser takes a token over that was ended by a character
    /// of which no more than the first byte is as it was.
    private static func characterStart(_ text: UnsafeRawBufferPointer, _ place: Int) -> Int {
      var start = place
      while start > 0, place - start < 3, text[start - 1] & 0xC0 == 0x80 { start -= 1 }
      return start > 0 && text[start - 1] >= 0xC0 ? start - 1 : place
    }

    private static func commonPrefix(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
      let end = min(a.count, b.count)
      var offset = 0
      while offset + 8 <= end {
        let difference =
          a.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
          ^ b.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        if difference != 0 { return offset + difference.trailingZeroBitCount / 8 }
        offset += 8
      }
      while offset < end, a[offset] == b[offset] { offset += 1 }
      return offset
    }

    private static func commonSuffix(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
      let end = min(a.count, b.count)
      var length = 0
      while length + 8 <= end {
        let difference =
          a.loadUnaligned(fromByteOffset: a.count - length - 8, as: UInt64.self)
          ^ b.loadUnaligned(fromByteOffset: b.count - length - 8, as: UInt64.self)
        if difference != 0 { return length + difference.leadingZeroBitCount / 8 }
        length += 8
      }
      while length < end, a[a.count - 1 - length] == b[b.count - 1 - length] { length += 1 }
      return length
    }
  }
}
