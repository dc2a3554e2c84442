import Foundation
import Graph
import Syntax
import Testing

/// What is written down of types and of numbers of arguments, by rules made for the purpose.
struct TypeCaptureTests {
  private static let tags = """
    (module) @container
    (function_definition name: (identifier) @name parameters: (_) @parameters return_type: (_)? @type) @definition.function
    (function_definition) @local.scope
    (list_splat_pattern) @count.rest
    (keyword_separator) @count.none
    (module (expression_statement (assignment left: (identifier) @name right: (_) @value) @definition.variable))
    (typed_parameter . (identifier) @local.definition type: (_) @type)
    (parameters (identifier) @local.definition)
    (assignment left: (identifier) @local.definition right: (_) @value)
    (call function: (identifier) @name arguments: (_) @arguments) @reference.call
    (call function: (attribute object: (_) @qualifier attribute: (identifier) @name) arguments: (_) @arguments) @reference.call
    (list_splat) @count.rest
    """

  private func facts(_ text: String, tags: String = Self.tags, manifest: String = "") throws -> FileFacts {
    let folder = FileManager.default.temporaryDirectory.appending(path: "types-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let language = folder.appending(path: "mine")
    try FileManager.default.createDirectory(at: language, withIntermediateDirectories: true)
    let described = #"{"name":"mine","grammar":"python","suffixes":[".mine"],"separator":"."\#(manifest)}"#
    try Data(described.utf8).write(to: language.appending(path: "language.json"))
    try Data(tags.utf8).write(to: language.appending(path: "tags.scm"))
    let catalog = try LanguageCatalog(directories: [folder.path], grammars: Environment.grammars)
    let bytes = Array(text.utf8)
    var extract = try Extract(TreePath("a.mine"), bytes, catalog: catalog)
    return extract.facts(extract.extraction(try extract.parse(bytes), bytes), bytes)
  }

  @Test(arguments: [
    ("def f(): pass", 0, 0), ("def f(a, b): pass", 2, 2), ("def f(a, b=1): pass", 1, 2),
    ("def f(a, *rest): pass", 1, 255), ("def f(a, *, b=2): pass", 1, 2), ("def f(a: int, # why\n  b): pass", 2, 2),
  ])
  func parametersAreCounted(_ text: String, _ least: UInt8, _ most: UInt8) throws {
    #expect(try facts(text).entities.map(\.parameters) == [ParameterCount(least: least, most: most)])
  }

  @Test(arguments: [("f()", 0), ("f(1, g)", 2), ("f(1, *more)", 255), ("f(k=1)", 1)])
  func argumentsAreCounted(_ text: String, _ count: UInt8) throws {
    #expect(try facts(text).edges.map(\.arguments) == [count])
  }

  @Test(arguments: [
    ("def f() -> Store: pass", "Store"), ("def f() -> a . Store: pass", "a.Store"), ("def f(): pass", nil),
    ("x = make( 1 )", "=make(1)"), ("x = \(String(repeating: "y", count: 161))", nil),
    (
      "x = a.make(\"\(String(repeating: "y", count: 80))) \\\" (\", ')', [b]).then( 2 ).end( )",
      "=a.make(…).then(…).end()"
    ),
    ("x = \"\(String(repeating: "y", count: 80))\".make('a')", nil),
  ])
  func typesAreKeptAsWritten(_ text: String, _ type: String?) throws {
    let facts = try facts(text)
    #expect(facts.entities.map { $0.type == .none ? nil : facts.names.string($0.type) } == [type])
  }

  /// In order of the calls that have a qualifier: what is said of the local that it begins with, nil if it begins with none.
  @Test(arguments: [
    ("def f(a: Store): a.open()", ["Store"]), ("def f(a: Store): a.b.open()", ["Store"]),
    ("def f(a): a.open()", [""]), ("def f(): a.open()", [nil]), ("a.open()", [nil]),
    ("def f():\n a = Store(1)\n a.open()", ["=Store(1)"]),
    ("def f():\n a.open()\n a = Store()", ["=Store()"]),
    ("def f(a: Outer):\n def g(a: Inner): a.open()\n a.open()", ["Inner", "Outer"]),
    ("def f():\n def g(): a.open()\n a = Store()", ["=Store()"]),
    ("def f(a: A):\n (a).open()\n b.open()", ["A", nil]),
  ])
  func receiversAreTold(_ text: String, _ receivers: [String?]) throws {
    let facts = try facts(text)
    let found = facts.edges.filter { $0.qualifier != .none }
      .map { $0.receiver == .none ? nil : facts.names.string($0.receiver) }
    #expect(found == receivers)
  }

  @Test(arguments: [("", 1), (#","localsHideCalls":false"#, 2)])
  func localsHideCallsUnlessTheLanguageSaysNo(_ manifest: String, _ calls: Int) throws {
    let facts = try facts("def f(g):\n g()\n\ng()", manifest: manifest)
    #expect(facts.edges.filter { $0.kind == .calls }.count == calls)
  }

  @Test func aCommandMeansNoLocal() throws {
    let tags = Self.tags.replacing("@arguments) @reference.call", with: "@arguments) @reference.send")
    let text = "def f(g):\n g(1)\n h(2)\n h = 3"
    #expect(try facts(text).edges.isEmpty)
    #expect(try facts(text, tags: tags).edges.map(\.receiver) == [.none, .none])
  }

  @Test(arguments: [
    (#"(string) @definition.test"#, #"'two words'"#, "two words"), (#"(string) @definition.test"#, #"''"#, "''"),
    (#"(identifier) @definition.test"#, "plain", "plain"),
  ])
  func namesAreWithoutTheirQuotes(_ tags: String, _ text: String, _ name: String) throws {
    let facts = try facts(text, tags: tags)
    #expect(facts.entities.map { facts.names.string($0.name) } == [name])
  }

  @Test func aMarkBeforeANameIsNoneOfIt() throws {
    let facts = try facts(
      "def f(*rest): pass", tags: "(list_splat_pattern) @definition.test", manifest: #","nameMark":"*""#)
    #expect(facts.entities.map { facts.names.string($0.name) } == ["rest"])
  }

  @Test func signaturesHaveNoComments() throws {
    let facts = try facts("def f(a): # about it\n  pass")
    #expect(facts.entities.map { facts.names.string($0.signature) } == ["def f(a)"])
  }

  @Test(arguments: [
    ("(list_splat (identifier)) @count.rest", "@count speaks of all nodes of a type"),
    ("(call) @count.many", "no way to count many"),
  ])
  func countsSpeakOfTypesOfNodes(_ tags: String, _ message: String) throws {
    let error = #expect(throws: LanguageError.self) { try self.facts("f()", tags: tags) }
    #expect("\(error!)".contains(message))
  }
}
