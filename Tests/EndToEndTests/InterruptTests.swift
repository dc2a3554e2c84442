import Foundation
import Testing

/// Signals in every state.
@Suite struct InterruptTests {
  /// Enough that a debug build takes seconds over it.
  private func slowTree() throws -> TemporaryDirectory {
    let tree = try TemporaryDirectory()
    let text = (0..<20_000).map { "def function_\($0)(a, b):\n    return other_\($0)(a) + b.method(a)\n" }.joined()
    for index in 0..<6 { try tree.write(text, to: "large\(index).py") }
    return tree
  }

  /// Waits until a new environment is being built.
  private func awaitBuild(_ store: URL, beside old: Set<String>) throws {
    let deadline = Date(timeIntervalSinceNow: 60)
    while Date() < deadline {
      let entries = (try? FileManager.default.contentsOfDirectory(atPath: store.path)) ?? []
      if entries.contains(where: { $0.hasPrefix("env-") && !old.contains($0) }) { return }
      sched_yield()
    }
    Issue.record("no environment was begun")
  }

  @Test(arguments: [SIGINT, SIGTERM], [["--full"], []])
  func interruptingTheFirstIngestLeavesNothingHalfWritten(_ signal: Int32, _ mode: [String]) throws {
    let tree = try slowTree()
    let store = tree.url.appending(path: ".ptwatch")
    let program = try RunningProgram(mode + [tree.url.path])
    try awaitBuild(store, beside: [])
    program.signal(signal)
    #expect(program.waitForExit() == 130)
    #expect(program.errors.all.contains { $0.contains("interrupted") })
    let left = try FileManager.default.contentsOfDirectory(atPath: store.path)
    #expect(!left.contains { $0.hasPrefix("env-") || $0 == "current" })
    #expect(try Program.run("dump", tree.url.path).status == 1)
  }

  @Test func interruptingAFullIngestKeepsTheOldStore() throws {
    let tree = try slowTree()
    for index in 1..<6 { try tree.remove("large\(index).py") }
    #expect(try Program.run("--full", tree.url.path).status == 0)
    let before = try Program.dump(tree.url)
    let store = tree.url.appending(path: ".ptwatch")
    let entries = Set(try FileManager.default.contentsOfDirectory(atPath: store.path))
    let text = try String(contentsOf: tree.url.appending(path: "large0.py"), encoding: .utf8)
    for index in 1..<6 { try tree.write(text, to: "large\(index).py") }

    let program = try RunningProgram(["--full", tree.url.path])
    try awaitBuild(store, beside: entries)
    program.signal(SIGINT)
    #expect(program.waitForExit() == 130)
    #expect(try Program.dump(tree.url) == before)
  }

  @Test(arguments: [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM"), (SIGHUP, "SIGHUP")])
  func watchModeEndsCleanly(_ signal: Int32, _ name: String) throws {
    let tree = try TemporaryDirectory()
    try tree.write("def f(): pass\n", to: "a.py")
    // Whatever runs the tests may have been started by nohup.
    let watch = try Watch(tree.url, through: ["--default-signal=HUP"])
    try tree.write("def g(): pass\n", to: "b.py")
    _ = try watch.batch(naming: "b.py")
    let before = ContinuousClock.now
    watch.program.signal(signal)
    #expect(watch.program.waitForExit() == 0)
    #expect(ContinuousClock.now - before < .seconds(1))
    #expect(watch.program.lines.all.last?.contains("\"reason\":\"\(name)\"") == true)
    #expect(try Program.dump(tree.url).contains { $0.contains("python:function:b.py:g") })
  }

  @Test func aHangUpThatIsIgnoredEndsNothing() throws {
    let tree = try TemporaryDirectory()
    try tree.write("def f(): pass\n", to: "a.py")
    let watch = try Watch(tree.url, through: ["--ignore-signal=HUP"])
    watch.program.signal(SIGHUP)
    try tree.write("def g(): pass\n", to: "b.py")
    _ = try watch.batch(naming: "b.py")
    #expect(watch.interrupt() == 0)
    #expect(watch.program.lines.all.last?.contains("\"reason\":\"SIGINT\"") == true)
  }

  /// The batch that its cookie came with is dropped, so it has to catch up by itself.
  @Test func aClientOfARunThatEndsIsNotToldThatAllIsIn() throws {
    let tree = try TemporaryDirectory()
    try tree.write("def f(): pass\n", to: "a.py")
    let watch = try Watch(tree.url)
    watch.program.signal(SIGSTOP)
    let text = (0..<4_000).map { "def function_\($0)(a, b):\n    return other_\($0)(a)\n" }.joined()
    for index in 0..<4 { try tree.write(text, to: "large\(index).py") }
    let client = try RunningProgram(["dump", "--sync", tree.url.path])
    let cookies = tree.url.appending(path: ".ptwatch/sync").path
    let deadline = Date(timeIntervalSinceNow: 60)
    while try FileManager.default.contentsOfDirectory(atPath: cookies).isEmpty, Date() < deadline { sched_yield() }
    watch.program.signal(SIGCONT)
    #expect(watch.interrupt() == 0)
    #expect(client.waitForExit() == 0)
    #expect(try client.lines.all.map { Substring($0) } == Program.fullDump(tree.url))
  }

  /// `ptwatch --json DIR | head -n 1`: the next batch finds nobody to tell.
  @Test func watchModeEndsWhenNobodyReadsAnyMore() throws {
    let tree = try TemporaryDirectory()
    let results = try TemporaryDirectory()
    let status = results.url.appending(path: "status")
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.environment = Program.environment
    shell.arguments = [
      "-c", #"("$0" --json "$1"; echo $? > "$2.new"; mv "$2.new" "$2") | head -n 1 > "$2.line"; : > "$2.ended""#,
      Program.executable.path, tree.url.path, status.path,
    ]
    try shell.run()
    let deadline = Date(timeIntervalSinceNow: 60)
    var number = 0
    while !FileManager.default.fileExists(atPath: status.path), Date() < deadline {
      number += 1
      try tree.write("def f\(number)(): pass\n", to: "a.py")
      sched_yield()
    }
    shell.waitUntilExit()
    #expect(try String(contentsOf: status, encoding: .utf8) == "0\n")
    #expect(try String(contentsOfFile: status.path + ".line", encoding: .utf8).hasPrefix("{\"t\":\"ready\""))
    #expect(try Program.dump(tree.url, sync: true) == Program.fullDump(tree.url))
  }

  @Test func aSecondWriterIsRefusedWithTheHoldersNumber() throws {
    let tree = try TemporaryDirectory()
    let watch = try Watch(tree.url)
    let second = try Program.run("--full", tree.url.path)
    #expect(second.status == 1)
    #expect(second.error.contains("\(watch.program.id)"))
    #expect(watch.interrupt() == 0)
    #expect(try Program.run("--full", tree.url.path).status == 0)
  }
}
