import Foundation
import TestSupport
import Testing

/// A tree that means no good; see docs/SECURITY.md.
@Suite struct SecurityTests {
  private func link(_ path: String, in tree: TemporaryDirectory, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: tree.url.appending(path: path).path, withDestinationPath: target)
  }

  // MARK: The store

  @Test func aStoreThatIsALinkIsRefused() throws {
    let tree = try TemporaryDirectory()
    let victim = try TemporaryDirectory()
    try tree.write("int a;\n", to: "a.c")
    try link(".ptwatch", in: tree, to: victim.url.path)
    for arguments in [["--full"], ["dump"], ["verify"]] {
      let result = try Program.run(arguments + [tree.url.path])
      #expect(result.status == 1)
      #expect(result.error.contains("it is a link"), "\(arguments): \(result.error)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: victim.url.path) == [])
    // Whoever means it says so.
    let named = tree.url.appending(path: ".ptwatch").path
    #expect(try Program.run("--full", "--db", named, tree.url.path).status == 0)
  }

  /// As a checkout makes directories.
  @Test func aStoreThatCameWithTheTreeIsRefused() throws {
    let tree = try TemporaryDirectory()
    try tree.write("int a;\n", to: "a.c")
    #expect(try Program.run("--full", tree.url.path).status == 0)
    let store = tree.url.appending(path: ".ptwatch").path
    #expect(chmod(store, 0o755) == 0)
    for arguments in [["--full"], ["dump"], ["find", "a"]] {
      let result = try Program.run(arguments + [tree.url.path])
      #expect(result.status == 1)
      #expect(result.error.contains("others may use it too"), "\(arguments): \(result.error)")
    }
    #expect(chmod(store, 0o700) == 0)
    #expect(try Program.run("dump", tree.url.path).status == 0)
  }

  /// Only root can give a directory away; to everybody else the top is somebody else's.
  @Test func aStoreOfSomebodyElseIsRefused() throws {
    let tree = try TemporaryDirectory()
    try tree.write("int a;\n", to: "a.c")
    #expect(try Program.run("--full", tree.url.path).status == 0)
    let store = geteuid() == 0 ? tree.url.appending(path: ".ptwatch").path : "/"
    let owner = geteuid() == 0 ? 12345 : 0
    if geteuid() == 0 { #expect(chown(store, 12345, 12345) == 0) }
    for arguments in [["--full"], ["dump"], ["verify"]] {
      let result = try Program.run(arguments + ["--db", store, tree.url.path])
      #expect(result.status == 1)
      #expect(result.error.contains("belongs to user \(owner)"), "\(result.error)")
    }
  }

  @Test func nothingOfTheStoreIsOpenToOthers() throws {
    let tree = try TemporaryDirectory()
    try tree.write("int a;\n", to: "a.c")
    let watch = try Watch(tree.url, through: ["sh", "-c", #"umask 0; exec "$0" "$@""#])
    try tree.write("int b;\n", to: "b.c")
    _ = try watch.batch(naming: "b.c")
    let store = tree.url.appending(path: ".ptwatch")
    let entries = try FileManager.default.subpathsOfDirectory(atPath: store.path) + [""]
    #expect(entries.count > 6)
    for entry in entries {
      var status = stat()
      #expect(lstat(store.appending(path: entry).path, &status) == 0)
      if status.st_mode & S_IFMT == S_IFLNK { continue }
      #expect(status.st_mode & 0o077 == 0, "\(entry)")
    }
    #expect(watch.interrupt() == 0)
  }

  /// As in two containers, in both of which the program is the first process.
  @Test func twoReadersOfOneNumberAreToldApartOrSaySo() throws {
    let tree = try TemporaryDirectory()
    for number in 0..<40 {
      try tree.write((0..<40).map { "int f\(number)_\($0)(void) { return 0; }\n" }.joined(), to: "f\(number).c")
    }
    #expect(try Program.run("--full", "--quiet", tree.url.path).status == 0)
    let pipe = try TemporaryDirectory().url.path + "-pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    defer { unlink(pipe) }
    let output = open(pipe, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    let container = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child", "sh", "-c"]
    // It has written what the pipe takes, and stays in its transaction.
    let first = try RunningProgram(["dump", tree.url.path], through: container + [#"exec "$0" "$@" >"\#(pipe)""#])
    var ready = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    try #require(poll(&ready, 1, 60_000) == 1)
    let second = try Program.run(["find", "f1_1", tree.url.path], through: container + [#"exec "$0" "$@""#])
    #expect(second.status == 1)
    #expect(second.error.hasPrefix("ptwatch: ") && second.error.contains("a process of another container"))
    first.signal(SIGKILL)
    _ = first.waitForExit()
    close(output)
    let third = try Program.run(["find", "f1_1", tree.url.path], through: container + [#"exec "$0" "$@""#])
    #expect(third.status == 0, "\(third.error)")
  }

  // MARK: Reading

  /// A directory is swapped with a link to one outside, again and again, while the tree is ingested again and again.
  @Test func aLinkSwappedInLeadsNowhere() throws {
    let tree = try TemporaryDirectory()
    let outside = try TemporaryDirectory()
    for index in 0..<20 {
      try tree.write("int inside\(index);\n", to: "d/e/f\(index).c")
      try tree.write("int inside\(index);\n", to: "g/e/f\(index).c")
      try outside.write("int SECRET\(index);\n", to: "e/f\(index).c")
      try outside.write("int SECRET\(index);\n", to: "f\(index).c")
    }
    try link("l", in: tree, to: outside.url.path)
    try link("m", in: tree, to: outside.url.appending(path: "e").path)
    let watch = try Watch(tree.url)
    let root = tree.url.path
    let swapping = Swapping([(root + "/d", root + "/l"), (root + "/g/e", root + "/m")])
    for _ in 0..<5 {
      #expect(try Program.run("--full", "--quiet", "--db", outside.url.appending(path: "db").path, root).status == 0)
      let dump = try Program.run("dump", "--db", outside.url.appending(path: "db").path, root).output
      #expect(!dump.contains("SECRET"))
      #expect(!(try Program.run("dump", root).output.contains("SECRET")))
    }
    #expect(swapping.end() > 100)
    try watch.expectEqualToFull()
    #expect(watch.interrupt() == 0)
  }

  /// A FIFO takes a file's place, and a file a FIFO's, while the tree is ingested: nothing ever waits for a writer.
  @Test func aPipeSwappedInBlocksNobody() throws {
    let tree = try TemporaryDirectory()
    for index in 0..<20 { try tree.write("int a\(index);\n", to: "f\(index).c") }
    let root = tree.url.path
    #expect(mkfifo(root + "/pipe", 0o600) == 0)
    #expect(mkfifo(root + "/named.c", 0o600) == 0)
    let watch = try Watch(tree.url)
    let swapping = Swapping([(root + "/f1.c", root + "/pipe"), (root + "/f2.c", root + "/named.c")])
    let store = try TemporaryDirectory()
    for _ in 0..<5 {
      #expect(try Program.run("--full", "--quiet", "--db", store.url.path, root).status == 0)
    }
    #expect(swapping.end() > 100)
    try watch.expectEqualToFull()
    #expect(watch.interrupt() == 0)
  }

  // MARK: Running

  @Test(arguments: ["PTWATCH_GRAMMARS", "PTWATCH_LANGUAGES", "XDG_CONFIG_HOME"])
  func noGrammarIsLoadedFromWhereOneHappensToBe(_ variable: String) throws {
    let tree = try TemporaryDirectory()
    try tree.write("int a;\n", to: "a.c")
    let result = try Program.run(["--full", tree.url.path], through: ["env", "\(variable)=here"])
    #expect(result.status == 1)
    #expect(result.error == "ptwatch: \(variable) is \"here\", and has to be an absolute path")
  }

  /// A repository whose configuration names a program wherever git would run one.
  @Test func gitRunsNothingOfTheRepository() throws {
    let tree = try TemporaryDirectory()
    let outside = try TemporaryDirectory()
    try tree.write("int f(void) { return 1; }\n", to: "a.c")
    try outside.write("#!/bin/sh\ntouch \"$(dirname \"$0\")/ran\"\ncat\n", to: "evil")
    let shell = Shell(tree.url, outside: outside.url)
    try shell.run(
      """
      chmod +x $OUT/evil; git init -q; git add .; git commit -qm 1; echo '* filter=x diff=x' > .gitattributes
      for key in core.fsmonitor core.sshCommand core.pager diff.external diff.x.textconv diff.x.command filter.x.clean filter.x.process; do
        git config $key $OUT/evil
      done
      git config core.hooksPath $OUT/hooks; mkdir $OUT/hooks; cp $OUT/evil $OUT/hooks/post-index-change
      echo 'int f(void) { return 2; }' > a.c; touch -d tomorrow .gitattributes
      """)
    #expect(try Program.run("--full", tree.url.path).status == 0)
    let impact = try Program.run("impact", "--diff", tree.url.path)
    #expect(impact.status == 0 && impact.output.contains("changed (1)"), "\(impact.error)")
    let ran = outside.url.appending(path: "ran").path
    #expect(!FileManager.default.fileExists(atPath: ran))
    // git by itself does.
    try shell.run("git diff HEAD > /dev/null 2>&1 || true")
    #expect(FileManager.default.fileExists(atPath: ran))
  }

  // MARK: The terminal

  /// Names with escape codes in all places that ptwatch prints them.
  @Test func namesCannotSteerTheTerminal() throws {
    let tree = try TemporaryDirectory()
    let escape = "\u{1B}]0;owned\u{07}\u{1B}[2J\u{9B}31m\r"
    try tree.write("'\(escape)' () { }\nfunction call() { return o['x\(escape)'](); }\n", to: "\(escape)a.js")
    try tree.write("class A { '\(escape)'() { return 1 } }\nimport x from '\(escape)';\n", to: "d\(escape)/b.js")
    try tree.write("#include \"\(escape).h\"\nint f(void) { return 1; } /* \(escape) */\n", to: "c.c")
    try tree.write(Data([0, 1, 2]), to: "bad\(escape).c")
    try tree.write("*\(escape)\n", to: "d\(escape)/.gitignore")
    let named = tree.url.path
    let watcher = try RunningProgram(["--color", "never", "--verbose", named])
    try #require(watcher.lines.first { $0.hasPrefix("watching") } != nil)
    try tree.write("class A\u{E9} { '\(escape)2'() { return call() } }\n", to: "new\(escape).js")
    _ = watcher.lines.first { $0.contains("new%1B") }
    var texts = [String]()
    for command in [
      ["find", "a"], ["find", "owned"], ["show", "f"], ["show", "nothing\(escape)"], ["callers", "f"],
      ["callees", "call"],
      ["stats"], ["changes", "--since", "1"], ["verify"], ["dump"], ["find", "--json", "a"], ["verify", "--deep"],
    ] {
      let result = try Program.run(command + [named])
      texts += [result.output, result.error]
    }
    let elsewhere = try Program.run("--full", "--verbose", "--db", "/nowhere\(escape)/db", named)
    let missing = try Program.run("dump", named + escape)
    watcher.signal(SIGINT)
    #expect(watcher.waitForExit() == 0)
    let full = try Program.run("--full", "--verbose", named)
    texts += [elsewhere.error, missing.error, full.output, full.error] + watcher.lines.all + watcher.errors.all
    for text in texts {
      let steering = text.unicodeScalars.filter {
        $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F || (0x80...0x9F).contains($0.value)
      }
      #expect(steering.isEmpty, "\(text.debugDescription)")
    }
    #expect(texts.joined().contains("owned"))
  }
}

/// Exchanges what pairs of paths name, on a thread of its own, until it is told to end.
private final class Swapping: @unchecked Sendable {
  // SAFETY: behind `condition`.
  private let condition = NSCondition()
  private var isEnding = false
  private var hasEnded = false
  private var count = 0

  init(_ pairs: [(String, String)]) {
    Thread { [self] in
      while !condition.withLock({ isEnding }) {
        for (a, b) in pairs {
          if exchangeNames(a, b) { condition.withLock { count += 1 } }
        }
      }
      condition.withLock {
        hasEnded = true
        condition.broadcast()
      }
    }.start()
  }

  /// How often it was done.
  func end() -> Int {
    condition.withLock {
      isEnding = true
      while !hasEnded { condition.wait() }
      return count
    }
  }
}
