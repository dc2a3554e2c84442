/// Letters that a name is to hold in order, with others in between.
struct FuzzyPattern: Sendable {
  private let letters: [UInt8]

  private static let match = 16
  private static let boundary = 8
  private static let gap = 3
  private static let longerGap = 1

  init(_ letters: [UInt8]) { self.letters = letters }

  /// The more letters follow each other or begin words, the more; nil if they are not there. O(length). Of several places
  /// the shortest that ends where the first does is taken.
  func score(_ name: UnsafeRawBufferPointer, folding: Bool) -> Int? {
    guard let range = range(in: name, folding) else { return nil }
    var score = 0
    var next = 0
    var gaps = 0
    for place in range where next < letters.count {
      if byte(name, place, folding) == letters[next] {
        score += Self.match
        if gaps == 0 && next > 0 || Self.beginsWord(name, place) { score += Self.boundary }
        next += 1
        gaps = 0
      } else {
        score -= gaps == 0 ? Self.gap : Self.longerGap
        gaps += 1
      }
    }
    return score
  }

  private func range(in name: UnsafeRawBufferPointer, _ folding: Bool) -> Range<Int>? {
    var next = 0
    var end = 0
    while next < letters.count {
      if end == name.count { return nil }
      if byte(name, end, folding) == letters[next] { next += 1 }
      end += 1
    }
    var start = end
    while next > 0 {
      start -= 1
      if byte(name, start, folding) == letters[next - 1] { next -= 1 }
    }
    return start..<end
  }

  @inline(__always)
  private func byte(_ name: UnsafeRawBufferPointer, _ place: Int, _ folding: Bool) -> UInt8 {
    folding ? lowered(name[place]) : name[place]
  }

  private static func beginsWord(_ name: UnsafeRawBufferPointer, _ place: Int) -> Bool {
    guard place > 0 else { return true }
    let before = name[place - 1]
    if isCapital(name[place]) { return !isCapital(before) }
    return !isCapital(before) && !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(before)
  }
}
