import Graph
import TestSupport
import Testing

@Suite struct ChangeDetailsTests {
  private let language = LanguageTraits(name: "x", separator: ".")

  private func details(_ old: String, _ new: String, room: Int = 1 << 20) -> ChangeDetails? {
    var old = facts(old)
    _ = FactsDelta(from: FileFacts(), to: &old)
    var new = facts(new)
    let delta = FactsDelta(from: old, to: &new)
    var room = room
    return ChangeDetails(from: old, to: new, delta, language: language, room: &room)
  }

  private func text(_ details: ChangeDetails?) -> [String] {
    guard let details else { return ["too much"] }
    return details.entities.map { "\($0.change) \($0.entity.kind.name) \($0.entity.text)" }
      + details.edges.map { change in
        let name = String(decoding: change.edge.name, as: UTF8.self)
        return "\(change.count) \(change.edge.kind.name) \(change.edge.from?.text ?? "file") \(name)"
      }
  }

  @Test(
    arguments: [
      ("", "function f\n  > calls g", ["added function f", "1 calls f g"]),
      ("class A\n  method m", "class A\n  method m !", ["changed method A.m"]),
      ("class A\n  method m\n    > calls x\n    > calls x", "class A\n  method m", ["-2 calls A.m x"]),
      // The second takes over the id of the first that goes, and with it what is to be said of it.
      (
        "function f\n  > calls a\nfunction f !\n  > calls b", "function f !\n  > calls b",
        ["changed function f", "removed function f~2", "-1 calls f a", "-1 calls f~2 b", "1 calls f b"]
      ),
      (
        "function f !\nfunction g", "function f\nfunction f !\nfunction g",
        ["changed function f", "added function f~2"]
      ),
      ("function f\nfunction f", "function f", ["removed function f~2"]),
      ("> calls a", "> calls b", ["-1 calls file a", "1 calls file b"]),
      ("function f", "function f", []),
    ] as [(String, String, [String])])
  func saysWhatChangedById(_ old: String, _ new: String, _ expected: [String]) {
    #expect(text(details(old, new)).sorted() == expected.sorted())
  }

  /// Applied to the old ids and edges they give the new ones, and what they do not name is as it was.
  @Test(arguments: 0..<300)
  func leadFromOneVersionToTheNext(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var old = FileFacts()
    for _ in 0..<5 {
      var new = facts(randomFacts(&random))
      let delta = FactsDelta(from: old, to: &new)
      var room = 1 << 20
      let details = try #require(ChangeDetails(from: old, to: new, delta, language: language, room: &room))
      var entities = self.entities(old)
      let after = self.entities(new)
      for change in details.entities {
        let id = change.entity.id(path: TreePath("p"), language: language)
        switch change.change {
        case .added: #expect(entities.updateValue(after[id]!, forKey: id) == nil)
        case .changed:
          let before = entities.updateValue(after[id]!, forKey: id)
          #expect(before != nil && before != after[id])
        case .removed: #expect(entities.removeValue(forKey: id) != nil)
        }
      }
      #expect(entities == after)
      var edges = self.edges(old)
      for change in details.edges { edges[describe(change.edge), default: 0] += change.count }
      #expect(edges.filter { $0.value != 0 } == self.edges(new))
      old = new
    }
  }

  @Test func whatTakesTooMuchRoomIsLeftOut() {
    let many = (0..<100).map { "function name_\($0)\n  > calls other_\($0)" }.joined(separator: "\n")
    #expect(details("", many, room: 1000) == nil)
    #expect(details(many, "", room: 1000) == nil)
    #expect(details(many, many + "\nfunction one_more", room: 1000) != nil)
    var (none, some) = (FileFacts(), facts(many))
    let delta = FactsDelta(from: none, to: &some)
    var room = 10_000
    none = FileFacts()
    #expect(ChangeDetails(from: none, to: some, delta, language: language, room: &room) != nil)
    #expect((1_000..<9_000).contains(room))
  }

  private func entities(_ facts: FileFacts) -> [String: String] {
    let naming = EntityNaming(facts, path: TreePath("p"), language: language)
    return Dictionary(
      uniqueKeysWithValues: facts.entities.enumerated().map { index, entity in
        (naming.id(EntityIndex(index)), "\(entity.digest) \(facts.names.string(entity.signature))")
      })
  }

  private func edges(_ facts: FileFacts) -> [String: Int] {
    let naming = EntityNaming(facts, path: TreePath("p"), language: language)
    var edges: [String: Int] = [:]
    for edge in facts.edges {
      let from = edge.from == Entity.noParent ? "file" : naming.id(edge.from)
      edges["\(from) \(edge.kind) \(facts.names.string(edge.name))", default: 0] += 1
    }
    return edges
  }

  private func describe(_ edge: ChangeDetails.EdgeValue) -> String {
    let from = edge.from?.id(path: TreePath("p"), language: language) ?? "file"
    return "\(from) \(edge.kind) \(String(decoding: edge.name, as: UTF8.self))"
  }
}
