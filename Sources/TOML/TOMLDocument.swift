/// What a file of settings says: the part of TOML 1.0 that settings need. Tables and their keys stay in the order in which
/// they are written, each with its line, so that whoever finds one wrong can say where.
///
/// It holds tables (`[a."b c"]`), bare and quoted keys, strings in one line, whole numbers, true and false, and arrays. Dotted
/// keys, inline tables, arrays of tables, strings in several lines, fractions and dates are refused.
public struct TOMLDocument: Equatable, Sendable {
  public struct Table: Equatable, Sendable {
    /// The parts of its name; none for what stands before the first header.
    public let name: [String]
    /// Of its header, from 1; 1 for what stands before the first.
    public let line: Int
    public internal(set) var entries: [Entry]
  }

  public struct Entry: Equatable, Sendable {
    public let key: String
    public let value: Value
    /// On which it begins, from 1.
    public let line: Int
  }

  public enum Value: Equatable, Sendable {
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case array([Value])
  }

  /// The first is that which has no header.
  public let tables: [Table]

  /// Throws ``TOMLError`` for the first thing that is wrong. Of any thread; linear in the text's length.
  public init(_ text: [UInt8]) throws(TOMLError) {
    var parser = TOMLParser(text)
    tables = try parser.document()
  }
}

/// What is wrong with a text, and where.
public struct TOMLError: Error, Equatable {
  /// From 1.
  public let line: Int
  /// What is wrong, and what could stand there.
  public let reason: String

  /// For whoever takes the values, too.
  public init(line: Int, reason: String) {
    self.line = line
    self.reason = reason
  }
}
