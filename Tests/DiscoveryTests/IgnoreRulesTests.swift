import Discovery
import Graph
import Platform
import Testing

@Suite struct IgnoreRulesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var files: [String: String]
    var ignored: [String]
    var wanted: [String]
    var options = IgnoreOptions(environment: [:])

    var testDescription: String { "\(files) \(options.excludes)" }
  }

  /// Directories end in a slash. There is no repository: the rules hold all the same.
  static let cases: [Case] = [
    Case(files: [".gitignore": "a\n"], ignored: ["a", "a/", "b/a", "a/b"], wanted: ["b", "ab", "ba"]),
    Case(files: [".gitignore": "a/\n"], ignored: ["a/", "b/a/", "a/b"], wanted: ["a", "b/a"]),
    Case(files: [".gitignore": "/a\nb/c"], ignored: ["a", "a/x", "b/c"], wanted: ["x/a", "x/b/c"]),
    Case(
      files: [".gitignore": "*.o\n!keep.o"], ignored: ["a.o", "x/.o"], wanted: ["keep.o", "x/keep.o", "a.o.c", "o"]),
    Case(files: [".gitignore": "x/\n!x/a"], ignored: ["x/a", "x/"], wanted: ["a"]),
    Case(files: [".gitignore": "x/*\n!x/a"], ignored: ["x/b"], wanted: ["x/a", "x/"]),
    Case(
      files: [".gitignore": "*.c", "x/.gitignore": "!a.c"], ignored: ["a.c", "x/b.c"], wanted: ["x/a.c", "x/y/a.c"]),
    Case(files: ["x/.gitignore": "/a\ny/b"], ignored: ["x/a", "x/y/b"], wanted: ["a", "y/b", "x/y/a"]),
    Case(
      files: [".gitignore": "**/a\nb/**\nc/**/d"],
      ignored: ["a", "x/y/a", "b/x", "c/d", "c/x/y/d"], wanted: ["b", "x/b/y", "c/", "x/c/d"]),
    Case(files: [".gitignore": "/ab**/c"], ignored: ["ab/c", "abx/y/c"], wanted: ["x/ab/c"]),
    Case(files: [".gitignore": "a/*/c\n/d?e"], ignored: ["a/b/c", "dxe"], wanted: ["a/b/b/c", "d/e", "a/c"]),
    Case(
      files: [".gitignore": "[a-c]x\n[!0-9]y\n[[:digit:]]z"], ignored: ["bx", "ay", "7z"], wanted: ["dx", "1y", "az"]),
    Case(
      files: [".gitignore": "#a\n\\#b\n\\!c\nd  \ne\\ \nf\r\n"],
      ignored: ["#b", "!c", "d", "e ", "f"], wanted: ["#a", "a", "d  ", "e", "f\r"]),
    Case(files: [".gitignore": "/*\n!/keep/\n"], ignored: ["a", "b/x"], wanted: ["keep/", "keep/a"]),
    Case(files: [".gitignore": "a", ".ignore": "!a\nb"], ignored: ["b"], wanted: ["a"]),
    // As in ripgrep, `.ignore` has the last word over any `.gitignore`, and the inner `.ignore` over the outer.
    Case(files: [".ignore": "!a\nb", "x/.gitignore": "a", "y/.ignore": "!b"], ignored: ["b"], wanted: ["x/a", "y/b"]),
    Case(
      files: [".gitignore": "a", ".ignore": "b"], ignored: ["c", "x/d/"], wanted: ["a", "b", "x/c"],
      options: IgnoreOptions(excludes: ["/c", "d/"], usesIgnoreFiles: false, environment: [:])),
    Case(
      files: [".gitignore": "a", ".ignore": "a"], ignored: ["#b", "x/c"], wanted: ["a", "b"],
      options: IgnoreOptions(excludes: ["!a", "#b", "c", "x/"], environment: [:])),
  ]

  @Test(arguments: cases) func follows(_ example: Case) throws {
    let tree = TemporaryTree()
    for (name, content) in example.files { tree.file(name, content) }
    let rules = try tree.rules("", example.options)
    for (entries, isIgnored) in [(example.ignored, true), (example.wanted, false)] {
      for entry in entries {
        let isDirectory = entry.hasSuffix("/")
        let path = TreePath(isDirectory ? String(entry.dropLast()) : entry)
        #expect(rules.isIgnored(path, isDirectory: isDirectory) == isIgnored, "\(entry)")
      }
    }
  }

  @Test(arguments: [true, false]) func neverWantsWhatIsBuiltIn(usesIgnoreFiles: Bool) throws {
    let tree = TemporaryTree()
    tree.file(".gitignore", "!*\n")
    let options = IgnoreOptions(
      excludes: ["!*"], usesIgnoreFiles: usesIgnoreFiles, store: TreePath("data/graph"), environment: [:])
    let rules = try tree.rules("", options)
    for name in [".git", ".hg", ".svn", ".ptwatch", "x/.git", "data/graph"] {
      #expect(rules.isIgnored(TreePath(name), isDirectory: true), "\(name)")
      #expect(rules.isIgnored(TreePath("\(name)/x/a.c"), isDirectory: false), "\(name)")
    }
    for name in [
      "my.git", ".gitx", ".git2", "git", "store.ptwatch", ".ptwatcher", "data", "data/graphs", "x/data/graph",
    ] {
      #expect(!rules.isIgnored(TreePath(name), isDirectory: true), "\(name)")
      #expect(!rules.isIgnored(TreePath("\(name)/x/a.c"), isDirectory: false), "\(name)")
    }
    #expect(!rules.isIgnored(.root, isDirectory: true))
  }

  @Test func takesBytesThatAreNoText() throws {
    let tree = TemporaryTree()
    tree.file(Array(".gitignore".utf8), [0xFF, 0x2A, 0x0A, 0x5B, 0x80, 0x2D, 0x90, 0x5D])
    let rules = try tree.rules()
    #expect(rules.isIgnored(TreePath(bytes: [0xFF, 0x61]), isDirectory: false))
    #expect(rules.isIgnored(TreePath(bytes: [0x61, 0x2F, 0x85]), isDirectory: false))
    #expect(!rules.isIgnored(TreePath(bytes: [0x91]), isDirectory: false))
    #expect(!rules.isIgnored(TreePath(bytes: [0xFE, 0x61]), isDirectory: false))
  }

  @Test func keepsRulesUntilForgotten() throws {
    let tree = TemporaryTree()
    tree.file(".gitignore", "a\n")
    tree.file("x/y/.gitignore", "b\n")
    let rules = try tree.rules()
    let (a, b) = (TreePath("x/y/a"), TreePath("x/y/b"))
    #expect(rules.isIgnored(a, isDirectory: false) && rules.isIgnored(b, isDirectory: false))
    tree.file(".gitignore", "")
    tree.file("x/y/.gitignore", "")
    #expect(rules.isIgnored(a, isDirectory: false) && rules.isIgnored(b, isDirectory: false))
    rules.forget(below: TreePath("x/yy"))
    #expect(rules.isIgnored(b, isDirectory: false))
    rules.forget(below: TreePath("x"))
    #expect(rules.isIgnored(a, isDirectory: false) && !rules.isIgnored(b, isDirectory: false))
    rules.forget(below: .root)
    #expect(!rules.isIgnored(a, isDirectory: false))
  }

  @Test func readsNoIgnoreFileThroughALink() throws {
    let tree = TemporaryTree()
    tree.file("rules", "a\n")
    tree.file("x/.gitignore", "b\n")
    tree.link(".gitignore", to: "rules")
    tree.link("link", to: "x")
    let rules = try tree.rules()
    #expect(!rules.isIgnored(TreePath("a"), isDirectory: false))
    #expect(!rules.isIgnored(TreePath("link/b"), isDirectory: false))
    #expect(rules.isIgnored(TreePath("x/b"), isDirectory: false))
  }

  /// What takes a backtracking matcher longer than the universe has is over in an instant.
  @Test func isNotHeldUpByAPattern() throws {
    let tree = TemporaryTree()
    let stars = String(repeating: "**/a*", count: 30)
    tree.file(".gitignore", "\(String(repeating: "*a", count: 40))b\n/\(stars)b\n")
    let rules = try tree.rules()
    let name = String(repeating: "a", count: 200)
    #expect(!rules.isIgnored(TreePath(name), isDirectory: false))
    #expect(!rules.isIgnored(TreePath(Array(repeating: "aa", count: 40).joined(separator: "/")), isDirectory: false))
    #expect(rules.isIgnored(TreePath(name + "b"), isDirectory: false))
  }

  @Test(arguments: [
    (".gitignore", true), ("a/.gitignore", true), (".ignore", true), ("a/b/.ignore", true), (".git/info/exclude", true),
    (".git/config", true), ("gitignore", false), (".gitignore/a", false), ("x.gitignore", false),
    ("info/exclude", false),
  ]) func knowsRuleFiles(path: String, isRuleFile: Bool) {
    #expect(IgnoreRules.isRuleFile(TreePath(path)) == isRuleFile)
  }
}
