/// A place in a file. Rows and columns count from 0; columns are bytes.
public struct Position: Hashable, Comparable, Sendable {
  public var row: UInt32
  public var column: UInt32

  public init(row: UInt32, column: UInt32) {
    self.row = row
    self.column = column
  }

  public static func < (a: Position, b: Position) -> Bool {
    a.row != b.row ? a.row < b.row : a.column < b.column
  }
}

/// From the first byte of a piece of source to just after its last.
public struct Span: Hashable, Sendable {
  public var start: Position
  public var end: Position

  public init(start: Position, end: Position) {
    self.start = start
    self.end = end
  }
}
