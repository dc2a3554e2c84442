import Foundation
import Testing

/// What the program says of itself.
@Suite struct HelpTests {
  private static func help(_ command: String...) throws -> String {
    let result = try Program.run(command + ["--help"])
    try #require(result.status == 0, "\(result.error)")
    return result.output
  }

  /// Of all commands, as the help lists them.
  private static func commands() throws -> [String] {
    let list = try help().split(separator: "SUBCOMMANDS:").last ?? ""
    return list.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("  "), !line.hasPrefix("   "), !line.hasPrefix("  See ") else { return nil }
      return line.split(separator: " ").first.map(String.init)
    }
  }

  /// Lines of a command's help that show how to call it, without the shell's part.
  private static func examples(_ command: String) throws -> [[String]] {
    try help(command).split(separator: "\n").compactMap { line in
      guard line.hasPrefix("  "), let start = line.range(of: "ptwatch ") else { return nil }
      let before = line[..<start.lowerBound].trimmingCharacters(in: .whitespaces)
      guard before.isEmpty || before.hasSuffix("|") else { return nil }
      let words = line[start.upperBound...].prefix { $0 != "|" && $0 != ">" }.split(separator: " ")
      return words.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "'")) }
    }
  }

  /// Each of them is taken by the program as it stands there, if not for an entity that is missing here.
  @Test func everyCommandTeachesByExamplesThatWork() throws {
    let tree = try TemporaryDirectory()
    try tree.write("int leaf(void) { return 1; }\n", to: "src/a.c")
    #expect(try Program.run("--full", "--quiet", tree.url.path).status == 0)
    let commands = try Self.commands()
    #expect(commands.count > 20 && commands.contains("watch"), "\(commands)")
    for command in commands where command != "help" {
      let examples = try Self.examples(command)
      #expect(!examples.isEmpty, "\(command)")
      for example in examples {
        var words = example.map { $0.hasPrefix("~/src/") || $0.hasPrefix("/mnt/") ? tree.url.path : $0 }
        if let place = words.firstIndex(of: "--db") { words[place + 1] = tree.url.appending(path: "other").path }
        // Without input, it ends as soon as it watches.
        if command == "watch", !words.contains("--full") {
          words = ["watch", "--attached"] + words.filter { $0 != "watch" }
        }
        let result = try Program.run(words, through: ["env", "-C", tree.url.path])
        #expect([0, 1, 130].contains(result.status), "\(words): \(result.error)")
      }
    }
  }

  /// Made of the same texts: a page of the whole, and one of each command with its examples.
  @Test func manualPagesAreMadeOfTheHelp() throws {
    let folder = try TemporaryDirectory()
    try Shell(folder.url, outside: folder.url).run(
      """
      '\(Program.executable.path)' --experimental-dump-help |
        python3 '\(Program.checkout.path)/scripts/lib/manual.py' 1.2.3 .
      """)
    for command in try Self.commands() where command != "help" {
      let page = try String(contentsOf: folder.url.appending(path: "ptwatch-\(command).1"), encoding: .utf8)
      #expect(page.hasPrefix(".TH PTWATCH-\(command.uppercased()) 1 \"\" \"ptwatch 1.2.3\""), "\(page)")
      #expect(page.contains("\n.nf\n") && page.contains("\\-\\-help"), "\(page)")
    }
    let whole = try String(contentsOf: folder.url.appending(path: "ptwatch.1"), encoding: .utf8)
    #expect(whole.contains(".SH COMMANDS") && whole.contains("config.toml"))
  }

  @Test func theVersionIsOneLine() throws {
    let result = try Program.run("--version")
    #expect(result.status == 0)
    #expect(result.output.wholeMatch(of: /\d+\.\d+\.\d+/) != nil, "\(result.output)")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func aShellGetsItsCompletions(_ shell: String) throws {
    let result = try Program.run("--generate-completion-script", shell)
    #expect(result.status == 0)
    for word in ["ptwatch", "callers", "max-file-size"] { #expect(result.output.contains(word)) }
  }

  /// As a shell asks for them: names of the graph of the directory that one is in.
  @Test func entitiesAreCompletedByTheirNames() throws {
    let tree = try TemporaryDirectory()
    try tree.write("int parse_head(void) { return 1; }\nint parse_tail(void) { return 2; }\nint leaf;\n", to: "a.c")
    let question = ["---completion", "callers", "--", "positional@0", "2", "10", "ptwatch", "callers", "parse_"]
    let here = ["env", "-C", tree.url.path]
    let before = try Program.run(question, through: here)
    #expect(before.status == 0 && before.output.isEmpty && before.error.isEmpty, "\(before)")
    #expect(try Program.run("--full", "--quiet", tree.url.path).status == 0)
    let after = try Program.run(question, through: here)
    #expect(after.status == 0 && after.output == "parse_head\nparse_tail", "\(after)")
  }
}
