import Foundation
import Testing

/// `--sync`: what was saved before a reading command began is in its answer.
@Suite struct SyncTests {
  /// `PTWATCH_SYNC_ROUNDS` for more.
  private static let rounds = Int(ProcessInfo.processInfo.environment["PTWATCH_SYNC_ROUNDS"] ?? "") ?? 1000

  @Test func noSyncedReadIsStaleUnderLoad() throws {
    let tree = try TemporaryDirectory()
    let watch = try Watch(tree.url)
    let storm = Storm(tree: tree.url)
    let storming = Background { storm.run() }
    let pairs = (0..<4).map { Pair(number: $0, rounds: Self.rounds / 4, tree: tree.url) }
    let stale = pairs.map { pair in Background { pair.run() } }.flatMap { $0.join() }
    storm.end()
    #expect(stale.isEmpty, "\(stale.count) of \(Self.rounds) rounds: \(stale.prefix(5))")
    #expect(storming.join() > Self.rounds)
    try watch.expectEqualToFull()
    #expect(watch.interrupt() == 0)
  }

  /// Each reading command with what shows a function `name` that calls `target` and is called by `caller`.
  static let commands: [(arguments: @Sendable (String) -> [String], part: @Sendable (String) -> String)] = [
    ({ _ in ["dump"] }, { "python:function:a.py:\($0)\"" }),
    ({ _ in ["stats", "--json"] }, { "\"kind\":\"function\",\"count\":\($0.count)" }),
    ({ ["find", "--json", $0] }, { "python:function:a.py:\($0)\"" }),
    ({ ["show", "--json", $0] }, { "python:function:a.py:\($0)\"" }),
    ({ ["callers", "--json", $0] }, { "\"from\":\"python:function:a.py:caller_\($0)\"" }),
    ({ ["callees", "--json", $0] }, { "\"name\":\"target_\($0)\"" }),
  ]

  /// So many functions as the name has letters, so that the statistics tell of it too.
  private func text(_ name: String) -> String {
    let others = (0..<(name.count - 2)).map { "def other_\($0)(): pass\n" }.joined()
    return "def \(name)(): return target_\(name)()\ndef caller_\(name)(): return \(name)()\n" + others
  }

  @Test(arguments: [true, false])
  func everyReadingCommandTakesSync(_ isWatched: Bool) throws {
    let tree = try TemporaryDirectory()
    try tree.write("def first(): pass\n", to: "a.py")
    let watch = isWatched ? try Watch(tree.url) : nil
    if !isWatched { #expect(try Program.run("--full", "--quiet", tree.url.path).status == 0) }
    var name = "name"
    for _ in 0..<3 {
      for (arguments, part) in Self.commands {
        name += "e"
        try tree.write(text(name), to: "a.py")
        let command = arguments(name) + ["--sync", tree.url.path]
        let program = try RunningProgram(command)
        #expect(program.waitForExit() == 0, "\(command): \(program.errors.all)")
        #expect(program.lines.all.contains { $0.contains(part(name)) }, "\(command): \(program.lines.all)")
      }
    }
    if let watch { #expect(watch.interrupt() == 0) }
  }

  /// The watcher that would have answered is killed; the client catches up by itself.
  @Test func aClientOfAWatcherThatIsKilledCatchesUp() throws {
    let tree = try TemporaryDirectory()
    try tree.write("def first(): pass\n", to: "a.py")
    let watch = try Watch(tree.url)
    watch.program.signal(SIGSTOP)
    try tree.write("def second(): pass\n", to: "a.py")
    let client = try RunningProgram(["find", "second", "--sync", tree.url.path])
    let cookies = tree.url.appending(path: ".ptwatch/sync").path
    let deadline = Date(timeIntervalSinceNow: 60)
    while try FileManager.default.contentsOfDirectory(atPath: cookies).isEmpty, Date() < deadline { sched_yield() }
    watch.program.signal(SIGKILL)
    #expect(client.waitForExit() == 0, "\(client.errors.all)")
    #expect(client.lines.all.contains { $0.contains("a.py:1:1") })
    _ = watch.program.waitForExit()
  }
}

/// Saves a file and reads it back through the graph, over and over, in one of the ways in which programs save.
private struct Pair {
  let number: Int
  let rounds: Int
  let tree: URL

  /// Returns the rounds in which something else was read than what was saved.
  func run() -> [String] {
    var stale: [String] = []
    for round in 0..<rounds {
      do {
        try save("def pair\(number)_\(round)(): pass\n", round)
        let found = try Program.run("find", "pair\(number)_", "--sync", "--json", tree.path)
        let isTrue = found.output.contains("pair\(number)_\(round)\"") && !found.output.contains("\n")
        if !isTrue { stale.append("pair \(number), round \(round): \(found)") }
      } catch {
        stale.append("pair \(number), round \(round): \(error)")
      }
    }
    return stale
  }

  private func save(_ text: String, _ round: Int) throws {
    let path = "\(tree.path)/pair\(number).py"
    switch round % 4 {
    case 0: try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    case 1: try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    case 2:
      // In a directory of its own, made for it.
      unlink(path)
      let folder = "\(tree.path)/folder\(number)_\(round)"
      mkdir(folder, 0o755)
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/pair.py"))
    default:
      let folder = "\(tree.path)/folder\(number)_\(round - 1)"
      rename(folder + "/pair.py", path)
      rmdir(folder)
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
  }
}

/// Writes other files of the tree without pause.
private struct Storm {
  let tree: URL
  private let isOver = DispatchSemaphore(value: 0)

  init(tree: URL) { self.tree = tree }

  /// Returns how many it wrote.
  func run() -> Int {
    var written = 0
    for folder in 0..<10 { mkdir("\(tree.path)/storm\(folder)", 0o755) }
    while isOver.wait(timeout: .now() + .microseconds(500)) == .timedOut {
      let file = "\(tree.path)/storm\(written % 10)/file\(written % 200).py"
      try? Data("def storm_\(written)(): return storm_\(written - 1)()\n".utf8).write(to: URL(fileURLWithPath: file))
      written += 1
    }
    return written
  }

  func end() { isOver.signal() }
}

/// Work on a thread of its own.
private final class Background<Outcome: Sendable>: @unchecked Sendable {
  // SAFETY: `outcome` is written before `hasEnded` is signalled and read after.
  private var outcome: Outcome?
  private let hasEnded = DispatchSemaphore(value: 0)

  init(_ body: @escaping @Sendable () -> Outcome) {
    let thread = Thread { [self] in
      outcome = body()
      hasEnded.signal()
    }
    thread.start()
  }

  /// To be called once.
  func join() -> Outcome {
    hasEnded.wait()
    return outcome!
  }
}
