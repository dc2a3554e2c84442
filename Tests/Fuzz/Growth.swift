import Graph
import Platform
import Store
import Syntax

/// Texts that repeat one piece over and over: what is done with one beside parsing it takes time in proportion to its size.
/// Belongs to one thread.
struct Growth: ~Copyable {
  private let language: Language
  private let path: TreePath
  private var extractor: Extractor
  private var parser: Parser

  /// Of the shorter text, in bytes. The other is four times as long, which takes 16 times as long where time goes with the square.
  private static let size = 60_000
  private static let most = 8.0
  /// Seconds of processor time that any text may take.
  private static let allowance = 1.0

  /// `timeLimit` is in microseconds, for one parse.
  init(_ language: Language, path: TreePath, timeLimit: UInt64) throws(LanguageError) {
    self.language = language
    self.path = path
    extractor = try Extractor(language, stop: StopFlag())
    parser = Parser(timeLimit: timeLimit, stop: StopFlag(), arena: Parser.arenaSize)
  }

  mutating func check(_ piece: [UInt8], _ tally: inout Tally) throws {
    guard let long = try seconds(for: Self.text(piece, 4 * Self.size), &tally), long > Self.allowance,
      let short = try seconds(for: Self.text(piece, Self.size), &tally)
    else { return }
    if long > Self.most * short {
      throw Fault(what: "\(short) s for \(Self.size) bytes, \(long) s for four times as many")
    }
  }

  private static func text(_ piece: [UInt8], _ size: Int) -> [UInt8] {
    Array(repeatElement(piece, count: size / piece.count + 1).joined())
  }

  /// Processor time, of which this process has one thread, without that of the parse; nil where that is cut off.
  private mutating func seconds(for text: [UInt8], _ tally: inout Tally) throws -> Double? {
    let begun = Clock.processTime
    let blanks = language.blanks(in: text)
    let shown = blanks.applied(to: text)
    let blanked = Clock.processTime
    tally.repetitions += 1
    guard case .parsed(let tree, _) = parser.parse(shown, try language.grammar) else {
      tally.timedOut += 1
      return nil
    }
    let parsed = Clock.processTime
    var facts = language.facts(extractor.extract(tree, text, blanks)!, path: path, text: text)
    _ = FactsDelta(from: FileFacts(), to: &facts)
    _ = FactsCodec.encode(facts)
    return Double(Clock.processTime - parsed + blanked - begun) / 1e9
  }
}
