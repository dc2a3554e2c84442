internal import Synchronization

/// How much memory one parse may take: tree-sitter's grows with the square of some texts. It is counted in the same way
/// wherever it lies, so that every parse of a text ends in the same way.
public struct ParseMemoryLimit: Sendable {
  /// Bytes, whatever the text.
  public var base: Int
  /// Bytes for each one of the text.
  public var perByte: Int

  public init(base: Int, perByte: Int) {
    self.base = base
    self.perByte = perByte
  }

  public static let standard = ParseMemoryLimit(base: 256 << 20, perByte: 100)

  func bytes(for text: [UInt8]) -> Int { base + perByte * text.count }
}

enum ParserMemory {
  /// Bytes of trees that cannot be freed any more, since a reparse that began with them was ended in its midst.
  private static let lost = Atomic(0)
  /// No more reparsing once so many bytes are lost: no file that people write costs any.
  private static let mostLost = 64 << 20

  static var allowsReparsing: Bool { lost.load(ordering: .relaxed) < mostLost }

  static func lose(_ bytes: Int) { lost.add(bytes, ordering: .relaxed) }
}
