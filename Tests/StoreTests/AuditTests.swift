import CLMDB
import Foundation
import Graph
import TestSupport
import Testing

@testable import Store

@Suite struct AuditTests {
  private func faults(_ scratch: Scratch) throws -> [StoreFault] {
    var faults: [StoreFault] = []
    _ = try StoreAudit.run(scratch.directory) { faults.append($0) }
    return faults
  }

  /// A store with something of each kind in it: files whose paths and names are long, several generations, renames.
  private func store() throws -> Scratch {
    let scratch = try Scratch()
    var random = SeededGenerator(seed: 5)
    try Tree.random(&random, files: 16).load(scratch.directory)
    let store = try opened(scratch.directory)
    for index in 0..<4 {
      let path = Tree.path(index)
      let update = try store.update(path, record(99), .random(&random)).described
      _ = try store.commit([update], changes: [FileChange(.modified, path, language: LanguageID(rawValue: 1))])
    }
    let moved = TreePath("moved/here.c")
    _ = try store.commit(
      [.rename(from: Tree.path(15), to: moved, record: try #require(try store.file(Tree.path(15))).1)],
      changes: [FileChange(.renamed, moved, from: Tree.path(15), language: LanguageID(rawValue: 1))])
    _ = try store.commit(
      [.remove(path: Tree.path(14))],
      changes: [FileChange(.removed, Tree.path(14), language: LanguageID(rawValue: 1))])
    store.close()
    return scratch
  }

  @Test func aStoreThatWasLoadedAndEditedIsSound() throws {
    let scratch = try store()
    var found: [StoreFault] = []
    let report = try StoreAudit.run(scratch.directory) { found.append($0) }
    #expect(found == [])
    #expect(report.files == 15)
    #expect(report.generation == 7)
    #expect(report.rows > 300)
  }

  /// LMDB leaves it the pages it had, as it does with lists of free pages for which it took too many.
  @Test(arguments: [100, 5_000]) func aValueThatBecameSmallerInOneTransactionIsSound(bytes: Int) throws {
    let scratch = try store()
    do {
      let lease = try EnvironmentLease(scratch.environment, .write(mapSize: Environment.roomyMap))
      var transaction = try WriteTransaction(lease)
      var rows = TableWriter(transaction.view, identity.languages)
      let generation = Key.bigEndian(try transaction.view.generation())
      for size in [30_000, bytes] {
        try rows.put(transaction.view.tables.changes, generation, [UInt8](repeating: 7, count: size))
      }
      try transaction.commit()
    }
    #expect(try PageAudit.faults(of: scratch.environment) == [])
  }

  /// What is done to one row of a closed store, and in what table that is to be seen.
  struct Plant: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let table: String
    let act: @Sendable (inout TableWriter, View) throws -> Void

    init(_ what: String, seenIn table: String, _ act: @escaping @Sendable (inout TableWriter, View) throws -> Void) {
      testDescription = what
      self.table = table
      self.act = act
    }
  }

  private static let path = Tree.path(20)
  private static func first(_ view: View, _ table: MDB_dbi) throws -> (key: [UInt8], value: [UInt8]) {
    let cursor = try Cursor(view, table)
    var (key, value) = (MDB_val(), MDB_val())
    _ = try cursor.move(MDB_FIRST, &key, &value)
    return ([UInt8](key.bytes), [UInt8](value.bytes))
  }

  private static func alterRecord(
    _ rows: inout TableWriter, _ view: View, _ alter: (inout FileID, inout FileRecord) -> Void
  ) throws {
    let path = Tree.path(0)
    var (file, record) = try #require(try view.file(path))
    alter(&file, &record)
    try rows.putRecord(path, file, record)
  }

  private static func alterFacts(_ rows: inout TableWriter, _ view: View, _ alter: (inout FileFacts) -> Void) throws {
    let (file, _) = try #require(try view.file(Tree.path(0)))
    var facts = try #require(try view.facts(file))
    alter(&facts)
    try rows.put(view.tables.facts, Key.bigEndian(file.rawValue), factsValue(facts))
  }

  private static func factsValue(_ facts: FileFacts) -> [UInt8] {
    var encoder = FactsEncoder()
    return FactsValue.closed(encoder.encode(facts))
  }

  private static func delete(_ view: View, _ table: MDB_dbi, _ row: (key: [UInt8], value: [UInt8])) {
    row.key.withUnsafeBytes { key in
      row.value.withUnsafeBytes { value in
        var (key, value) = (MDB_val(key), MDB_val(value))
        #expect(mdb_del(view.transaction, table, &key, &value) == 0)
      }
    }
  }

  private static let nobody = FileID(rawValue: 7_000)

  static let plants: [Plant] = [
    Plant("a definition is missing", seenIn: "definitions") { _, view in
      delete(view, view.tables.definitions, try first(view, view.tables.definitions))
    },
    Plant("a mention is missing", seenIn: "mentions") { _, view in
      delete(view, view.tables.mentions, try first(view, view.tables.mentions))
    },
    Plant("a definition too many", seenIn: "definitions") { rows, view in
      let row = try first(view, view.tables.definitions)
      try rows.put(view.tables.definitions, Array("nothing bears this".utf8), row.value)
    },
    Plant("a mention too many", seenIn: "mentions") { rows, view in
      let row = try first(view, view.tables.mentions)
      try rows.put(view.tables.mentions, Array("nobody says this".utf8), row.value)
    },
    Plant("a definition of another kind", seenIn: "definitions") { rows, view in
      var row = try first(view, view.tables.definitions)
      delete(view, view.tables.definitions, row)
      row.value[8] ^= 1
      try rows.put(view.tables.definitions, row.key, row.value)
    },
    Plant("a definition of no file", seenIn: "definitions") { rows, view in
      try rows.put(view.tables.definitions, Array("dangling".utf8), Key.bigEndian(nobody.rawValue) + [0, 0, 0, 0, 1])
    },
    Plant("a mention by no file", seenIn: "mentions") { rows, view in
      try rows.put(view.tables.mentions, Array("dangling".utf8), Key.bigEndian(nobody.rawValue) + [0, 0, 0, 0, 2])
    },
    Plant("a file is not under its address", seenIn: "addresses") { _, view in
      delete(view, view.tables.addresses, try first(view, view.tables.addresses))
    },
    Plant("an address of no file", seenIn: "addresses") { rows, view in
      try rows.put(view.tables.addresses, Array("odd".utf8), Key.bigEndian(nobody.rawValue) + [255, 255, 255, 255, 0])
    },
    Plant("names are missing", seenIn: "names") { rows, view in
      try rows.delete(view.tables.names, try first(view, view.tables.names).key)
    },
    Plant("a name that nothing bears", seenIn: "names") { rows, view in
      var block = NameBlock()
      _ = Array("zzzz".utf8).withUnsafeBytes { block.append($0, rows: 1) }
      try rows.put(view.tables.names, block.first, block.list)
      try rows.put(view.tables.signatures, block.first, block.signature)
    },
    Plant("a name with more bearers than it has", seenIn: "names") { rows, view in
      let row = try first(view, view.tables.names)
      var names = try row.value.withUnsafeBytes { try view.names(inList: $0) }
      names[0] = ListedName(key: names[0].key, rows: names[0].rows + 1)
      try rows.put(view.tables.names, row.key, NameBlock.blocks(of: names[...])[0].list)
    },
    Plant("names under another key", seenIn: "names") { rows, view in
      let row = try first(view, view.tables.names)
      try rows.delete(view.tables.names, row.key)
      try rows.put(view.tables.names, [0], row.value)
    },
    Plant("a signature of other names", seenIn: "names") { rows, view in
      let row = try first(view, view.tables.signatures)
      try rows.put(view.tables.signatures, row.key, Seal.closed(NameSignature().bytes))
    },
    Plant("a signature is missing", seenIn: "names") { rows, view in
      try rows.delete(view.tables.signatures, try first(view, view.tables.signatures).key)
    },
    Plant("a signature of no names", seenIn: "names") { rows, view in
      try rows.put(view.tables.signatures, Array("zzzz".utf8), Seal.closed(NameSignature().bytes))
    },
    Plant("names with a byte changed", seenIn: "names") { rows, view in
      var row = try first(view, view.tables.names)
      row.value[row.value.count - 8] ^= 4
      try rows.put(view.tables.names, row.key, row.value)
    },
    Plant("inclusions of no file", seenIn: "inclusions") { rows, view in
      try rows.put(view.tables.inclusions, Key.bigEndian(nobody.rawValue), Seal.closed([0, 1, 0x78]))
    },
    Plant("other inclusions than the facts have", seenIn: "inclusions") { rows, view in
      let (file, _) = try #require(try view.file(Tree.path(0)))
      try rows.put(view.tables.inclusions, Key.bigEndian(file.rawValue), Seal.closed([0, 1, 0x78]))
    },
    Plant("facts of no file", seenIn: "facts") { rows, view in
      try rows.put(view.tables.facts, Key.bigEndian(nobody.rawValue), factsValue(FileFacts()))
    },
    Plant("a path of no file", seenIn: "paths") { rows, view in
      try rows.putPath(TreePath("gone.c"), nobody, LanguageID(rawValue: 0))
    },
    Plant("a file without facts", seenIn: "facts") { rows, view in
      let (file, _) = try #require(try view.file(Tree.path(0)))
      try rows.delete(view.tables.facts, Key.bigEndian(file.rawValue))
    },
    Plant("a file without a path", seenIn: "files") { rows, view in
      let (file, _) = try #require(try view.file(Tree.path(0)))
      try rows.delete(view.tables.paths, Key.bigEndian(file.rawValue))
    },
    Plant("a file without a record", seenIn: "paths") { rows, view in
      try rows.delete(view.tables.files, Tree.path(0).bytes)
    },
    Plant("a path of another file", seenIn: "files") { rows, view in
      let (file, _) = try #require(try view.file(Tree.path(0)))
      try rows.putPath(TreePath("elsewhere.c"), file, LanguageID(rawValue: 0))
    },
    Plant("a path of another language", seenIn: "files") { rows, view in
      let (file, record) = try #require(try view.file(Tree.path(0)))
      try rows.putPath(Tree.path(0), file, LanguageID(rawValue: record.language.rawValue + 1))
    },
    Plant("a path with a byte changed", seenIn: "files") { rows, view in
      var row = try first(view, view.tables.paths)
      row.value[0] ^= 4
      try rows.put(view.tables.paths, row.key, row.value)
    },
    Plant("a record under another path", seenIn: "files") { rows, view in
      let row = try first(view, view.tables.files)
      try rows.delete(view.tables.files, row.key)
      try rows.put(view.tables.files, Array("zzz".utf8), row.value)
    },
    Plant("two files with one number", seenIn: "files") { rows, view in
      let (file, record) = try #require(try view.file(Tree.path(0)))
      try rows.putRecord(TreePath("twin.c"), file, record)
    },
    Plant("a number that was never given", seenIn: "files") { rows, view in
      try alterRecord(&rows, view) { file, _ in file = nobody }
    },
    Plant("an unknown language", seenIn: "files") { rows, view in
      try alterRecord(&rows, view) { $1.language = LanguageID(rawValue: 77) }
    },
    Plant("too many entities counted", seenIn: "files") { rows, view in
      try alterRecord(&rows, view) { $1.entities += 1 }
    },
    Plant("too few edges counted", seenIn: "files") { rows, view in try alterRecord(&rows, view) { $1.edges += 1 } },
    Plant("other lines counted", seenIn: "files") { rows, view in try alterRecord(&rows, view) { $1.lines += 1 } },
    Plant("facts of a file that was not parsed", seenIn: "files") { rows, view in
      try alterRecord(&rows, view) { $1.problem = .binary }
    },
    Plant("facts with an entity less", seenIn: "definitions") { rows, view in
      try alterFacts(&rows, view) { facts in
        facts.entities[0].name = facts.names.intern("never defined")
      }
    },
    Plant("entities with one local id", seenIn: "facts") { rows, view in
      try alterFacts(&rows, view) { $0.entities[1].local = $0.entities[0].local }
    },
    Plant("facts that do not decode", seenIn: "facts") { rows, view in
      let row = try first(view, view.tables.facts)
      try rows.put(view.tables.facts, row.key, Seal.closed([0xFF, 0xFF, 0xFF]))
    },
    Plant("facts that claim more than their block can hold", seenIn: "facts") { rows, view in
      let row = try first(view, view.tables.facts)
      try rows.put(view.tables.facts, row.key, Seal.closed([0x01, 0xFF, 0xFF, 0xFF, 0x7F, 0x00]))
    },
    Plant("facts with a byte changed", seenIn: "facts") { rows, view in
      var row = try first(view, view.tables.facts)
      row.value[row.value.count / 2] ^= 4
      try rows.put(view.tables.facts, row.key, row.value)
    },
    Plant("a record with a byte changed", seenIn: "files") { rows, view in
      var row = try first(view, view.tables.files)
      row.value[70] ^= 4
      try rows.put(view.tables.files, row.key, row.value)
    },
    Plant("a batch that does not decode", seenIn: "changes") { rows, view in
      try rows.put(view.tables.changes, Key.bigEndian(UInt64(4)), Seal.closed([1, 9, 9]))
    },
    Plant("a batch from the future", seenIn: "changes") { rows, view in
      try rows.put(view.tables.changes, Key.bigEndian(UInt64(400)), Seal.closed(ChangesCodec.encode([])))
    },
    Plant("no history", seenIn: "changes") { rows, view in
      #expect(mdb_drop(view.transaction, view.tables.changes, 0) == 0)
    },
    Plant("a file added of which there is nothing", seenIn: "changes") { rows, view in
      let change = FileChange(.added, TreePath("unheard-of.c"), language: LanguageID(rawValue: 0))
      try rows.put(view.tables.changes, Key.bigEndian(UInt64(7)), Seal.closed(ChangesCodec.encode([change])))
    },
    Plant("a file removed that is there", seenIn: "changes") { rows, view in
      let change = FileChange(.removed, Tree.path(0), language: LanguageID(rawValue: 0))
      try rows.put(view.tables.changes, Key.bigEndian(UInt64(7)), Seal.closed(ChangesCodec.encode([change])))
    },
    Plant("a row of meta that nobody wrote", seenIn: "meta") { rows, _ in try rows.putMeta("odd", [1]) },
    Plant("no languages", seenIn: "meta") { rows, view in
      try rows.delete(view.tables.meta, Array(Meta.languages.utf8))
    },
    Plant("a root that is none", seenIn: "meta") { rows, _ in try rows.putMeta(Meta.root, Array("tree".utf8)) },
    Plant("the generation cut off", seenIn: "meta") { rows, _ in try rows.putMeta(Meta.generation, [1, 2]) },
  ]

  @Test(arguments: plants) func findsWhatWasPlanted(_ plant: Plant) throws {
    let scratch = try store()
    do {
      let lease = try EnvironmentLease(scratch.environment, .write(mapSize: 1 << 20))
      var transaction = try WriteTransaction(lease)
      var rows = TableWriter(transaction.view, [])
      try plant.act(&rows, transaction.view)
      try transaction.commit()
    }
    let found = try faults(scratch)
    #expect(found.contains { $0.table == plant.table }, "\(found)")
    #expect(!found.contains { $0.description.contains("\n") })
  }

  /// Pages that hold nothing but zeroes are found, be they LMDB's own or the inside of a long value, but for free ones.
  @Test func zeroedPagesAreFound() throws {
    let scratch = try store()
    let whole = try Data(contentsOf: URL(fileURLWithPath: scratch.dataFile))
    let free = try PageAudit.unusedPages(of: scratch.environment)
    var missed = 0
    for page in 2..<(whole.count / 4096) {
      let file = try FileHandle(forUpdating: URL(fileURLWithPath: scratch.dataFile))
      try file.seek(toOffset: UInt64(page * 4096))
      try file.write(contentsOf: Data(repeating: 0, count: 4096))
      if try faults(scratch).isEmpty { missed += 1 }
      try file.seek(toOffset: UInt64(page * 4096))
      try file.write(contentsOf: whole[(page * 4096)..<((page + 1) * 4096)])
      try file.close()
    }
    #expect(missed <= free && whole.count / 4096 - missed > 20, "\(missed) of \(whole.count / 4096), \(free) free")
  }
}

extension FileUpdate {
  /// With a record that counts what the facts hold.
  fileprivate var described: FileUpdate {
    guard case .replace(let path, var record, let facts, let delta, let names) = self else { return self }
    record.describe(facts)
    return .replace(path: path, record: record, facts: facts, delta: delta, oldNames: names)
  }
}
