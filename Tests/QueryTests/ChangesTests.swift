import Foundation
import Graph
import Query
import Store
import Testing

/// A batch written as lines: `added a`, `removed a`, `modified a`, `renamed a b`; behind them, indented, what came, changed
/// and went of its entities (`+ f`, `~ f`, `- f`) and edges (`+ f > g`, `- f > g`); `…` for a file of which only numbers
/// were kept.
private func batch(_ lines: String) -> [FileChange] {
  var changes: [FileChange] = []
  for line in lines.split(separator: "\n") {
    let words = line.split(separator: " ").map(String.init)
    let kinds: [String: FileChange.Kind] = [
      "added": .added, "modified": .modified, "removed": .removed, "renamed": .renamed,
    ]
    if let kind = kinds[words[0]] {
      let path = TreePath(words.last!)
      changes.append(
        FileChange(
          kind, path, from: kind == .renamed ? TreePath(words[1]) : nil, language: LanguageID(rawValue: 0),
          counts: FileChange.Counts(entitiesAdded: kind == .renamed ? 0 : 7)))
      continue
    }
    let last = changes.count - 1
    let entity = words.count > 1 ? EntityTail(kind: .function, text: words[1]) : nil
    switch (words[0], words.count) {
    case ("…", _): changes[last].details = nil
    case (_, 4):
      let edge = ChangeDetails.EdgeValue(kind: .calls, from: entity, name: Array(words[3].utf8))
      changes[last].details!.edges.append(.init(edge, count: words[0] == "+" ? 1 : -1))
    default:
      let change: ChangeDetails.Change = words[0] == "+" ? .added : words[0] == "~" ? .changed : .removed
      changes[last].details!.entities.append(.init(change, entity!))
    }
  }
  return changes
}

private func text(_ files: [ChangedFile]) -> [String] {
  files.flatMap { file in
    let from = file.origin.map { "\($0) " } ?? ""
    return ["\(file.kind) \(from)\(file.path)\(file.isComplete ? "" : " … \(file.counts.entitiesAdded)")"]
      + file.entities.map { "\($0.change) \($0.id)" }
      + file.edges.map { "\($0.count) \($0.from!) > \(String(decoding: $0.name, as: UTF8.self))" }
  }
}

struct FoldCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let batches: [String]
  let expected: [String]
}

@Suite struct ChangesTests {
  static let cases = [
    FoldCase(
      testDescription: "an entity added and changed is added; one added and removed is none",
      batches: ["modified a\n+ f\n+ g\n~ h", "modified a\n~ f\n- g\n- h"],
      expected: ["modified a", "added x:function:a:f", "removed x:function:a:h"]),
    FoldCase(
      testDescription: "one that goes and comes again is changed",
      batches: ["modified a\n- f\n- f > g", "modified a\n+ f\n+ f > g\n+ f > g"],
      expected: ["modified a", "changed x:function:a:f", "1 x:function:a:f > g"]),
    FoldCase(testDescription: "a file that comes and goes", batches: ["added a\n+ f", "removed a\n- f"], expected: []),
    FoldCase(
      testDescription: "a file that goes and comes again", batches: ["removed a\n- f\n- g", "added a\n+ g"],
      expected: ["modified a", "removed x:function:a:f", "changed x:function:a:g"]),
    FoldCase(
      testDescription: "a renamed file with an edit: what went has its old id",
      batches: ["renamed a b", "modified b\n- f\n+ g\n- f > x\n+ g > x"],
      expected: [
        "renamed a b", "removed x:function:a:f", "added x:function:b:g", "-1 x:function:a:f > x",
        "1 x:function:b:g > x",
      ]),
    FoldCase(testDescription: "there and back", batches: ["renamed a b", "renamed b a"], expected: []),
    FoldCase(testDescription: "renamed twice", batches: ["renamed a b", "renamed b c"], expected: ["renamed a c"]),
    FoldCase(
      testDescription: "two change places", batches: ["renamed a b\nrenamed b a"],
      expected: ["renamed b a", "renamed a b"]),
    FoldCase(
      testDescription: "a chain, and a new file at its start", batches: ["renamed a b\nrenamed b c\nadded a\n+ f"],
      expected: ["renamed a b", "renamed b c", "added a", "added x:function:a:f"]),
    FoldCase(
      testDescription: "renamed to where another was", batches: ["removed b\n- f", "renamed a b"],
      expected: ["removed b", "removed x:function:b:f", "renamed a b"]),
    FoldCase(
      testDescription: "renamed, then removed", batches: ["renamed a b", "removed b\n- f"],
      expected: ["removed a", "removed x:function:a:f"]),
    FoldCase(
      testDescription: "new, then renamed", batches: ["added a\n+ f", "renamed a b"],
      expected: ["added b", "added x:function:b:f"]),
    FoldCase(
      testDescription: "too much to be listed", batches: ["modified a\n+ f", "modified a\n…"],
      expected: ["modified a … 14"]),
    FoldCase(
      testDescription: "edges that come and go", batches: ["modified a\n+ f > x\n- f > y", "modified a\n- f > x"],
      expected: ["modified a", "-1 x:function:a:f > y"]),
  ]

  @Test(arguments: cases)
  func batchesAreFolded(_ testCase: FoldCase) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("changes-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let directory = StoreDirectory(path: path)
    try directory.create()
    let identity = StoreIdentity(
      root: Array("/tree".utf8), fingerprint: 1, languages: [LanguageTraits(name: "x", separator: ".")])
    _ = try BulkLoader(directory, identity: identity).finish()
    guard case .opened(let store) = try GraphStore.open(directory, identity: identity) else {
      throw StoreError.noStore(path: path)
    }
    for lines in testCase.batches { _ = try store.commit([.remove(path: TreePath("none"))], changes: batch(lines)) }
    let query = GraphQuery(try GraphReader(directory).snapshot())
    guard case .known(let files) = try query.changes(since: 1) else { throw StoreError.noStore(path: path) }
    #expect(text(files) == testCase.expected)
    guard case .known(let none) = try query.changes(since: store.generation) else {
      throw StoreError.noStore(path: path)
    }
    #expect(none.isEmpty)
  }
}
