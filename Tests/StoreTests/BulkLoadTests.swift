import Graph
import Testing

@testable import Store

@Suite struct BulkLoadTests {
  @Test func storeSaysWhatWasLoaded() throws {
    let scratch = try Scratch()
    var random = Seeded(1)
    let tree = Tree.random(&random, files: 60)
    let report = try tree.load(scratch.directory)
    let snapshot = try GraphReader(scratch.directory).snapshot()
    #expect(report.generation == 1)
    #expect(snapshot.generation == 1)
    #expect(snapshot.root == identity.root)
    #expect(snapshot.languages == identity.languages)
    let contents = try Contents(snapshot)
    let expected = tree.expected()
    #expect(contents.definitions == expected.definitions)
    #expect(contents.mentions == expected.mentions)
    #expect(contents.files == tree.keys.sorted().map { "\($0) \(tree[$0]!.record) \(tree[$0]!.facts.described)" })
    #expect(contents.names == expected.definitions.map { "\($0.key) \($0.value.count)" }.sorted())
    #expect(contents.rows.definitions == expected.definitions.values.reduce(0) { $0 + $1.count })
    #expect(snapshot.storeBytes == report.storeBytes)
  }
}
