internal import CTreeSitter
public import Platform

/// A tree-sitter parser. Belongs to one thread.
public struct Parser: ~Copyable {
  public enum Outcome {
    /// `bytesParsed`: how much of the text the parser asked for.
    case parsed(SyntaxTree, bytesParsed: Int)
    case timedOut
    /// The stop flag was set.
    case cancelled
  }

  private let parser: OpaquePointer
  private let stop: StopFlag

  /// `timeLimit` is in microseconds for one parse, 0 for none. Parsing ends early once `stop` is set.
  public init(timeLimit: UInt64, stop: StopFlag) {
    parser = ts_parser_new()
    self.stop = stop
    ts_parser_set_timeout_micros(parser, timeLimit)
    ts_parser_set_cancellation_flag(parser, stop.address.assumingMemoryBound(to: Int.self))
  }

  deinit { ts_parser_delete(parser) }

  /// Parses a whole text.
  public mutating func parse(_ text: [UInt8], _ grammar: Grammar) -> Outcome {
    ts_parser_set_language(parser, grammar.language)
    let tree = text.withUnsafeBytes {
      ts_parser_parse_string(parser, nil, $0.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32($0.count))
    }
    return outcome(tree, bytesParsed: text.count)
  }

  /// Parses a text again after `edits`, taking over what `old` has of it. `old` is used up: it describes neither text
  /// any more, but shares its unchanged nodes with the result.
  public mutating func reparse(_ text: [UInt8], _ grammar: Grammar, old: SyntaxTree, edits: [TextEdit]) -> Outcome {
    ts_parser_set_language(parser, grammar.language)
    for edit in edits { old.apply(edit) }
    return text.withUnsafeBytes { bytes in
      var source = ChunkedSource(bytes: bytes)
      let tree = withUnsafeMutablePointer(to: &source) { source in
        ts_parser_parse(parser, old.tree, TSInput(payload: source, read: readChunk, encoding: TSInputEncodingUTF8))
      }
      return outcome(tree, bytesParsed: min(source.bytesRead, text.count))
    }
  }

  private mutating func outcome(_ tree: OpaquePointer?, bytesParsed: Int) -> Outcome {
    if let tree { return .parsed(SyntaxTree(tree), bytesParsed: bytesParsed) }
    ts_parser_reset(parser)
    return stop.isSet ? .cancelled : .timedOut
  }
}

/// Hands a text to the parser in small pieces, so that what it really looks at can be counted.
private struct ChunkedSource {
  static let chunk = 256
  let bytes: UnsafeRawBufferPointer
  var bytesRead = 0
}

private func readChunk(
  _ payload: UnsafeMutableRawPointer?, _ offset: UInt32, _ position: TSPoint, _ length: UnsafeMutablePointer<UInt32>?
) -> UnsafePointer<CChar>? {
  let source = payload!.assumingMemoryBound(to: ChunkedSource.self)
  let bytes = source.pointee.bytes
  let start = min(Int(offset), bytes.count)
  let size = min(ChunkedSource.chunk, bytes.count - start)
  source.pointee.bytesRead += size
  length!.pointee = UInt32(size)
  guard size > 0 else { return emptyText.assumingMemoryBound(to: CChar.self) }
  return (bytes.baseAddress! + start).assumingMemoryBound(to: CChar.self)
}

/// What the parser gets at the end of a text: a valid address with nothing to read.
// SAFETY: never written.
private nonisolated(unsafe) let emptyText = UnsafeRawPointer(
  UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
