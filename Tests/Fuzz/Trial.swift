import Graph
import Platform
import Store
import Syntax

/// What an input showed that must not be.
struct Fault: Error {
  let what: String
}

/// What came of the versions of a language's files.
struct Tally {
  /// Versions that were parsed, extracted and compared.
  var executions = 0
  /// Of these, those parsed with the tree of the version before.
  var incremental = 0
  /// Of these, those whose tree may not be that of a fresh parse: for errors, or many readings.
  var dependent = 0
  /// Of these, those that a fresh parse, by which the watcher confirms them, corrects.
  var corrected = 0
  /// Versions whose parse passed its limit.
  var timedOut = 0
  /// Texts that repeat one piece.
  var repetitions = 0

  static func += (sum: inout Tally, part: Tally) {
    sum.executions += part.executions
    sum.incremental += part.incremental
    sum.dependent += part.dependent
    sum.corrected += part.corrected
    sum.timedOut += part.timedOut
    sum.repetitions += part.repetitions
  }
}

/// A file that is saved over and over, taken through what a watcher and a full ingest do with each version. Belongs to one
/// thread.
struct Trial: ~Copyable {
  private let language: Language
  private let id: LanguageID
  private let path: TreePath
  private var extractor: Extractor
  /// As watching parses, and as a full ingest does.
  private var parser: Parser
  private var freshParser: Parser
  private var version: Version?

  private struct Version {
    var text: [UInt8]
    var blanks: Blanks
    var tree: SyntaxTree
    var extraction: Extraction
    var facts: FileFacts
    /// True if an error, now or since the last fresh parse, may have led to another tree than a fresh parse finds.
    var dependsOnEdits = false
  }

  /// `timeLimit` is in microseconds, for one parse.
  init(_ language: Language, _ id: LanguageID, path: TreePath, timeLimit: UInt64) throws(LanguageError) {
    self.language = language
    self.id = id
    self.path = path
    extractor = try Extractor(language, stop: StopFlag())
    parser = Parser(timeLimit: timeLimit, stop: StopFlag())
    freshParser = Parser(timeLimit: timeLimit, stop: StopFlag(), arena: Parser.arenaSize)
  }

  /// Takes the next version. With `confirms`, a version that depends on edits leaves the tree of its fresh parse to the next one, as
  /// when nothing newer came before it was confirmed. True if the version has syntax errors.
  mutating func save(_ text: [UInt8], confirms: Bool, _ tally: inout Tally) throws -> Bool {
    let grammar = try language.grammar
    let blanks = language.blanks(in: text)
    let shown = blanks.applied(to: text)
    let before = version.take()
    guard case .parsed(let freshTree, _) = freshParser.parse(shown, grammar) else {
      tally.timedOut += 1
      return true
    }
    let fresh = facts(extractor.extract(freshTree, text, blanks)!, text)
    let wanted = FactsCodec.encode(fresh, renumbering: true)
    try Self.checkCodec(fresh, path, id, language)
    tally.executions += 1

    var next: Version
    var isIncremental = false
    if let before, case let difference = TextDifference(from: before.text, before.blanks, to: text, blanks),
      difference.isWorthReparsing
    {
      let hadErrors = before.tree.hasErrors
      guard case .parsed(let tree, _) = parser.reparse(shown, grammar, old: before.tree, edits: difference.edits) else {
        tally.timedOut += 1
        return true
      }
      isIncremental = true
      tally.incremental += 1
      let extraction = extractor.extract(tree, text, blanks, previous: before.extraction)!
      let dependsOnEdits = before.dependsOnEdits || hadErrors || tree.hasErrors || extraction.isFragile
      next = Version(
        text: text, blanks: blanks, tree: tree, extraction: extraction, facts: facts(extraction, text),
        dependsOnEdits: dependsOnEdits)
    } else {
      guard let parsed = try parsed(text, blanks, shown) else { return true }
      next = parsed
    }

    let found = FactsCodec.encode(next.facts, renumbering: true)
    if next.dependsOnEdits {
      tally.dependent += 1
      let whole = facts(extractor.extract(next.tree, text, blanks)!, text)
      if FactsCodec.encode(whole, renumbering: true) != found {
        throw Fault(what: "what is taken over is not what the same tree yields as a whole")
      }
      if found != wanted { tally.corrected += 1 }
      if confirms, let parsed = try parsed(text, blanks, shown) { next = parsed }
    } else if found != wanted {
      throw Fault(what: isIncremental ? "incremental is not full" : "two fresh parses differ")
    }
    // The first version gets its local ids so.
    try Self.checkDelta(from: before?.facts ?? FileFacts(), to: &next.facts)
    version = next
    return fresh.errors > 0
  }

  /// A fresh version whose tree can be edited.
  private mutating func parsed(_ text: [UInt8], _ blanks: Blanks, _ shown: [UInt8]) throws -> Version? {
    guard case .parsed(let tree, _) = parser.parse(shown, try language.grammar) else { return nil }
    let extraction = extractor.extract(tree, text, blanks)!
    return Version(text: text, blanks: blanks, tree: tree, extraction: extraction, facts: facts(extraction, text))
  }

  private func facts(_ extraction: Extraction, _ text: [UInt8]) -> FileFacts {
    language.facts(extraction, path: path, text: text)
  }
}

// MARK: - What the store makes of them

extension Trial {
  private static func checkCodec(
    _ facts: FileFacts, _ path: TreePath, _ id: LanguageID, _ language: Language
  ) throws {
    let bytes = FactsCodec.encode(facts)
    let decoded = try bytes.withUnsafeBytes { try FactsCodec.decode($0) }
    if FactsCodec.encode(decoded) != bytes { throw Fault(what: "facts that are decoded and encoded differ") }
    func dump(_ facts: FileFacts) -> [UInt8] {
      var writer = DumpWriter()
      let record = FileRecord(
        stamp: FileStamp(size: 0, modified: 0, changed: 0, inode: 0, device: 0), hash: .zero, language: id,
        lines: facts.lines, errors: facts.errors)
      writer.write(path: path, record: record, facts: facts, language: language.traits)
      return writer.take()
    }
    // Writing it costs as much as parsing.
    guard bytes.count % 8 == 0 else { return }
    if dump(decoded) != dump(facts) { throw Fault(what: "the dump of decoded facts differs") }
  }

  /// The rows of the index, less those that the delta removes, with those that it adds, are those of the new version.
  private static func checkDelta(from old: FileFacts, to new: inout FileFacts) throws {
    let delta = FactsDelta(from: old, to: &new)
    if Set(new.entities.map(\.local)).count != new.entities.count { throw Fault(what: "two entities of one local id") }
    func definition(_ row: FactsDelta.Definition, _ facts: FileFacts) -> Row {
      Row(name: facts.names[row.name], local: row.local, kind: row.kind.rawValue)
    }
    func mention(_ row: FactsDelta.Mention, _ facts: FileFacts) -> Row {
      Row(name: facts.names[row.name], local: row.from, kind: row.kind.rawValue)
    }
    try checkRows(
      old.entities.map { definition(.init($0), old) }, delta.removedDefinitions.map { definition($0, old) },
      delta.addedDefinitions.map { definition($0, new) }, new.entities.map { definition(.init($0), new) }, "definitions"
    )
    try checkRows(
      old.edges.map { mention(.init($0, in: old), old) }, delta.removedMentions.map { mention($0, old) },
      delta.addedMentions.map { mention($0, new) }, new.edges.map { mention(.init($0, in: new), new) }, "mentions")
  }

  private struct Row: Hashable {
    let name: ArraySlice<UInt8>
    let local: LocalID
    let kind: UInt8
  }

  private static func checkRows(_ old: [Row], _ removed: [Row], _ added: [Row], _ new: [Row], _ table: String) throws {
    var rows = Set(old)
    for row in removed where rows.remove(row) == nil {
      throw Fault(what: "\(table): a row is removed that was not there")
    }
    for row in added where !rows.insert(row).inserted { throw Fault(what: "\(table): a row is added that is there") }
    if rows != Set(new) { throw Fault(what: "\(table): the delta does not lead to the new rows") }
  }
}
