import Graph
import Testing

@Suite struct NamingTests {
  private let language = LanguageTraits(name: "rust", separator: "::", transparent: [.enum])

  private func entity(_ kind: EntityKind, _ name: NameID, in parent: EntityIndex = Entity.noParent) -> Entity {
    let place = Position(row: 0, column: 0)
    return Entity(kind: kind, name: name, signature: name, parent: parent, span: Span(start: place, end: place))
  }

  @Test func idsAreMadeOfScopesAndCountEqualNames() {
    var facts = FileFacts()
    let (a, b) = (facts.names.intern("a"), facts.names.intern("b:%\u{1}"))
    facts.entities = [
      entity(.module, a), entity(.function, b, in: 0), entity(.function, b, in: 0), entity(.enum, a),
      entity(.enumMember, a, in: 3), entity(.function, b, in: 0),
    ]
    let naming = EntityNaming(facts, path: TreePath("src/x:y.rs"), language: language)
    #expect(
      (0..<6).map { naming.id($0) } == [
        "rust:module:src/x%3Ay.rs:a", "rust:function:src/x%3Ay.rs:a::b%3A%25%01",
        "rust:function:src/x%3Ay.rs:a::b%3A%25%01~2", "rust:enum:src/x%3Ay.rs:a",
        "rust:enum_member:src/x%3Ay.rs:a", "rust:function:src/x%3Ay.rs:a::b%3A%25%01~3",
      ])
  }

  @Test(arguments: [
    ("plain", "plain"), ("caf\u{E9}", "café"), ("a\u{1B}[31mb", "a%1B[31mb"), ("tab\t", "tab%09"),
    ("\u{9B}x", "%C2%9Bx"), ("a\u{202E}b\u{2066}", "a%E2%80%AEb%E2%81%A6"),
    ("a:b%c", "a:b%c"),
  ])
  func printableTextCannotSteerATerminal(_ text: String, _ expected: String) {
    #expect(Escaping.printable(Array(text.utf8)) == expected)
  }

  @Test func bytesThatAreNotUTF8StayTold() {
    #expect(Escaping.printable([0x61, 0xFF, 0xC3, 0x62]) == "a%FF%C3b")
    #expect(Escaping.printable([0xE9]) != Escaping.printable([0xE8]))
  }

  @Test func namesAreHeldOnce() {
    var table = NameTable()
    let words = (0..<5000).map { "name\($0 % 1000)" }
    let ids = words.map { table.intern($0) }
    #expect(table.count == 1000)
    #expect(zip(words, ids).allSatisfy { table.string($1) == $0 })
    #expect(table.intern("") != table.intern("\0"))
    var copy = NameTable(bytes: table.bytes, ends: table.ends)
    copy.index()
    #expect(Array("name7".utf8).withUnsafeBytes { copy.id(of: $0) } == table.intern("name7"))
  }

  @Test func pathsAreOfWholeComponents() {
    let path = TreePath("a/bc/d")
    #expect(path.isWithin(TreePath("a/bc")) && path.isWithin(.root) && path.isWithin(path))
    #expect(!path.isWithin(TreePath("a/b")) && !TreePath("a").isWithin(path))
    #expect(path.parent == TreePath("a/bc") && path.name.elementsEqual("d".utf8))
    #expect(TreePath.root.appending("x".utf8).appending("y".utf8) == TreePath("x/y"))
  }
}

@Suite struct JSONLineTests {
  @Test func textIsEscapedAndKeysKeepTheirOrder() {
    var line = JSONLine()
    line.begin()
    line.key("b")
    line.value("quote \" back \\ line\n" as String)
    line.key("a")
    line.beginArray()
    line.value(1)
    line.value(true)
    line.null()
    line.endArray()
    line.key("c")
    line.value(-1.5)
    line.key("d")
    line.value([0x61, 0xFF] as [UInt8])
    line.end()
    line.endLine()
    #expect(
      String(decoding: line.bytes, as: UTF8.self)
        == #"{"b":"quote \" back \\ line\u000a","a":[1,true,null],"c":-1.500,"d":"a%FF"}"# + "\n")
  }

  @Test(arguments: 1...20)
  func whatHasToBeEscapedIsSeenWhereverItStands(_ length: Int) {
    let special: [(byte: UInt8, json: String)] = [
      (0x00, "%00"), (0x1F, "%1F"), (0x22, "\\\""), (0x5C, "\\\\"), (0x7F, "%7F"), (0x80, "%80"), (0xFF, "%FF"),
      (0x20, " "), (0x7E, "~"), (0x25, "%"), (0x3A, ":"),
    ]
    for (byte, json) in special {
      for place in 0..<length {
        var text = [UInt8](repeating: 0x61, count: length)
        text[place] = byte
        var line = JSONLine()
        line.value(text)
        let around = [String(repeating: "a", count: place), String(repeating: "a", count: length - place - 1)]
        #expect(String(decoding: line.bytes, as: UTF8.self) == "\"\(around[0])\(json)\(around[1])\"")
        #expect(Escaping.isPlainInID(text[...]) == [0x22, 0x5C, 0x20, 0x7E].contains(byte), "\(byte)")
      }
    }
  }

  @Test func numbersAreWrittenInFull() {
    var line = JSONLine()
    line.beginArray()
    for _ in 0..<100 {
      line.value(Int64.min)
      line.value(UInt64.max)
    }
    for number in [0, 9, 10, -1, 4_294_967_296] { line.value(number) }
    line.endArray()
    let expected = Array(repeating: "-9223372036854775808,18446744073709551615", count: 100) + ["0,9,10,-1,4294967296"]
    #expect(String(decoding: line.bytes, as: UTF8.self) == "[\(expected.joined(separator: ","))]")
  }
}
