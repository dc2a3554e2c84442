import Foundation
import Graph
import Incremental
import Store
import Testing

/// What the reindexer's batches leave in the history.
@Suite struct ReindexerHistoryTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  private func history(since generation: UInt64 = 1) throws -> [[FileChange]] {
    guard case .known(let batches) = try GraphReader(workspace.directory).snapshot().changes(since: generation) else {
      throw StoreError.inconsistent("the history is not known")
    }
    return batches
  }

  @Test func aLargeBatchKeepsNumbersWhereThereIsNoRoom() throws {
    func text(_ name: String) -> String {
      (0..<20).map { "def \(name)_with_a_rather_long_name_\($0)(a):\n    return g_\($0)(a)\n" }.joined()
    }
    for index in 0..<200 { try workspace.write(text("old"), to: "f\(index).py") }
    try workspace.write("def small(): pass\n", to: "z.py")
    try workspace.ingest()
    let reindexer = try workspace.reindexer()
    for index in 0..<200 { try workspace.write(text("new"), to: "f\(index).py") }
    try workspace.write("def other(): pass\n", to: "z.py")
    let report = try #require(try reindexer.lookEverywhere(workspace).first)
    let batch = try #require(try history().first)
    #expect(batch.count == 201)
    #expect(batch.map(\.counts.entitiesAdded).reduce(0, +) == report.entitiesAdded)
    #expect(batch.map(\.counts.edgesRemoved).reduce(0, +) == report.edgesRemoved - report.entitiesRemoved)
    let kept = batch.compactMap(\.details)
    #expect((20..<150).contains(kept.count))
    let size = kept.map(\.size).reduce(0, +)
    #expect((100_000...140_000).contains(size))
    // What is small finds room behind what does not.
    #expect(batch.last?.details?.entities.map(\.entity.text) == ["other", "small"])
  }

  @Test func aFileInAnotherLanguageIsAnotherFile() throws {
    try workspace.write("#!/usr/bin/env python3\ndef f(): pass\n", to: "tool")
    try workspace.ingest()
    let reindexer = try workspace.reindexer()
    try workspace.write("#!/usr/bin/env rust-script\nfn f() {}\n", to: "tool")
    _ = try reindexer.look("tool")
    let batch = try #require(try history().first)
    #expect(batch.map(\.kind) == [.removed, .added])
    #expect(batch.map { workspace.identity.languages[Int($0.language.rawValue)].name } == ["python", "rust"])
    #expect(batch.map { $0.details?.entities.map(\.change) } == [[.removed], [.added]])
    #expect(try workspace.dump() == workspace.fullDump())
  }

  @Test func whatOnlyHasNewTimesLeavesNothing() throws {
    try workspace.write("def f(): pass\n", to: "a.py")
    try workspace.ingest()
    let reindexer = try workspace.reindexer()
    try workspace.write("def f(): pass\n", to: "a.py")
    _ = try reindexer.look("a.py")
    #expect(try history().isEmpty)
  }
}

extension ChangeDetails {
  /// Bytes of its texts, about.
  fileprivate var size: Int {
    entities.reduce(0) { $0 + $1.entity.text.utf8.count + 4 } + edges.reduce(0) { $0 + $1.edge.name.count + 6 }
  }
}
