import Foundation
import Graph
import Platform
import TestSupport

@testable import Store

/// A directory for one test, removed with it.
final class Scratch {
  let path: String
  let directory: StoreDirectory

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    directory = StoreDirectory(path: path + "/db")
    try directory.create()
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var environment: String { get throws { try directory.currentEnvironment()! } }
  var dataFile: String { get throws { try environment + "/data.mdb" } }
  var environments: [String] {
    get throws { try directory.environments().map(\.path).sorted() }
  }
}

let identity = StoreIdentity(
  root: Array("/tree".utf8), fingerprint: 7,
  languages: [
    LanguageTraits(
      name: "alpha", family: "greek", separator: "::", transparent: [.enum, .struct], receivers: ["self", "this"],
      imports: ImportRule(
        separator: "/", keepsSuffix: true, indexNames: ["mod", "index"], anchors: ["", "crate"], bringsAll: true)),
    LanguageTraits(name: "beta", separator: "."),
  ])

/// A tree: what its files' facts are.
typealias Tree = [TreePath: (record: FileRecord, facts: FileFacts)]

func record(_ seed: UInt64, problem: FileProblem? = nil) -> FileRecord {
  FileRecord(
    stamp: FileStamp(size: seed, modified: Int64(seed) * 3, changed: -Int64(seed), inode: seed << 40, device: 1 << 63),
    hash: ContentHash(high: seed &* 0x9E37_79B9_7F4A_7C15, low: seed),
    language: LanguageID(rawValue: UInt16(1 - (seed >> 8) % 2)),
    lines: UInt32(truncatingIfNeeded: seed), errors: 2, problem: problem, racy: seed % 2 == 1, linked: seed % 4 > 1,
    unconfirmed: seed % 8 > 3)
}

extension FileFacts {
  /// Facts as an extractor could have made them, with names from a small set, so that files share them.
  static func random(_ random: inout SeededGenerator, entities: Int = 12, edges: Int = 30, names: Int = 40) -> FileFacts
  {
    var facts = FileFacts()
    facts.lines = .random(in: 0...100_000, using: &random)
    facts.errors = .random(in: 0...3, using: &random)
    var row: UInt32 = 0
    let entityCount = Int.random(in: 0...entities, using: &random)
    for index in 0..<entityCount {
      row += .random(in: 0...300, using: &random)
      let start = Position(row: row, column: .random(in: 0...200, using: &random))
      let end = Position(row: row + .random(in: 0...90, using: &random), column: .random(in: 0...9, using: &random))
      let name = facts.names.intern(name(&random, names))
      facts.entities.append(
        Entity(
          kind: EntityKind.allCases.randomElement(using: &random)!, flags: Bool.random(using: &random) ? .test : [],
          name: name, signature: facts.names.intern("signature \(UInt8.random(in: 0...9, using: &random))"),
          parent: index > 0 && Bool.random(using: &random)
            ? EntityIndex.random(in: 0..<UInt32(index), using: &random) : Entity.noParent,
          local: LocalID(index), span: Span(start: start, end: end), digest: .random(in: 0 ... .max, using: &random)))
    }
    row = 0
    for _ in 0..<Int.random(in: 0...edges, using: &random) {
      row += .random(in: 0...2, using: &random)
      let from = entityCount == 0 || Int.random(in: 0..<5, using: &random) == 0
      facts.edges.append(
        Edge(
          kind: EdgeKind.allCases.randomElement(using: &random)!,
          from: from ? Entity.noParent : .random(in: 0..<UInt32(entityCount), using: &random),
          name: facts.names.intern(name(&random, names)),
          qualifier: Bool.random(using: &random) ? facts.names.intern(name(&random, names)) : .none,
          alias: Int.random(in: 0..<4, using: &random) == 0 ? facts.names.intern(name(&random, names)) : .none,
          position: Position(row: row, column: .random(in: 0...120, using: &random))))
    }
    return facts
  }

  private static func name(_ random: inout SeededGenerator, _ names: Int) -> String {
    let number = Int.random(in: 0..<names, using: &random)
    switch number {
    case 0: return ""
    // Long ones that start alike, some of them just as long as a key may be.
    case 1, 2, 3: return String(repeating: "n", count: 600) + "\(number)"
    case 4, 5, 6, 7: return String(repeating: "m", count: 505 + number)
    default: return "name\(number)"
    }
  }

  /// Everything but local ids and the names' order.
  var described: [String] {
    func text(_ id: NameID) -> String { id == .none ? "-" : names.string(id) }
    let entities = entities.map {
      "\($0.kind) \($0.flags.rawValue) \(text($0.name)) \(text($0.signature)) \($0.parent) \($0.span) \($0.digest)"
    }
    let edges = edges.map {
      "\($0.kind) \($0.from) \(text($0.name)) \(text($0.qualifier)) \(text($0.alias)) \($0.position)"
    }
    return ["\(lines) \(errors)"] + entities + edges
  }
}
