import Foundation
import Graph
import TestSupport

@testable import Store

/// All that a store says, in terms that do not depend on how it came to say it: no file ids, no local ids.
struct Contents: Equatable {
  var files: [String] = []
  var inclusions: [String] = []
  var definitions: [String: [String]] = [:]
  var mentions: [String: [String]] = [:]
  var names: [String] = []
  var rows: Snapshot.Counts

  init(_ snapshot: Snapshot) throws {
    rows = try snapshot.counts()
    var indexes: [FileID: [LocalID: Int]] = [:]
    var paths: [FileID: String] = [:]
    var mentioned: Set<[UInt8]> = []
    var defined: Set<[UInt8]> = []
    var inOrder: [TreePath] = []
    try snapshot.forEachFile(below: .root) { path, file, record in
      let facts = try snapshot.facts(file)
      files.append("\(path) \(record) \(facts.described)")
      try snapshot.forEachInclusion(of: file) { inclusion in
        let qualifier = inclusion.qualifier.map { String(decoding: $0, as: UTF8.self) }
        inclusions.append("\(path) \(qualifier ?? "-") \(String(decoding: inclusion.name, as: UTF8.self))")
      }
      let address = snapshot.languages[Int(record.language.rawValue)].imports.address(of: path)
      guard
        try snapshot.files(called: Array(address[((address.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...])).contains(
          file)
      else {
        throw StoreError.inconsistent("\(path) is not found by its address")
      }
      paths[file] = path.description
      inOrder.append(path)
      indexes[file] = Dictionary(uniqueKeysWithValues: facts.entities.enumerated().map { ($1.local, $0) })
      for entity in facts.entities { defined.insert(Array(facts.names[entity.name])) }
      for edge in facts.edges { mentioned.insert(Array(facts.names[edge.name])) }
      let byID = try snapshot.file(file)
      let byPath = try snapshot.file(path)
      let place = try snapshot.place(of: file)
      guard place?.path == path, place?.language == record.language,
        try snapshot.entities(file).entities == facts.entities
      else {
        throw StoreError.inconsistent("what is read of \(path) in part is not what the whole says")
      }
      guard byID?.0 == path, byID?.1 == record, byPath?.0 == file, byPath?.1 == record else {
        throw StoreError.inconsistent("lookups of \(path) do not agree")
      }
    }
    var listed: [TreePath] = []
    try snapshot.forEachPath { listed.append(TreePath(bytes: Array($0))) }
    guard listed.sorted() == inOrder else {
      throw StoreError.inconsistent("the listings of files do not agree")
    }
    func place(_ file: FileID, _ local: LocalID) -> String {
      let index = local == FactsDelta.fileScope ? "file" : indexes[file]?[local].map(String.init) ?? "nothing"
      return "\(paths[file] ?? "no file") \(index)"
    }
    for name in defined {
      let found = try snapshot.definitions(of: name).map { "\(place($0.file, $0.local)) \($0.kind)" }.sorted()
      if !found.isEmpty { definitions[String(decoding: name, as: UTF8.self)] = found }
    }
    for name in mentioned {
      let found = try snapshot.mentions(of: name).map { "\(place($0.file, $0.from)) \($0.kind)" }.sorted()
      if !found.isEmpty { mentions[String(decoding: name, as: UTF8.self)] = found }
    }
    try snapshot.forEachName(prefix: []) { name in
      names.append("\(String(decoding: name.bytes, as: UTF8.self)) \(name.bearers)")
      return true
    }
    names.sort()
  }

  init(_ directory: StoreDirectory) throws { try self.init(try GraphReader(directory).snapshot()) }
}

extension Tree {
  /// The same by its definition, from the facts alone.
  func expected() -> (definitions: [String: [String]], mentions: [String: [String]]) {
    var definitions: [String: [String]] = [:]
    var mentions: [String: Set<String>] = [:]
    for (path, file) in self {
      let facts = file.facts
      for (index, entity) in facts.entities.enumerated() where !facts.names[entity.name].isEmpty {
        definitions[facts.names.string(entity.name), default: []].append("\(path) \(index) \(entity.kind)")
      }
      for edge in facts.edges where !facts.names[edge.name].isEmpty {
        let from = edge.from == Entity.noParent ? "file" : "\(edge.from)"
        mentions[facts.names.string(edge.name), default: []].insert("\(path) \(from) \(edge.kind)")
      }
    }
    return (definitions.mapValues { $0.sorted() }, mentions.mapValues { $0.sorted() })
  }

  static func random(_ random: inout SeededGenerator, files: Int) -> Tree {
    var tree: Tree = [:]
    for index in 0..<files {
      var record = record(random.next() >> 8)
      let facts = FileFacts.random(&random)
      record.describe(facts)
      tree[path(index)] = (record, facts)
    }
    return tree
  }

  static func path(_ index: Int) -> TreePath {
    switch index {
    case 0: TreePath("a")
    case 1: TreePath("a-b/c")
    case 2: TreePath(bytes: [0x61, 0x2F, 0xFF, 0xFE])
    case 3...6: TreePath(String(repeating: "deep/", count: 120) + "\(9 - index)")
    case 7...12: TreePath(String(repeating: "d", count: 492 + index * 2))
    case 13: TreePath(String(repeating: "long/", count: 2_000) + "x")
    default: TreePath("src/part\(index % 7)/file\(index).c")
    }
  }

  /// Loads the tree by `workers` builders that take turns; as many threads merge what they made.
  @discardableResult
  func load(
    _ directory: StoreDirectory, identity: StoreIdentity = identity, workers: Int = 2,
    runBytes: Int = BulkLoader.defaultRunBytes, mapSize: Int = Environment.roomyMap
  ) throws -> BulkLoader.Report {
    let loader = try BulkLoader(directory, identity: identity, mapSize: mapSize)
    var builders = (0..<workers).map { _ in loader.makeRunBuilder(bytes: runBytes) }
    for (index, path) in keys.sorted().enumerated() {
      let file = self[path]!
      let encoded = try builders[index % workers].add(
        file.facts, file: FileID(rawValue: UInt32(index)), path: path, record: file.record)
      try loader.append(encoded)
    }
    for builder in builders { loader.add(builder.finish()) }
    return try loader.finish(threads: workers)
  }
}

func opened(_ directory: StoreDirectory, mapSize: Int = Environment.roomyMap) throws -> GraphStore {
  switch try GraphStore.open(directory, identity: identity, mapSize: mapSize) {
  case .opened(let store): return store
  case .absent: throw StoreError.noStore(path: directory.path)
  case .unusable(let reason): throw StoreError.inconsistent(reason)
  }
}

extension GraphStore {
  /// The update that leads from what the store holds of `path` to `facts`.
  func update(_ path: TreePath, _ record: FileRecord, _ facts: FileFacts) throws -> FileUpdate {
    var facts = facts
    let old = try file(path).flatMap { try self.facts($0.0) } ?? FileFacts()
    let delta = FactsDelta(from: old, to: &facts)
    return .replace(path: path, record: record, facts: facts, delta: delta)
  }
}
