import Foundation
import Graph
import Query
import Store

/// A language as tests want it: names in other files are seen, members need a qualifier.
let plain = LanguageTraits(name: "plain", separator: ".", transparent: [.enum], receivers: ["self"])

/// With files imported one by one.
let modular = LanguageTraits(
  name: "modular", separator: ".", transparent: [.variable], receivers: ["self", "cls"], bases: ["super"],
  commonMembers: ["append"], sharing: .file,
  imports: ImportRule(separator: ".", indexNames: ["__init__"], anchors: [""]))

/// With files included.
let textual = LanguageTraits(
  name: "textual", separator: ".", transparent: [.enum],
  imports: ImportRule(separator: "/", keepsSuffix: true, anchors: ["..", "."], bringsAll: true))

/// Of the same family, with other scopes.
let textualWithMembers = LanguageTraits(
  name: "textual2", family: "textual", separator: "::", receivers: ["", "this"], imports: textual.imports)

/// The same rule for imports, another family.
let estranged = LanguageTraits(name: "estranged", separator: ".", imports: textual.imports)

/// With paths written apart from members.
let pathed = LanguageTraits(
  name: "pathed", separator: "::", receivers: ["self", "Self"], sharing: .file,
  imports: ImportRule(separator: "::", indexNames: ["mod", "lib"], anchors: ["crate", "self", "super"]))

/// With directories as units.
let packaged = LanguageTraits(
  name: "packaged", separator: ".", sharing: .directory, imports: ImportRule(separator: "/", indexNames: ["*"]))

/// With relative paths as imports.
let relative = LanguageTraits(
  name: "relative", separator: ".", receivers: ["this"], bases: ["super"], sharing: .file,
  imports: ImportRule(separator: "/", indexNames: ["index"], anchors: ["..", "."]))

/// A file by what stands in it.
struct Source {
  let path: TreePath
  let language: LanguageTraits
  private(set) var facts = FileFacts()
  private var row: UInt32 = 0
  private var qualified: [String: EntityIndex] = [:]

  init(_ path: String, _ language: LanguageTraits = plain, _ lines: String...) {
    self.init(path, language, lines: lines)
  }

  init(_ path: String, _ language: LanguageTraits = plain, lines: [String]) {
    self.path = TreePath(path)
    self.language = language
    for line in lines { add(line) }
    facts.lines = row
    // Longest entities around their contents.
    for index in facts.entities.indices.reversed() {
      let entity = facts.entities[index]
      guard entity.parent != Entity.noParent else { continue }
      let end = max(facts.entities[Int(entity.parent)].span.end, entity.span.end)
      facts.entities[Int(entity.parent)].span.end = end
    }
  }

  mutating func mark(_ index: Int, _ flags: EntityFlags) { facts.entities[index].flags.formUnion(flags) }

  /// `def KIND a.b` or `def hidden KIND a.b`: an entity, within those before the last dot; `: T` for its type, `takes 1-2`
  /// for its parameters. `KIND from -> q|name`: an edge (`top` for the file), `as x` for an alias, `of T` for what the
  /// source says of the local that the qualifier begins with (`?` for nothing), `with 2` for its arguments, `made` for one that makes an instance.
  mutating func add(_ line: String) {
    let words = line.split(separator: " ").map(String.init)
    defer { row += 1 }
    if words[0] == "def" {
      let isHidden = words[1] == "hidden"
      define(EntityKind(name: words[isHidden ? 2 : 1])!, words[isHidden ? 3 : 2], isHidden ? .fileLocal : [])
      let last = facts.entities.count - 1
      if let type = Self.word(after: ":", in: words) { facts.entities[last].type = facts.names.intern(type) }
      if let counts = Self.word(after: "takes", in: words)?.split(separator: "-") {
        facts.entities[last].parameters = ParameterCount(least: UInt8(counts[0])!, most: UInt8(counts.last!)!)
      }
    } else {
      let kind = EdgeKind.allCases.first { $0.name == words[0] }!
      mention(kind, words[1], words[3], alias: Self.word(after: "as", in: words))
      let last = facts.edges.count - 1
      facts.edges[last].makes = kind == .calls && words.dropFirst(4).last == "made"
      if let type = Self.word(after: "of", in: words) {
        facts.edges[last].receiver = facts.names.intern(type == "?" ? "" : type)
      }
      if let count = Self.word(after: "with", in: words) { facts.edges[last].arguments = UInt8(count)! }
    }
  }

  private static func word(after mark: String, in words: [String]) -> String? {
    words.dropFirst(2).firstIndex(of: mark).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
  }

  private mutating func define(_ kind: EntityKind, _ path: String, _ flags: EntityFlags) {
    let parts = path.split(separator: ".").map(String.init)
    let outer = parts.dropLast().joined(separator: ".")
    let name = facts.names.intern(parts.last!.replacingOccurrences(of: "|", with: language.separator))
    facts.entities.append(
      Entity(
        kind: kind, flags: flags, name: name, signature: facts.names.intern("\(kind.name) \(parts.last!)"),
        parent: outer.isEmpty ? Entity.noParent : qualified[outer]!, local: LocalID(facts.entities.count),
        span: Span(start: Position(row: row, column: 0), end: Position(row: row, column: 40))))
    qualified[path] = EntityIndex(facts.entities.count - 1)
  }

  private mutating func mention(_ kind: EdgeKind, _ from: String, _ text: String, alias: String?) {
    var qualifier: String?
    var name = text
    if let cut = text.range(of: "|", options: .backwards) {
      qualifier = String(text[..<cut.lowerBound])
      name = String(text[cut.upperBound...])
    }
    facts.edges.append(
      Edge(
        kind: kind, from: from == "top" ? Entity.noParent : qualified[from]!, name: facts.names.intern(name),
        qualifier: qualifier.map { facts.names.intern($0) } ?? .none,
        alias: alias.map { facts.names.intern($0) } ?? .none, position: Position(row: row, column: 4)))
  }
}

/// A store made of sources, removed with this.
final class Tree {
  let snapshot: Snapshot
  let reader: GraphReader
  private let path: String

  /// `incremental` brings the files in one by one, in the order given, instead of all at once; `root` is where the files are said to
  /// lie.
  init(_ sources: [Source], incremental: Bool = false, root: String = "/tree") throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("query-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let directory = StoreDirectory(path: path + "/db")
    try directory.create()
    var languages: [LanguageTraits] = []
    for source in sources where !languages.contains(source.language) { languages.append(source.language) }
    let identity = StoreIdentity(root: Array(root.utf8), fingerprint: 1, languages: languages)
    let loader = try BulkLoader(directory, identity: identity)
    var builder = loader.makeRunBuilder()
    for (number, source) in (incremental ? [] : sources.sorted { $0.path < $1.path }).enumerated() {
      let file = FileID(rawValue: UInt32(number))
      try loader.append(
        try builder.add(source.facts, file: file, path: source.path, record: source.record(languages)))
    }
    loader.add(builder.finish())
    _ = try loader.finish()
    if incremental { try Self.commit(sources, directory, identity) }
    reader = try GraphReader(directory)
    snapshot = try reader.snapshot()
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private static func commit(_ sources: [Source], _ directory: StoreDirectory, _ identity: StoreIdentity) throws {
    guard case .opened(let store) = try GraphStore.open(directory, identity: identity) else {
      throw StoreError.noStore(path: directory.path)
    }
    for source in sources {
      // A first version with something else on top, so that local ids are not places in the file.
      var first = FileFacts()
      var last = source.facts
      let name = first.names.intern("earlier")
      first.entities = [
        Entity(
          kind: .event, name: name, signature: name,
          span: Span(start: Position(row: 0, column: 0), end: Position(row: 0, column: 1)))
      ]
      let record = source.record(identity.languages)
      var delta = FactsDelta(from: FileFacts(), to: &first)
      _ = try store.commit([.replace(path: source.path, record: record, facts: first, delta: delta)])
      delta = FactsDelta(from: first, to: &last)
      _ = try store.commit([.replace(path: source.path, record: record, facts: last, delta: delta)])
    }
    store.close()
  }

  /// What each edge of a file means, in order: `resolution id id ...`.
  func resolved(_ path: String, _ resolver: Resolver? = nil) throws -> [String] {
    let path = TreePath(path)
    let (file, record) = try snapshot.file(path)!
    let facts = try snapshot.facts(file)
    let edges = try (resolver ?? Resolver(snapshot)).resolver(of: file, path: path, record: record, facts: facts)
    return try facts.edges.map { edge in
      let target = try edges.target(of: edge)
      return ([target.resolution.rawValue] + target.ids).joined(separator: " ")
    }
  }

  func dump(resolves: Bool = true) throws -> String {
    var text: [UInt8] = []
    try Dump(snapshot, resolves: resolves).write {
      text += $0
      return true
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Source {
  func record(_ languages: [LanguageTraits]) -> FileRecord {
    FileRecord(
      stamp: FileStamp(size: 10, modified: 1, changed: 1, inode: 1, device: 1), hash: ContentHash(high: 1, low: 2),
      language: LanguageID(rawValue: UInt16(languages.firstIndex(of: language)!)), lines: facts.lines,
      entities: UInt32(facts.entities.count), edges: UInt32(facts.entities.count + facts.edges.count))
  }
}
