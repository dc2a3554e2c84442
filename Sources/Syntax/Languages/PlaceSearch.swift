/// One kind of search through a text, which does not go again where the last one went.
struct PlaceSearch {
  /// 1 or -1: the direction.
  private let step: Int
  /// Where the last one began, and where it ended. No place between them is an end.
  private var last: (start: Int, end: Int)?

  init(step: Int) { self.step = step }

  /// The first place from `start` on that is an end, as all beyond the text are.
  @inline(__always)
  mutating func end(from start: Int, isEnd: (Int) -> Bool) -> Int {
    var place = start
    while !isEnd(place) {
      if let last, (place - last.start) * step >= 0, (last.end - place) * step > 0 {
        if place == start { return last.end }
        place = last.end
        break
      }
      place += step
    }
    last = (start, place)
    return place
  }
}
