import Foundation
import Testing

/// An editor, and somebody who changes `a.c` with it and saves.
struct EditorCase: CustomTestStringConvertible, Sendable {
  enum Step: Sendable {
    /// Waits until this is on the screen.
    case await(String)
    case type(String)
    /// Waits until the watcher has seen one more save.
    case saved
  }

  let name: String
  let command: String
  let steps: [Step]
  /// How often `a.c` is saved.
  let saves: Int
  /// What the editor must have done in the directory, in this order among other things: what the case is about.
  let ways: [String]
  /// What it must not have done.
  let avoided: [String]

  var testDescription: String { name }

  init(_ name: String, _ command: String, saves: Int = 1, ways: [String], avoided: [String] = [], _ steps: [Step]) {
    (self.name, self.command, self.saves, self.steps) = (name, command, saves, steps)
    (self.ways, self.avoided) = (ways, avoided)
  }

  // Both vim and emacs make no backups of what lies in the directory for temporary files, where the tests' trees are.
  private static let vim = "--cmd 'set backupskip='"
  private static let emacs = "emacs -nw -Q --eval '(setq backup-enable-predicate (lambda (name) t))'"

  static let all = [
    EditorCase(
      "vim", "vim.tiny \(vim) a.c",
      ways: ["+.a.c.swp", "+4913", "-4913", "<a.c", ">a.c~", "+a.c", "~a.c", "-a.c~", "-.a.c.swp"],
      [.await("1L"), .type(":s/1/2/\r:wq\r")]),
    EditorCase(
      "vim, backupcopy=yes", "vim.tiny \(vim) -c 'set backupcopy=yes' a.c",
      ways: ["+.a.c.swp", "+a.c~", "~a.c~", "~a.c", "-a.c~", "-.a.c.swp"], avoided: ["<a.c", "+a.c", "+4913"],
      [.await("1L"), .type(":s/1/2/\r:wq\r")]),
    EditorCase(
      "vim, a save a second time, the backup kept", "vim.tiny \(vim) -c 'set backup' a.c", saves: 2,
      ways: ["<a.c", ">a.c~", "+a.c", "<a.c", ">a.c~", "+a.c"],
      [
        .await("1L"), .type(":s/1/2/\r:w\r"), .saved, .type(":s/2/3/\r:wq\r"),
      ]),
    EditorCase(
      "emacs", "\(emacs) a.c", saves: 2,
      ways: ["+.#a.c", "<a.c", ">a.c~", "+a.c", "~a.c", "-.#a.c", "+.#a.c", "~a.c", "-.#a.c"],
      [
        .await("a.c"), .type("int g;"), .type("\u{18}\u{13}"), .saved,
        .type("int h;"), .type("\u{18}\u{13}"), .saved, .type("\u{18}\u{03}"),
      ]),
    EditorCase(
      "emacs, backups by copying", "\(emacs) --eval '(setq backup-by-copying t)' a.c",
      ways: ["+.#a.c", "+a.c~", "~a.c", "-.#a.c"], avoided: ["<a.c", "+a.c"],
      [.await("a.c"), .type("int g;"), .type("\u{18}\u{13}"), .saved, .type("\u{18}\u{03}")]),
    EditorCase(
      "nano", "nano a.c", ways: ["~a.c"], avoided: ["<a.c", "+a.c"],
      [
        .await("GNU nano"), .type("int g;"), .type("\u{0F}"), .await("File Name to Write"), .type("\r"),
        .await("Wrote"), .type("\u{18}"),
      ]),
    EditorCase(
      "nano, with backup and lock", "nano --backup --locking a.c",
      ways: ["+.a.c.swp", "+a.c~", "~a.c~", "~a.c", "-.a.c.swp"],
      [
        .await("GNU nano"), .type("int g;"), .type("\u{0F}"), .await("File Name to Write"), .type("\r"),
        .await("Wrote"), .type("\u{18}"),
      ]),
  ]
}

@Suite struct EditorTests {
  /// Each save is one batch that names the file and nothing else, and reads no more than it.
  @Test(arguments: EditorCase.all) func aSaveIsOneBatch(_ example: EditorCase) throws {
    let tree = try TemporaryDirectory()
    let home = try TemporaryDirectory()
    try tree.write("int f(void) { return 1; }\n", to: "a.c")
    try tree.write("int other;\n", to: "b.c")
    let watch = try Watch(tree.url)
    let recorder = try DirectoryRecorder(tree.url)
    let terminal = try Terminal(example.command, in: tree.url, environment: Shell.environment(home.url))
    var seen = watch.program.lines.all.count
    for step in example.steps {
      switch step {
      case .await(let text): try terminal.awaitText(text)
      case .type(let keys): try terminal.type(keys)
      case .saved:
        _ = try watch.batch(naming: "a.c", after: seen)
        seen = watch.program.lines.all.count
      }
    }
    #expect(terminal.waitForExit() == 0)
    let happened = recorder.happened()
    #expect(happened.containsInOrder(example.ways), "\(happened)")
    #expect(Set(happened).isDisjoint(with: example.avoided), "\(happened)")
    try watch.expectEqualToFull()
    #expect(try watch.files() == ["a.c", "b.c"])
    #expect(watch.interrupt() == 0)
    let batches = try watch.batches()
    #expect(batches.map { $0.files.map { $0["path"] } } == Array(repeating: ["a.c"], count: example.saves))
    #expect(batches.allSatisfy { $0.files[0]["change"] == "modified" }, "\(watch.program.lines.all)")
    for batch in batches { #expect(try batch.number("filesRead") == 1) }
  }
}

extension [String] {
  /// True if all of `others` are here, in their order, whatever is between them.
  fileprivate func containsInOrder(_ others: [String]) -> Bool {
    var rest = others[...]
    for element in self where element == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }
}
