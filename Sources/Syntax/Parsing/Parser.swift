internal import CTreeSitter
public import Platform

/// A tree-sitter parser. Belongs to one thread.
///
/// A parse is ended early by ending its text: libtree-sitter 0.20.7 crashes now and then where its own cancellation flag
/// or time limit ends one, since it then releases a token that it may not have (between two comments of Rust, say).
public struct Parser: ~Copyable {
  public enum Outcome {
    /// `bytesParsed`: how much of the text the parser asked for.
    case parsed(SyntaxTree, bytesParsed: Int)
    case timedOut
    /// The stop flag was set.
    case cancelled
  }

  private let parser: OpaquePointer
  private let arena: ParseArena?
  private let stop: StopFlag
  private let timeLimit: UInt64

  /// Enough for the tree of a file of the greatest size that is read by default, in bytes.
  public static let arenaSize = 256 << 20

  /// `timeLimit` is in microseconds for one parse, 0 for none. Parsing ends early once `stop` is set.
  ///
  /// With an `arena` of so many bytes, parsing a whole text takes a fifth less time, if the tree before was dropped; it is
  /// for trees that are dropped after use, since each that is kept takes the place of the next.
  public init(timeLimit: UInt64, stop: StopFlag, arena: Int = 0) {
    parser = ts_parser_new()
    self.arena = arena > 0 ? ParseArena(size: arena) : nil
    self.stop = stop
    self.timeLimit = timeLimit
  }

  deinit { ts_parser_delete(parser) }

  /// Parses a whole text.
  public mutating func parse(_ text: [UInt8], _ grammar: Grammar) -> Outcome {
    guard let arena, arena.take() else { return outcome(read(text, grammar, with: parser)) }
    let parsed = arena.allocating {
      // It is made anew each time, for what it keeps lies where it is dropped.
      let parser = ts_parser_new()!
      defer { ts_parser_delete(parser) }
      return read(text, grammar, with: parser)
    }
    return outcome(parsed, in: arena)
  }

  /// Parses a text again after `edits`, taking over what `old` has of it. `old` is used up: it describes neither text
  /// any more, but shares its unchanged nodes with the result.
  public mutating func reparse(_ text: [UInt8], _ grammar: Grammar, old: SyntaxTree, edits: [TextEdit]) -> Outcome {
    // What lies in an arena goes with the old tree, so none of it can be taken over.
    if old.isInArena { return parse(text, grammar) }
    for edit in edits { old.apply(edit) }
    return outcome(read(text, grammar, with: parser, old: old.tree, chunk: 256))
  }

  private struct Parsed {
    var tree: OpaquePointer?
    /// How much of the text the parser asked for.
    var bytes: Int
    var isCutOff: Bool
  }

  private func read(
    _ text: [UInt8], _ grammar: Grammar, with parser: OpaquePointer, old: OpaquePointer? = nil, chunk: Int = 4096
  ) -> Parsed {
    ts_parser_set_language(parser, grammar.language)
    let deadline =
      timeLimit == 0 ? .distantFuture : MonotonicTime(nanoseconds: MonotonicTime.now.nanoseconds + timeLimit * 1000)
    return text.withUnsafeBytes { bytes in
      var source = ChunkedSource(bytes: bytes, chunk: chunk, stop: stop, deadline: deadline)
      let tree = withUnsafeMutablePointer(to: &source) { source in
        ts_parser_parse(parser, old, TSInput(payload: source, read: readChunk, encoding: TSInputEncodingUTF8))
      }
      if tree == nil { ts_parser_reset(parser) }
      return Parsed(
        tree: tree, bytes: old == nil ? text.count : min(source.bytesRead, text.count), isCutOff: source.isCutOff)
    }
  }

  private func outcome(_ parsed: Parsed, in arena: ParseArena? = nil) -> Outcome {
    guard let tree = parsed.tree else {
      arena?.drop(nil)
      return .timedOut
    }
    let owned = SyntaxTree(tree, in: arena)
    if parsed.isCutOff { return stop.isSet ? .cancelled : .timedOut }
    return .parsed(owned, bytesParsed: parsed.bytes)
  }
}

/// Hands a text to the parser in small pieces, so that what it really looks at can be counted, and the rest be cut off.
private struct ChunkedSource {
  let bytes: UnsafeRawBufferPointer
  let chunk: Int
  let stop: StopFlag
  let deadline: MonotonicTime
  var bytesRead = 0
  var isCutOff = false
  /// What was handed over last.
  var last = 0..<0

  /// How much is handed over from `start` on once the text is cut off: nothing, or the rest of a character of which the
  /// parser has the beginning. It asks again for that one, and reads from no address at all if it gets nothing.
  func rest(from start: Int) -> Int {
    guard last.contains(start) else { return 0 }
    let length = max(1, (~bytes[start]).leadingZeroBitCount)
    return min(length, 4, bytes.count - start)
  }
}

private func readChunk(
  _ payload: UnsafeMutableRawPointer?, _ offset: UInt32, _ position: TSPoint, _ length: UnsafeMutablePointer<UInt32>?
) -> UnsafePointer<CChar>? {
  let source = payload!.assumingMemoryBound(to: ChunkedSource.self)
  if source.pointee.stop.isSet || source.pointee.deadline <= .now { source.pointee.isCutOff = true }
  let bytes = source.pointee.bytes
  let start = min(Int(offset), bytes.count)
  let size = source.pointee.isCutOff ? source.pointee.rest(from: start) : min(source.pointee.chunk, bytes.count - start)
  source.pointee.last = start..<start + size
  source.pointee.bytesRead += size
  length!.pointee = UInt32(size)
  guard size > 0 else { return emptyText.assumingMemoryBound(to: CChar.self) }
  return (bytes.baseAddress! + start).assumingMemoryBound(to: CChar.self)
}

/// What the parser gets at the end of a text: a valid address with nothing to read.
// SAFETY: never written.
private nonisolated(unsafe) let emptyText = UnsafeRawPointer(
  UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
