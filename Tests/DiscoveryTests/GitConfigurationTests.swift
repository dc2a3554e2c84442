import Discovery
import Graph
import Platform
import Testing

/// Where the rules come from that stand outside of the tree, or in the repository's own directory.
@Suite struct GitConfigurationTests {
  private func ignores(_ rules: IgnoreRules, _ path: String) -> Bool {
    rules.isIgnored(TreePath(path), isDirectory: false)
  }

  @Test func readsInfoExcludeBelowIgnoreFiles() throws {
    let tree = TemporaryTree()
    _ = try tree.git(["init", "-q"])
    tree.file(".git/info/exclude", "a\nb\n")
    tree.file(".gitignore", "!b\n")
    let rules = try tree.rules()
    #expect(ignores(rules, "x/a"))
    #expect(!ignores(rules, "b"))
  }

  struct Configuration: Sendable {
    /// By path below the home directory, but for `repository`.
    var files: [String: String]
    var environment: [String] = ["HOME"]
    /// The name in which the ignored file is written down, nil if nothing is to be ignored.
    var ignored: String?
  }

  /// Each of the files `one`, `two` and `three` excludes its own name, as does the default file.
  static let configurations = [
    Configuration(files: [:], ignored: "default"),
    Configuration(files: [:], environment: ["HOME", "XDG_CONFIG_HOME"], ignored: "xdg"),
    Configuration(files: [:], environment: [], ignored: nil),
    Configuration(files: [".gitconfig": "[core]\n\texcludesFile = ~/one\n"], ignored: "one"),
    Configuration(files: [".gitconfig": "[CoRe] EXCLUDESfile=\"~/one\" # mine"], ignored: "one"),
    Configuration(files: [".gitconfig": "[core \"x\"]\nexcludesFile = ~/one\n"], ignored: "default"),
    Configuration(
      files: [".gitconfig": "[core]\nexcludesFile = ~/one\n[user]\nexcludesFile = ~/two\n"], ignored: "one"),
    Configuration(files: [".gitconfig": "[core]\nexcludesFile = ~/one\nexcludesFile = ~/tw\\\no\n"], ignored: "two"),
    Configuration(files: [".gitconfig": "; x\n[core]\nbare\nexcludesFile =\n"], ignored: nil),
    Configuration(files: [".config/git/config": "[core]\nexcludesFile = ~/one ; x"], ignored: "one"),
    Configuration(
      files: [".config/git/config": "[core]\nexcludesFile = ~/one", ".gitconfig": "[core]\nexcludesFile = ~/two"],
      ignored: "two"),
    Configuration(
      files: ["repository": "[core]\nexcludesFile = ~/three\n", ".gitconfig": "[core]\nexcludesFile = ~/two"],
      ignored: "three"),
    Configuration(files: ["repository": "[core]\nexcludesFile = relative\n"], ignored: "relative"),
    Configuration(
      files: [".gitconfig": "[core]\nexcludesFile = ~/two", ".config/git/config": "[core]\nexcludesFile = ~/one"],
      environment: ["HOME", "XDG_CONFIG_HOME"], ignored: "two"),
  ]

  /// Git is asked as well, so that the expectations are not only ours.
  @Test(arguments: configurations) func findsTheExcludesFile(_ configuration: Configuration) throws {
    let (tree, home) = (TemporaryTree(), TemporaryTree())
    _ = try tree.git(["init", "-q"])
    let names = ["one", "two", "three", "default", "xdg", "relative"]
    for name in names.prefix(3) { home.file(name, "\(name)\n") }
    home.file(".config/git/ignore", "default\n")
    home.file("xdg/git/ignore", "xdg\n")
    tree.file("relative", "relative\n")
    for (name, content) in configuration.files {
      if name == "repository" {
        let old = String(decoding: try run("/bin/cat", ["\(tree.path)/.git/config"]), as: UTF8.self)
        tree.file(".git/config", old + content)
      } else {
        home.file(name, content)
      }
    }
    let values = ["HOME": home.path, "XDG_CONFIG_HOME": "\(home.path)/xdg"]
    let environment = values.filter { configuration.environment.contains($0.key) }
    let rules = try tree.rules("", IgnoreOptions(environment: environment))
    let expected = configuration.ignored.map { [$0] } ?? []
    #expect(names.filter { ignores(rules, $0) } == expected)
    let input = Array(names.joined(separator: "\n").utf8)
    let git = try tree.git(["check-ignore", "--no-index", "--stdin"], input: input, environment: environment)
    #expect(String(decoding: git, as: UTF8.self).split(separator: "\n").map(String.init) == expected)
  }

  @Test func countsTheIgnoreFilesAboveARootInARepository() throws {
    let tree = TemporaryTree()
    tree.file("above/.gitignore", "z\n")
    tree.directory("above/top/sub/root")
    _ = try tree.git(["init", "-q", "above/top"])
    tree.file("above/top/.git/info/exclude", "/sub/root/c\n")
    tree.file("above/top/.gitignore", "a\n/b\nsub/root/d\n")
    tree.file("above/top/sub/.gitignore", "!a\n/root/e\n")
    tree.file("above/top/sub/.ignore", "f\n")
    tree.file("above/top/sub/root/.gitignore", "!f\ng\n")
    let rules = try tree.rules("above/top/sub/root")
    let names = ["a", "b", "c", "d", "e", "f", "g", "z", "x/c", "x/g"]
    #expect(names.filter { ignores(rules, $0) } == ["c", "d", "e", "f", "g", "x/g"])
    let unconditional = try tree.rules(
      "above/top/sub/root", IgnoreOptions(excludes: ["/b"], usesIgnoreFiles: false, environment: [:]))
    #expect(names.filter { ignores(unconditional, $0) } == ["b"])
  }

  @Test func wantsARootThatIsItselfIgnored() throws {
    let tree = TemporaryTree()
    _ = try tree.git(["init", "-q"])
    tree.file(".gitignore", "build/\n*.o\n")
    tree.file("build/a.c")
    tree.file("build/a.o")
    let root = try tree.opened("build")
    #expect(Walk(root, try tree.rules("build")).paths == ["a.c"])
  }

  @Test func readsInfoExcludeOfTheRepositoryThatAWorktreeBelongsTo() throws {
    let tree = TemporaryTree()
    _ = try tree.git(["init", "-q", "main"])
    let identity = ["-c", "user.name=a", "-c", "user.email=a"]
    _ = try tree.git(["-C", "main"] + identity + ["commit", "-q", "--allow-empty", "-m", "a"])
    _ = try tree.git(["-C", "main", "worktree", "add", "-q", "../other"])
    tree.file("main/.git/info/exclude", "a\n")
    tree.file("other/x/b")
    #expect(ignores(try tree.rules("other"), "a"))
    #expect(ignores(try tree.rules("other/x"), "a"))
    #expect(!ignores(try tree.rules("other"), "b"))
  }

  @Test func takesAnEmptyGitDirectoryForNoRepository() throws {
    let tree = TemporaryTree()
    tree.file(".git/info/exclude", "a\n")
    tree.file(".gitignore", "b\n")
    tree.file("sub/c")
    #expect(!ignores(try tree.rules(), "a"))
    #expect(ignores(try tree.rules(), "b"))
    #expect(!ignores(try tree.rules("sub"), "b"))
  }
}
