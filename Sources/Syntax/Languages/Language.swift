internal import FoundationEssentials
internal import Glibc
public import Graph
internal import Platform

/// A language: manifest, grammar and rules, from a folder. Shared by all threads. The manifest is read at once; grammar and
/// rules are loaded when they are first asked for, since most trees hold few of the languages that a run knows.
public final class Language: Sendable {
  public let name: String
  public let traits: LanguageTraits
  /// Ends of file names, dot included.
  public let suffixes: [[UInt8]]
  /// By a suffix that is another language's: what makes a file this one's.
  let contents: [(suffix: [UInt8], rule: ContentRule)]
  /// Whole file names.
  public let filenames: [[UInt8]]
  let shebangs: [[UInt8]]
  let merged: Set<EntityKind>
  let localsHideCalls: Bool
  let nameMark: UInt8?
  /// Names that an import of all names is written with.
  private let wildcards: Set<String>
  private let testPaths: [String]
  private let generatedPaths: [String]
  /// Nil if nothing says what is for users outside of the tree.
  let exports: ExportRule?
  /// Hash of all that decides what is extracted: manifest, patterns, and the grammar's library.
  let fingerprint: UInt64
  /// Its library is `libtree-sitter-<name>.so`.
  public let grammarName: String
  private let grammarSymbol: String
  /// Where the grammar's library lies.
  private let libraries: String
  /// The patterns as written, in the order in which they apply.
  let patterns: [PatternFile]
  private let loaded = Guarded<Result<Loaded, LanguageError>?>(nil)

  private struct Loaded {
    var grammar: Grammar
    var rules: ExtractionRules
  }

  /// Reads `language.json` in `folder`, in which the patterns lie too. The grammar lies there, or else in `grammars`.
  public init(folder: String, grammars: String) throws(LanguageError) {
    let manifestFile = "\(folder)/language.json"
    let manifestBytes = try Self.contents(manifestFile)
    let manifest: LanguageManifest
    do {
      manifest = try JSONDecoder().decode(LanguageManifest.self, from: Data(manifestBytes))
      let written = try JSONDecoder().decode(LanguageManifest.Fields.self, from: Data(manifestBytes))
      if let unknown = written.unknown { throw LanguageError("\(manifestFile): no field is called \"\(unknown)\"") }
    } catch let error as LanguageError {
      throw error
    } catch {
      throw LanguageError("\(manifestFile): \(Self.explain(error))")
    }
    name = manifest.name
    let own = "\(folder)/\(Grammar.fileName(manifest.grammar))"
    grammarName = manifest.grammar
    grammarSymbol = manifest.symbol ?? manifest.grammar
    libraries = access(own, R_OK) == 0 ? folder : grammars
    var patterns: [PatternFile] = []
    for name in manifest.patterns ?? ["tags.scm"] {
      patterns.append(PatternFile(path: "\(folder)/\(name)", text: try Self.contents("\(folder)/\(name)")))
    }
    self.patterns = patterns
    traits = try manifest.traits(manifestFile)
    suffixes = (manifest.suffixes ?? []).map { Array($0.utf8) }
    var contents: [(suffix: [UInt8], rule: ContentRule)] = []
    for (suffix, rules) in (manifest.contents ?? [:]).sorted(by: { $0.key < $1.key }) {
      contents.append((Array(suffix.utf8), try ContentRule(rules, place: "\(manifestFile): contents, \(suffix)")))
    }
    self.contents = contents
    filenames = (manifest.filenames ?? []).map { Array($0.utf8) }
    shebangs = (manifest.shebangs ?? []).map { Array($0.utf8) }
    merged = Set(try manifest.kinds(manifest.merged, manifestFile))
    localsHideCalls = manifest.localsHideCalls ?? true
    nameMark = manifest.nameMark?.utf8.first
    wildcards = Set(manifest.imports?.wildcards ?? [])
    testPaths = manifest.testPaths ?? []
    generatedPaths = manifest.generatedPaths ?? []
    exports = manifest.exports.map(ExportRule.init)
    let parts =
      [try Grammar.hash(ofLibrary: try Grammar.path(manifest.grammar, in: libraries))]
      + ([manifestBytes] + patterns.map(\.text)).map { $0.withUnsafeBytes { ContentHashing.hash128($0).low } }
    fingerprint = parts.withUnsafeBytes { ContentHashing.hash128($0).low }
  }

  /// Throws what is wrong with grammar or patterns, the same each time.
  public var grammar: Grammar { get throws(LanguageError) { try load().grammar } }
  var rules: ExtractionRules { get throws(LanguageError) { try load().rules } }

  private func load() throws(LanguageError) -> Loaded {
    try loaded.withLock { loaded in
      let result =
        loaded
        ?? Result { () throws(LanguageError) in
          let grammar = try Grammar(name: grammarName, symbol: grammarSymbol, directory: libraries)
          return Loaded(grammar: grammar, rules: try ExtractionRules(patterns, grammar: grammar))
        }
      loaded = result
      return result
    }.get()
  }

  /// The grammar's ABI, from its library alone: the patterns are not looked at.
  public var grammarABI: Int {
    get throws(LanguageError) { try Grammar(name: grammarName, symbol: grammarSymbol, directory: libraries).abi }
  }

  private static func contents(_ file: String) throws(LanguageError) -> [UInt8] {
    guard let slash = file.lastIndex(of: "/") else { throw LanguageError("\(file): not a path") }
    do {
      let directory = try Directory(String(file[..<slash]))
      switch directory.read(Array(file[file.index(after: slash)...].utf8), limit: 1 << 28) {
      case .bytes(let bytes, _): return bytes
      case .failed(let error): throw LanguageError("\(error)")
      default: throw LanguageError("\(file): missing, or not a plain file")
      }
    } catch let error as LanguageError {
      throw error
    } catch {
      throw LanguageError("\(error)")
    }
  }

  private static func explain(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, _): "lacks \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      "\(context.codingPath.map(\.stringValue).joined(separator: ".")): \(context.debugDescription)"
    default: "\(error)"
    }
  }

  func isTestFile(_ path: TreePath) -> Bool { Self.matches(path, testPaths) }

  func isGenerated(_ path: TreePath) -> Bool { Self.matches(path, generatedPaths) }

  private static func matches(_ path: TreePath, _ globs: [String]) -> Bool {
    if globs.isEmpty { return false }
    let text = path.bytes.map { CChar(bitPattern: $0) } + [0]
    return globs.contains { fnmatch($0, text, 0) == 0 }
  }

  func digest(_ source: UnsafeRawBufferPointer) -> UInt32 { ContentHashing.hash32(source) }

  /// Cuts what an import names into its last segment and what stands before it.
  func importPath(prefixes: [[UInt8]], qualifier: [UInt8]?, name: [UInt8]) -> (name: [UInt8], qualifier: [UInt8]?) {
    let name = wildcards.contains(String(decoding: name, as: UTF8.self)) ? [UInt8(ascii: "*")] : name
    let separator = Array(traits.imports.separator.utf8)
    var path: [UInt8] = []
    for part in prefixes + (qualifier.map { [$0] } ?? []) {
      if !path.isEmpty, !path.hasSuffix(separator) { path += separator }
      path += part
    }
    guard let cut = name.lastStart(of: separator) else { return (name, path.isEmpty ? nil : path) }
    let tail = Array(name[(cut + separator.count)...])
    // A path that ends in its separator has no last segment to cut off.
    if tail.isEmpty { return (name, path.isEmpty ? nil : path) }
    if !path.isEmpty, !path.hasSuffix(separator) { path += separator }
    path += name[..<cut]
    return (tail, path.isEmpty ? nil : path)
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ suffix: [UInt8]) -> Bool { self.suffix(suffix.count).elementsEqual(suffix) }

  fileprivate func lastStart(of part: [UInt8]) -> Int? {
    guard !part.isEmpty, count >= part.count else { return nil }
    return (0...(count - part.count)).last { self[$0..<($0 + part.count)].elementsEqual(part) }
  }
}
