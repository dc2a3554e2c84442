public import Graph

/// The replacement of one stretch of a text by another. Of several, each is told in the text as those before it leave it.
public struct TextEdit: Hashable, Sendable {
  public struct Place: Hashable, Sendable {
    public var byte: UInt32
    public var position: Position

    static let start = Place(byte: 0, position: Position(row: 0, column: 0))
  }

  public let start: Place
  public let oldEnd: Place
  public let newEnd: Place

  /// The replacement of `old`, a piece of an earlier text, by the piece `range` of `new`. `earlier` is a place of `new`
  /// that is not behind the piece.
  init(replacing old: UnsafeRawBufferPointer, by range: Range<Int>, of new: UnsafeRawBufferPointer, from earlier: Place)
  {
    start = earlier.advanced(over: UnsafeRawBufferPointer(rebasing: new[Int(earlier.byte)..<range.lowerBound]))
    oldEnd = start.advanced(over: old)
    newEnd = start.advanced(over: UnsafeRawBufferPointer(rebasing: new[range]))
  }
}

extension TextEdit.Place {
  /// The place behind `text`, which begins here.
  func advanced(over text: UnsafeRawBufferPointer) -> Self {
    let feeds = text.count(of: 0x0A)
    var lineStart = text.count
    if feeds > 0 { while text[lineStart - 1] != 0x0A { lineStart -= 1 } } else { lineStart = 0 }
    let column = UInt32(text.count - lineStart) + (feeds > 0 ? 0 : position.column)
    return Self(byte: byte + UInt32(text.count), position: Position(row: position.row + UInt32(feeds), column: column))
  }
}
