import Foundation
import Graph
import Syntax
import Testing

/// Languages as users write them.
@Suite final class LanguageTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "ptwatch-\(ProcessInfo.processInfo.globallyUniqueString)")

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func write(_ manifest: String, _ tags: String, language: String = "mine") throws {
    let place = folder.appending(path: language)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try Data(manifest.utf8).write(to: place.appending(path: "language.json"))
    try Data(tags.utf8).write(to: place.appending(path: "tags.scm"))
  }

  private func load() throws -> LanguageCatalog {
    try LanguageCatalog(directories: [folder.path], grammars: Environment.grammars)
  }

  /// Loads all that is loaded when the first file of a language comes.
  private func use() throws { for language in try load().languages { _ = try language.grammar } }

  private static let manifest = """
    {"name": "mine", "grammar": "python", "separator": ".", "suffixes": [".mine", ".long.mine"],
     "filenames": ["Minefile"], "shebangs": ["mine", "mine3"]}
    """

  @Test func aFolderIsALanguage() throws {
    try write(Self.manifest, "(function_definition name: (identifier) @name) @definition.function")
    let text = Array("def f(): pass\n".utf8)
    var extract = try Extract(TreePath("a.mine"), text, catalog: load())
    let facts = extract.facts(extract.extraction(try extract.parse(text), text), text)
    #expect(facts.entities.map { facts.names.string($0.name) } == ["f"])
  }

  @Test func aGrammarMayLieInTheFolder() throws {
    try write(
      Self.manifest.replacing("\"python\"", with: "\"own\", \"symbol\": \"python\""),
      "(function_definition name: (identifier) @name) @definition.function")
    #expect(throws: LanguageError.self) { try self.load() }
    try FileManager.default.copyItem(
      atPath: Environment.grammars + "/libtree-sitter-python.so",
      toPath: folder.path + "/mine/libtree-sitter-own.so")
    #expect(try load().languages.map(\.name) == ["mine"])
  }

  @Test(arguments: [
    ("a.mine", "", true), ("dir/b.long.mine", "", true), ("Minefile", "", true), ("x/Minefile", "", true),
    ("a.min", "", false), ("mine", "", false), ("a.py", "#!/usr/bin/mine\n", true),
    ("tool", "#!/usr/bin/env mine3.11 -u\n", true),
    ("tool", "#!/bin/sh\n", false), ("tool", "#!", false), ("tool", "", false), (".mine", "", true),
  ])
  func aFilesLanguageIsToldByNameOrFirstLine(_ path: String, _ text: String, _ isMine: Bool) throws {
    try write(Self.manifest, "((identifier) @reference.value)")
    #expect((try load().language(of: TreePath(path), Array(text.utf8)) != nil) == isMine)
  }

  @Test(arguments: [
    ("#pragma once\nint f(void);\n", "c"), ("", "c"), ("// class A {\nstruct s { int class; };\n", "c"),
    ("  template <class T> struct A;\n", "cpp"), ("#include <vector>\n", "cpp"), ("#include <stdio.h>\n", "c"),
    (" * class of devices\nclass of devices is\n", "c"), ("class A final : B {\r\n", "cpp"), ("class A\n{", "cpp"),
    ("namespace a::b {\n", "cpp"), ("enum class E { x };\n", "cpp"), ("using T = int;\n", "cpp"),
    (String(repeating: "int x;\n", count: 3_000) + "class A {", "c"),
  ])
  func aHeadersLanguageIsToldByItsLines(_ text: String, _ language: String) throws {
    let catalog = Environment.catalog
    let id = try #require(catalog.language(of: TreePath("a/b.h"), Array(text.utf8)))
    #expect(catalog[id].name == language)
    let named = try #require(catalog.language(of: TreePath("a/b.h")))
    #expect(catalog[named].name == "c", "its name alone")
  }

  @Test func aBadContentRuleIsNamed() throws {
    let manifest = Self.manifest.replacing("\"python\"", with: #""python", "contents": {".x": {"a": "("}}"#)
    try write(manifest, "((identifier) @reference.value)")
    let error = #expect(throws: LanguageError.self) { try self.load() }
    #expect("\(error!)".contains(#"language.json: contents, .x: bad regular expression "(""#), "\(error!)")
  }

  @Test func theFingerprintFollowsTheRules() throws {
    try write(Self.manifest, "((identifier) @reference.value)")
    let before = try load().fingerprint
    #expect(try load().fingerprint == before)
    try write(Self.manifest, "((identifier) @reference.value) ; changed")
    #expect(try load().fingerprint != before)
  }

  @Test func patternsMayLieInSeveralFilesAndBeShared() throws {
    let manifest = Self.manifest.replacing(
      "\"python\"", with: "\"python\", \"patterns\": [\"tags.scm\", \"../shared.scm\"]")
    let shared = folder.appending(path: "shared.scm")
    try write(manifest, "(class_definition name: (identifier) @name) @definition.struct")
    #expect(throws: LanguageError.self) { try self.load() }
    let patterns = """
      (class_definition name: (identifier) @name) @definition.class
      (function_definition name: (identifier) @name) @definition.function
      """
    try Data(patterns.utf8).write(to: shared)
    let text = Array("class A:\n  def f(): pass\n".utf8)
    var extract = try Extract(TreePath("a.mine"), text, catalog: load())
    let facts = extract.facts(extract.extraction(try extract.parse(text), text), text)
    #expect(facts.entities.map(\.kind) == [.struct, .function], "the first file comes first")

    let before = try load().fingerprint
    try Data((patterns + "\n").utf8).write(to: shared)
    #expect(try load().fingerprint != before)
    try Data("\n(gone) @definition.class".utf8).write(to: shared)
    let error = #expect(throws: LanguageError.self) { try self.use() }
    #expect("\(error!)".contains("shared.scm:2: the grammar python has no node type gone"), "\(error!)")
  }

  @Test(arguments: [
    ("(no_such_node) @definition.function", "tags.scm:1: the grammar python has no node type no_such_node"),
    ("\n(call nofield: (_)) @reference.call", "tags.scm:2: the grammar python has no field nofield"),
    ("(call) @definition.gadget", "tags.scm:1: no entity kind gadget"),
    ("(call) @reference.thing", "tags.scm:1: no reference thing"),
    ("(call) @somewhere", "tags.scm:1: unknown capture @somewhere"),
    ("(call (identifier)* @name) @reference.call", "tags.scm:1: the quantifiers * and + are not supported"),
    ("((call) @name (#sounds-like? @name \"x\")) @reference.call", "tags.scm:1: unknown predicate #sounds-like?"),
    ("((identifier) @reference.value (#match? @reference.value \"(\"))", "tags.scm:1: bad regular expression \"(\""),
    (
      "((identifier) @reference.value (#match? @reference.value \"[[:ascii:]]\"))",
      "tags.scm:1: bad regular expression \"[[:ascii:]]\""
    ),
    ("(call", "tags.scm:1: expected a node"),
    ("(call) @_only", "tags.scm:1: the pattern captures nothing that has a meaning"),
    ("(_) @container", "tags.scm:1: a pattern must start at a named type of node other than ERROR"),
    ("(ERROR) @container", "tags.scm:1: a pattern must start at a named type of node other than ERROR"),
  ])
  func aBadRuleIsNamedWithItsLine(_ tags: String, _ message: String) throws {
    try write(Self.manifest, tags)
    let error = #expect(throws: LanguageError.self) { try self.use() }
    #expect("\(error!)".contains(message), "\(error!)")
  }

  @Test func badRulesConcernNoOtherLanguage() throws {
    try write(Self.manifest, "((identifier) @reference.value)")
    try write(Self.manifest.replacing("mine", with: "theirs"), "(gone) @container", language: "theirs")
    let catalog = try load()
    #expect(catalog.languages.map(\.name) == ["mine", "theirs"])
    _ = try catalog.languages[0].grammar
    for _ in 0..<2 { #expect(throws: LanguageError.self) { try catalog.languages[1].grammar } }
  }

  @Test(arguments: [
    ("{\"name\": \"x\"}", "language.json: lacks \"grammar\""),
    ("{", "language.json: "),
    ("{\"name\": \"x\", \"grammar\": 3, \"separator\": \".\"}", "language.json: grammar"),
    (
      "{\"name\": \"x\", \"grammar\": \"python\", \"separator\": \".\", \"familly\": \"y\"}",
      "language.json: no field is called \"familly\""
    ),
    (
      "{\"name\": \"x\", \"grammar\": \"python\", \"separator\": \".\", \"imports\": {\"separator\": \".\", \"ancors\": []}}",
      "language.json: no field is called \"ancors\""
    ),
    ("{\"name\": \"x\", \"grammar\": \"none\", \"separator\": \".\"}", "grammar none: "),
    (
      "{\"name\": \"x\", \"grammar\": \"python\", \"separator\": \".\", \"merged\": [\"gadget\"]}",
      "no entity kind gadget"
    ),
  ])
  func aBadManifestIsNamed(_ manifest: String, _ message: String) throws {
    try write(manifest, "((identifier) @reference.value)")
    let error = #expect(throws: LanguageError.self) { try self.load() }
    #expect("\(error!)".contains(message), "\(error!)")
  }
}
