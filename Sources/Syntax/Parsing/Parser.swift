internal import CParseArena
internal import CTreeSitter
public import Graph
public import Platform

/// A tree-sitter parser. Belongs to one thread.
///
/// A parse is ended early by ending its text: libtree-sitter 0.20.7 crashes now and then where its own cancellation flag
/// or time limit ends one, since it then releases a token that it may not have (between two comments of Rust, say). Not so
/// for its memory, most of which may be taken after the end of the text, nor where it goes on for ever there, putting in one
/// missing token after the other (8 bytes of Swift are enough): these are ended wherever they are, see `parse_bounded`.
public struct Parser: ~Copyable {
  public enum Outcome {
    /// `bytesParsed`: how much of the text the parser asked for.
    case parsed(SyntaxTree, bytesParsed: Int)
    /// It passed a limit, of time or of memory.
    case givenUp(FileProblem)
    /// The stop flag was set.
    case cancelled
  }

  private let arena: ParseArena?
  /// Ends what is parsed.
  public let stop: StopFlag
  private let timeLimit: UInt64
  private let memoryLimit: ParseMemoryLimit

  /// Enough for the tree of a file of the greatest size that is read by default, in bytes.
  public static let arenaSize = 256 << 20

  /// `timeLimit` is in microseconds for one parse, 0 for none. Parsing ends early once `stop` is set.
  ///
  /// With an `arena` of so many bytes, parsing a whole text takes a fifth less time, if the tree before was dropped; it is
  /// for trees that are dropped after use, since each that is kept takes the place of the next.
  public init(timeLimit: UInt64, memoryLimit: ParseMemoryLimit = .standard, stop: StopFlag, arena: Int = 0) {
    self.arena = arena > 0 ? ParseArena(size: arena) : nil
    self.stop = stop
    self.timeLimit = timeLimit
    self.memoryLimit = memoryLimit
  }

  /// Parses a whole text.
  public mutating func parse(_ text: [UInt8], _ grammar: Grammar) -> Outcome {
    let limit = memoryLimit.bytes(for: text)
    guard let arena, arena.take() else { return outcome(read(text, grammar, limit)) }
    return outcome(arena.allocating { read(text, grammar, limit) }, in: arena)
  }

  /// Parses a text again after `edits`, taking over what `old` has of it. `old` is used up: it describes neither text
  /// any more, but shares its unchanged nodes with the result.
  ///
  /// A text that would be given up for the memory that a parse of the whole takes is given up here too: where that cannot be
  /// ruled out, the whole is parsed.
  public mutating func reparse(_ text: [UInt8], _ grammar: Grammar, old: SyntaxTree, edits: [TextEdit]) -> Outcome {
    let limit = memoryLimit.bytes(for: text) - old.memory
    // What lies in an arena goes with the old tree, so none of it can be taken over.
    if old.isInArena || limit <= 0 || !ParserMemory.allowsReparsing { return parse(text, grammar) }
    for edit in edits { old.apply(edit) }
    let parsed = read(text, grammar, limit, old: old)
    if parsed.wasEnded {
      old.abandon()
      if case .pastLimit(.parseMemoryLimit) = parsed.end { return parse(text, grammar) }
    }
    return outcome(parsed, old: old)
  }

  private enum End {
    case cancelled
    case pastLimit(FileProblem)
  }

  private struct Parsed {
    var tree: OpaquePointer?
    /// How much of the text the parser asked for.
    var bytes: Int
    /// The most that it took at a time, in bytes.
    var memory: Int
    /// Why it was ended early.
    var end: End?
    /// At once, so that it has left what it was given as it then was.
    var wasEnded: Bool
  }

  /// `memoryLimit` in bytes.
  private func read(_ text: [UInt8], _ grammar: Grammar, _ memoryLimit: Int, old: SyntaxTree? = nil) -> Parsed {
    let deadline =
      timeLimit == 0 ? .distantFuture : MonotonicTime(nanoseconds: MonotonicTime.now.nanoseconds + timeLimit * 1000)
    return text.withUnsafeBytes { bytes in
      var source = ChunkedSource(bytes: bytes, chunk: old == nil ? 4096 : 256, stop: stop, deadline: deadline)
      let parse = withUnsafeMutablePointer(to: &source) { source in
        let input = TSInput(payload: source, read: readChunk, encoding: TSInputEncodingUTF8)
        return parse_bounded(grammar.language, old?.tree, input, Int64(memoryLimit), parseGoesOn)
      }
      var end: End?
      if parse.was_ended, !source.hasGivenUp {
        end = .pastLimit(.parseMemoryLimit)
      } else if source.isCutOff {
        end = stop.isSet ? .cancelled : .pastLimit(.parseTimeLimit)
      }
      return Parsed(
        tree: parse.tree, bytes: old == nil ? text.count : min(source.bytesRead, text.count), memory: Int(parse.memory),
        end: end, wasEnded: parse.was_ended)
    }
  }

  private func outcome(_ parsed: Parsed, old: SyntaxTree? = nil, in arena: ParseArena? = nil) -> Outcome {
    var owned: SyntaxTree?
    if let tree = parsed.tree {
      owned = SyntaxTree(tree, memory: parsed.memory + (old?.memory ?? 0), in: arena)
    } else {
      arena?.drop(nil)
    }
    switch parsed.end {
    case .cancelled: return .cancelled
    case .pastLimit(let problem): return .givenUp(problem)
    case nil: return owned.map { .parsed($0, bytesParsed: parsed.bytes) } ?? .givenUp(.parseTimeLimit)
    }
  }
}

/// Hands a text to the parser in small pieces, so that what it really looks at can be counted, and the rest be cut off.
private struct ChunkedSource {
  let bytes: UnsafeRawBufferPointer
  let chunk: Int
  let stop: StopFlag
  let deadline: MonotonicTime
  var bytesRead = 0
  var isCutOff: Bool { cutOff != nil }
  private var cutOff: MonotonicTime?
  /// Set when the parser was told to end at once.
  private(set) var hasGivenUp = false
  /// What was handed over last.
  var last = 0..<0

  /// For a parser to come to the end of a text that is cut off, in milliseconds.
  private static let patience: UInt64 = 200

  init(bytes: UnsafeRawBufferPointer, chunk: Int, stop: StopFlag, deadline: MonotonicTime) {
    (self.bytes, self.chunk, self.stop, self.deadline) = (bytes, chunk, stop, deadline)
  }

  /// Looks at the clock; false if the parse is to end at once.
  mutating func goesOn() -> Bool {
    if let cutOff {
      hasGivenUp = cutOff.adding(milliseconds: Self.patience) <= .now
    } else if stop.isSet || deadline <= .now {
      cutOff = .now
    }
    return !hasGivenUp
  }

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
  _ = source.pointee.goesOn()
  let bytes = source.pointee.bytes
  let start = min(Int(offset), bytes.count)
  let size = source.pointee.isCutOff ? source.pointee.rest(from: start) : min(source.pointee.chunk, bytes.count - start)
  source.pointee.last = start..<start + size
  source.pointee.bytesRead += size
  length!.pointee = UInt32(size)
  guard size > 0 else { return emptyText.assumingMemoryBound(to: CChar.self) }
  return (bytes.baseAddress! + start).assumingMemoryBound(to: CChar.self)
}

private func parseGoesOn(_ payload: UnsafeMutableRawPointer?) -> Bool {
  payload!.assumingMemoryBound(to: ChunkedSource.self).pointee.goesOn()
}

/// What the parser gets at the end of a text: a valid address with nothing to read.
// SAFETY: never written.
private nonisolated(unsafe) let emptyText = UnsafeRawPointer(
  UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
