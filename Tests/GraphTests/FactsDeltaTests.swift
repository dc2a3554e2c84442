import Graph
import TestSupport
import Testing

/// Facts written as lines: `function f`, `  method m` (two spaces a level of nesting), `> calls g` for an edge from the
/// entity above, `> references T q` with a qualifier; `!` behind an entity stands for a changed body.
func facts(_ lines: String) -> FileFacts {
  var facts = FileFacts()
  var enclosing: [EntityIndex] = []
  for (row, line) in lines.split(separator: "\n").enumerated() {
    let depth = line.prefix { $0 == " " }.count / 2
    let words = line.split(separator: " ")
    let place = Position(row: UInt32(row), column: UInt32(depth))
    enclosing = Array(enclosing.prefix(depth))
    if words[0] == ">" {
      facts.edges.append(
        Edge(
          kind: words[1] == "calls" ? .calls : .references, from: enclosing.last ?? Entity.noParent,
          name: facts.names.intern(String(words[2])),
          qualifier: words.count > 3 ? facts.names.intern(String(words[3])) : .none, position: place))
      continue
    }
    let name = facts.names.intern(String(words[1]))
    facts.entities.append(
      Entity(
        kind: EntityKind(name: words[0])!, name: name, signature: name, parent: enclosing.last ?? Entity.noParent,
        span: Span(start: place, end: place), digest: words.count > 2 ? 1 : 0))
    enclosing.append(EntityIndex(facts.entities.count - 1))
  }
  return facts
}

struct DeltaCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let old: String
  let new: String
  var added: [String] = []
  var changed: [String] = []
  var removed: [String] = []
  var mentionsAdded: Set<String> = []
  var mentionsRemoved: Set<String> = []
  var edges = (added: 0, removed: 0)
}

@Suite struct FactsDeltaTests {
  static let cases = [
    DeltaCase(testDescription: "nothing changed", old: "function f\n  > calls g", new: "function f\n  > calls g"),
    DeltaCase(
      testDescription: "inserted at the top", old: "function f\n  > calls g\nfunction h\n  > calls g",
      new: "function e\n  > calls g\nfunction f\n  > calls g\nfunction h\n  > calls g", added: ["e"],
      mentionsAdded: ["g"], edges: (1, 0)),
    DeltaCase(
      testDescription: "removed in the middle", old: "function a\nfunction b\n  > calls x\nfunction c",
      new: "function a\nfunction c", removed: ["b"], mentionsRemoved: ["x"], edges: (0, 1)),
    DeltaCase(
      testDescription: "two names gone at once are both gone", old: "function f\n  > calls x\n  > calls y",
      new: "function f", mentionsRemoved: ["x", "y"], edges: (0, 2)),
    DeltaCase(
      testDescription: "renamed with its children", old: "class A\n  method m\n    > calls x",
      new: "class B\n  method m\n    > calls x", added: ["B", "m"], removed: ["A", "m"], mentionsAdded: ["x"],
      mentionsRemoved: ["x"], edges: (1, 1)),
    DeltaCase(
      testDescription: "one of two calls of a name goes", old: "function f\n  > calls g\n  > calls h\n  > calls g",
      new: "function f\n  > calls g\n  > calls h", edges: (0, 1)),
    DeltaCase(
      testDescription: "a body changes", old: "function f\nfunction g", new: "function f !\nfunction g", changed: ["f"]),
    DeltaCase(
      testDescription: "a qualifier changes", old: "function f\n  > calls g a", new: "function f\n  > calls g b",
      edges: (1, 1)),
    DeltaCase(
      testDescription: "entities of one name", old: "function f\nfunction f\nfunction f",
      new: "function f\nfunction f", removed: ["f"]),
    DeltaCase(
      testDescription: "a kind changes", old: "function f", new: "macro f", added: ["f"], removed: ["f"]),
    DeltaCase(
      testDescription: "moved out of its class", old: "class A\n  method m\nfunction z",
      new: "class A\nmethod m\nfunction z", added: ["m"], removed: ["m"]),
    DeltaCase(
      testDescription: "moved to the end with its children", old: "class A\n  method m\nclass B\n  method n",
      new: "class B\n  method n\nclass A\n  method m"),
    DeltaCase(
      testDescription: "all new", old: "", new: "function f\n> calls f", added: ["f"], mentionsAdded: ["f"],
      edges: (1, 0)),
    DeltaCase(
      testDescription: "all gone", old: "function f\n> calls f", new: "", removed: ["f"], mentionsRemoved: ["f"],
      edges: (0, 1)),
  ]

  @Test(arguments: cases)
  func saysWhatChanged(_ testCase: DeltaCase) {
    var old = facts(testCase.old)
    _ = FactsDelta(from: FileFacts(), to: &old)
    var new = facts(testCase.new)
    let delta = FactsDelta(from: old, to: &new)
    func names(_ entities: [EntityIndex], _ facts: FileFacts) -> [String] {
      entities.map { facts.names.string(facts.entities[Int($0)].name) }
    }
    #expect(names(delta.addedEntities, new) == testCase.added)
    #expect(names(delta.changedEntities, new) == testCase.changed)
    #expect(names(delta.removedEntities, old) == testCase.removed)
    #expect(Set(delta.addedMentions.map { new.names.string($0.name) }) == testCase.mentionsAdded)
    #expect(Set(delta.removedMentions.map { old.names.string($0.name) }) == testCase.mentionsRemoved)
    #expect(delta.addedEdges.count == testCase.edges.added && delta.removedEdges.count == testCase.edges.removed)
    #expect(Set(new.entities.map(\.local)).count == new.entities.count)
  }

  /// Applying the delta to the rows of the old facts gives those of the new, whatever the two are.
  @Test(arguments: 0..<200)
  func rowsFollowRandomChanges(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var old = FileFacts()
    for _ in 0..<6 {
      var new = facts(randomFacts(&random))
      let delta = FactsDelta(from: old, to: &new)
      var rows = definitions(old).union(mentions(old))
      for row in delta.removedDefinitions {
        #expect(rows.remove(Row(old.names.string(row.name), row.local, row.kind.name)) != nil)
      }
      for row in delta.removedMentions {
        #expect(rows.remove(Row(old.names.string(row.name), row.from, row.kind.name)) != nil)
      }
      for row in delta.addedDefinitions {
        #expect(rows.insert(Row(new.names.string(row.name), row.local, row.kind.name)).inserted)
      }
      for row in delta.addedMentions {
        #expect(rows.insert(Row(new.names.string(row.name), row.from, row.kind.name)).inserted)
      }
      #expect(rows == definitions(new).union(mentions(new)))
      old = new
    }
  }

  private struct Row: Hashable {
    let name: String
    let local: LocalID
    let kind: String
    init(_ name: String, _ local: LocalID, _ kind: String) {
      self.name = name
      self.local = local
      self.kind = kind
    }
  }

  private func definitions(_ facts: FileFacts) -> Set<Row> {
    Set(facts.entities.map { Row(facts.names.string($0.name), $0.local, $0.kind.name) })
  }

  private func mentions(_ facts: FileFacts) -> Set<Row> {
    Set(
      facts.edges.map { FactsDelta.Mention($0, in: facts) }.map {
        Row(facts.names.string($0.name), $0.from, $0.kind.name)
      })
  }
}

/// Lines for ``facts(_:)``.
func randomFacts(_ random: inout SeededGenerator) -> String {
  var depth = 0
  return (0..<Int.random(in: 0...14, using: &random)).map { _ in
    depth = Int.random(in: 0...depth, using: &random)
    let indent = String(repeating: "  ", count: depth)
    let name = ["a", "b", "c", "d"].randomElement(using: &random)!
    if Bool.random(using: &random) {
      return "\(indent)> \(Bool.random(using: &random) ? "calls" : "references") \(name)"
    }
    depth += 1
    let mark = Int.random(in: 0..<4, using: &random) == 0 ? " !" : ""
    return "\(indent)\(["function", "class"].randomElement(using: &random)!) \(name)\(mark)"
  }.joined(separator: "\n")
}
