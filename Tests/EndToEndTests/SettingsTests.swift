import Foundation
import Testing

/// Defaults for options, from a file of the user's and from nowhere else.
@Suite struct SettingsTests {
  private let tree: TemporaryDirectory
  private let home: TemporaryDirectory

  init() throws {
    tree = try TemporaryDirectory()
    home = try TemporaryDirectory()
    try tree.write("int leaf(void) { return 1; }\nint stem(void) { return leaf(); }\n", to: "src/a.c")
    try tree.write("int later(void) { return 3; }\n", to: "old/b.c")
    try tree.write("int hidden(void) { return 2; }\n", to: "ignored/c.c")
    try tree.write("/ignored/\n", to: ".gitignore")
  }

  private var path: String { tree.url.path }
  private var file: String { home.url.appending(path: "config/ptwatch/config.toml").path }

  /// Runs with the home's settings in place of the user's.
  private func run(_ arguments: String...) throws -> Program.Result {
    try Program.run(
      arguments,
      through: ["env", "HOME=\(home.url.path)", "XDG_CONFIG_HOME=\(home.url.appending(path: "config").path)"])
  }

  private func settings(_ text: String) throws { try home.write(text, to: "config/ptwatch/config.toml") }

  /// Names of files in a fresh graph.
  private func files(_ options: String...) throws -> [String] {
    let ingest = try Program.run(
      ["--full", "--quiet", path] + options,
      through: ["env", "HOME=\(home.url.path)", "XDG_CONFIG_HOME=\(home.url.appending(path: "config").path)"])
    try #require(ingest.status == 0, "\(ingest.error)")
    return try run("dump", path).output.split(separator: "\n").filter { $0.hasPrefix("{\"t\":\"file\"") }
      .map { try #require(try Event(String($0)).text("path")) }
  }

  @Test func whatDecidesWhichFilesAreInTheGraphMayBeSet() throws {
    #expect(try files() == ["old/b.c", "src/a.c"])
    try settings("exclude = [\"old/\"]\n[tree.\"\(path)\"]\nignore = false\n[tree.\"/other\"]\nexclude = [\"*\"]\n")
    #expect(try files() == ["ignored/c.c", "src/a.c"])
    // What is given counts for more; lists are taken together.
    #expect(try files("--ignore") == ["src/a.c"])
    #expect(try files("--exclude", "src/") == ["ignored/c.c"])
    #expect(try files("--exclude", "!old/", "--ignore") == ["old/b.c", "src/a.c"])
    #expect(try files("--no-config") == ["old/b.c", "src/a.c"])
    try settings("max-file-size = 40")
    #expect(try files().count == 2)
    #expect(try run("coverage", path).output.contains("src/a.c"))
  }

  /// A store of its own, in the home that `~` means, found again by whoever reads.
  @Test func aTreeMayHaveItsStoreElsewhere() throws {
    try settings("[tree.\"\(path)/../\(tree.url.lastPathComponent)/\"]\ndb = \"~/graph\"\n")
    #expect(try files() == ["old/b.c", "src/a.c"])
    #expect(!FileManager.default.fileExists(atPath: tree.url.appending(path: ".ptwatch").path))
    #expect(FileManager.default.fileExists(atPath: home.url.appending(path: "graph/current").path))
    #expect(try run("find", "leaf", path, "--no-config").status == 1)
  }

  @Test func howAnswersLookMayBeSet() throws {
    _ = try files()
    try settings("limit = 1\ncolor = \"always\"\n")
    let one = try run("find", "e", path)
    #expect(one.output.contains("\u{1B}[") && !one.output.contains("\n"), "\(one.output)")
    #expect(one.error.contains("--offset 1"), "\(one.error)")
    let all = try run("find", "e", path, "--limit=0", "--color=never")
    #expect(!all.output.contains("\u{1B}[") && all.output.contains("leaf") && all.output.contains("later"))
    try home.write("color = \"never\"\n", to: "other.toml")
    let other = try run("find", "e", path, "--config", home.url.appending(path: "other.toml").path)
    #expect(!other.output.contains("\u{1B}[") && other.output.contains("later"))
  }

  /// A reader that catches up does so with the options that the graph was made with, whatever has been set since.
  @Test func aSyncedReaderKeepsToTheGraphsOptions() throws {
    try settings("sync = true\nexclude = [\"old/\"]\n")
    #expect(try files() == ["src/a.c"])
    try settings("sync = true\nexclude = [\"src/\"]\nignore = false\n")
    try tree.write("int fresh(void) { return 1; }\n", to: "src/new.c")
    #expect(try run("dump", path, "--no-sync").output.contains("src/new.c") == false)
    let dump = try run("dump", path).output
    #expect(dump.contains("src/new.c") && dump.contains("src/a.c") && !dump.contains("old/b.c"))
    #expect(!dump.contains("ignored/c.c"))
  }

  /// `poll`, `wait` and `jobs` are for watching, and do not get into the way of a full ingest.
  @Test func theWatcherTakesItsOptions() throws {
    try settings("poll = 1\nwait = true\njobs = 1\nexclude = [\"old/\"]\n")
    #expect(try files() == ["src/a.c"])
    let program = try RunningProgram(
      ["--json", "\(path)/none", "--exclude", "x"],
      through: ["env", "XDG_CONFIG_HOME=\(home.url.appending(path: "config").path)"])
    #expect(program.lines.first { _ in true }?.hasPrefix("{\"t\":\"waiting\"") == true, "\(program.errors.all)")
    program.signal(SIGINT)
    #expect(program.waitForExit() == 0)
    #expect(try run("--no-wait", "\(path)/none").status == 1)
  }

  @Test func nothingIsTakenFromTheTree() throws {
    for name in [".ptwatch.toml", "config.toml", "ptwatch.toml", ".config/ptwatch/config.toml", "ptwatch/config.toml"] {
      try tree.write("exclude = [\"*\"]\nnonsense\n", to: name)
    }
    let inside = ["env", "-C", path, "-u", "XDG_CONFIG_HOME", "HOME=\(home.url.path)"]
    let ingest = try Program.run(["--full", "--quiet", "."], through: inside)
    #expect(ingest.status == 0 && ingest.error.isEmpty, "\(ingest.error)")
    #expect(try Program.run(["dump", "."], through: inside).output.contains("src/a.c"))
  }

  @Test(arguments: [
    ("exlude = []", 1, "there is no setting \"exlude\""), ("\njobs = \"2\"", 2, "jobs wants a whole number"),
    ("jobs = 1000", 1, "from 1 to 256"), ("max-file-size = \"big\"", 1, "--max-file-size"),
    ("color = \"red\"", 1, "'never'"), ("limit = -1", 1, "--limit"), ("poll = 0", 1, "from 1 to 86400"),
    ("exclude = \"x\"", 1, "a list of strings"), ("exclude = [\"x\", 1]", 1, "a list of strings"),
    ("sync = 1", 1, "true or false"), ("db = \"/x\"", 1, "is for one tree"), ("wait = ", 1, "a value is wanted"),
    ("[tree.\"/x\"]\ndb = \"x\"", 2, "an absolute path"), ("[tree.\"/x\"]\ndb = \"sled:/x\"", 2, "sled"),
    ("[tree.\"x\"]", 1, "has to be absolute"), ("jobs = 1\n[trees]", 2, "there is no table [trees]"),
    ("[tree.\"/x\".y]", 1, "there is no table"),
  ])
  func whatIsWrongIsToldInALine(_ text: String, _ line: Int, _ part: String) throws {
    try settings(text)
    let result = try run("--full", path)
    #expect(result.status == 64)
    #expect(result.error.hasPrefix("ptwatch: \(file):\(line): ") && result.error.contains(part), "\(result.error)")
    #expect(!result.error.contains("\n") && result.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: tree.url.appending(path: ".ptwatch").path))
  }

  @Test func whatIsAskedOfTheProgramItselfNeedsNoSettings() throws {
    try settings("nonsense")
    #expect(try run("stats", path).status == 64)
    #expect(try run("--version").status == 0)
    #expect(try run("help", "find").status == 0)
    #expect(try run("stats", path, "--no-config").status == 1)
  }

  @Test func aFileThatIsNamedHasToBeThere() throws {
    let missing = try run("stats", path, "--config", "/nonexistent.toml")
    #expect(
      missing.status == 64 && missing.error.hasPrefix("ptwatch: /nonexistent.toml: cannot open"), "\(missing.error)")
    #expect(try run("stats", path, "--config=/x", "--no-config").status == 64)
    #expect(try run("stats", path, "--config").error == "ptwatch: --config wants a file")
  }
}
