internal import Graph
internal import Platform
internal import Syntax

/// How much of a file was parsed.
public enum ParseExtent: String, Sendable {
  case incremental
  case full
  case none
}

/// A file's text with what was made of it, from which its next version can be parsed.
struct ParsedFile: Sendable {
  var text: [UInt8]
  /// What of it the parser did not see.
  var blanks: Blanks
  var tree: SyntaxTree
  var extraction: Extraction
  /// True if the tree may not be the one that a fresh parse finds. How the parser recovers from errors depends on the edits, and what it
  /// made of the text around them stays in the tree when they are gone; so does, of a text with many readings, which it chooses.
  var dependsOnEdits = false

  /// True if a version that is parsed with this one's tree depends on edits.
  var misleads: Bool { dependsOnEdits || tree.hasErrors }
}

/// Parses and extracts files, one at a time. Belongs to one thread at a time; parsers and buffers are used again.
// SAFETY: handed from thread to thread by its owner, never used by two at once.
final class FileParser: @unchecked Sendable {
  enum Outcome {
    case parsed(ParsedFile, FileFacts, ParseExtent, bytesParsed: Int)
    /// The parse passed a limit, of time or of memory.
    case givenUp(FileProblem)
    case cancelled
  }

  private let catalog: LanguageCatalog
  private var parser: Parser
  private var extractors: [LanguageID: ExtractorBox] = [:]

  private final class ExtractorBox {
    var extractor: Extractor
    init(_ language: Language, stop: StopFlag) throws(LanguageError) {
      extractor = try Extractor(language, stop: stop)
    }
  }

  init(catalog: LanguageCatalog, parser: consuming Parser) {
    self.catalog = catalog
    self.parser = parser
  }

  /// Parses `text`, with the version before where it is known; that is used up. Throws what is wrong with the language.
  func parse(
    _ text: [UInt8], path: TreePath, language id: LanguageID, previous: consuming ParsedFile? = nil
  ) throws(LanguageError) -> Outcome {
    let language = catalog[id]
    let grammar = try language.grammar
    var extent = ParseExtent.full
    var earlier: Extraction?
    var isMisled = false
    let result: Parser.Outcome
    let blanks = language.blanks(in: text)
    let shown = blanks.applied(to: text)
    if let previous,
      case let difference = TextDifference(from: previous.text, previous.blanks, to: text, blanks),
      difference.isWorthReparsing
    {
      extent = .incremental
      earlier = previous.extraction
      isMisled = previous.misleads
      result = parser.reparse(shown, grammar, old: previous.tree, edits: difference.edits)
    } else {
      result = parser.parse(shown, grammar)
    }
    switch result {
    case .givenUp(let problem): return .givenUp(problem)
    case .cancelled: return .cancelled
    case .parsed(let tree, let bytesParsed):
      guard let extraction = try extractor(for: id).extractor.extract(tree, text, blanks, previous: earlier) else {
        return .cancelled
      }
      let facts = language.facts(extraction, path: path, text: text)
      let file = ParsedFile(
        text: text, blanks: blanks, tree: tree, extraction: extraction,
        dependsOnEdits: extent == .incremental && (isMisled || tree.hasErrors || extraction.isFragile))
      return .parsed(file, facts, extent, bytesParsed: bytesParsed)
    }
  }

  private func extractor(for id: LanguageID) throws(LanguageError) -> ExtractorBox {
    if let box = extractors[id] { return box }
    let box = try ExtractorBox(catalog[id], stop: parser.stop)
    extractors[id] = box
    return box
  }
}
