import Foundation
import TestSupport
import Testing

/// Invariant 1: after any sequence of changes the watched graph is that of a fresh full ingest.
@Suite struct EqualityTests {
  /// `PTWATCH_EQUALITY_STEPS` and `PTWATCH_EQUALITY_SEED` make a longer or another run of it; with
  /// `PTWATCH_EQUALITY_MINUTES` runs with random seeds follow for so long.
  private static let steps = setting("STEPS") ?? 240
  private static let seed = setting("SEED") ?? 2026
  private static let minutes = setting("MINUTES") ?? 0

  /// `PTWATCH_EQUALITY_LANGUAGES`, by commas.
  private static let languages =
    ProcessInfo.processInfo.environment["PTWATCH_EQUALITY_LANGUAGES"]?.split(separator: ",").map(String.init)
    ?? ["c", "python", "rust", "typescript"]

  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment["PTWATCH_EQUALITY_\(name)"].flatMap { Int($0) }
  }

  @Test(arguments: languages)
  func randomChangesEndEqualToFull(_ language: String) throws {
    let end = Date(timeIntervalSinceNow: Double(Self.minutes) * 60)
    var seed = UInt64(Self.seed)
    var runs = 0
    var comparisons = 0
    repeat {
      guard let made = try run(language, seed) else { return }
      runs += 1
      comparisons += made
      seed = UInt64.random(in: 0..<1 << 32)
    } while Date() < end
    if Self.minutes > 0 {
      print("\(language): \(runs) runs, \(runs * Self.steps) steps, \(comparisons) comparisons")
    }
  }

  /// Returns how often the graphs were compared; nil after a difference.
  private func run(_ language: String, _ seed: UInt64) throws -> Int? {
    let place = try TemporaryDirectory()
    var script = try EditScript(place.url.path, language: language, seed: seed)
    defer { script.closeHeld() }
    for _ in 0..<12 { try script.create() }
    var watch = try Watch(script.tree)
    var comparisons = 0
    for step in 1...Self.steps {
      try script.step()
      if step % 40 == 0 { watch = try restart(watch, &script) }
      guard step % 12 == 0 || step == Self.steps else { continue }
      comparisons += 1
      let isEqual = try watch.expectEqualToFull(
        "\(language), seed \(seed), step \(step):\n\(script.log.suffix(60).joined(separator: "\n"))")
      if !isEqual { return nil }
      script.linked = []
    }
    #expect(watch.interrupt() == 0, "\(language), seed \(seed): \(watch.program.errors.all.joined(separator: "\n"))")
    return comparisons
  }

  /// Ends the watcher, cleanly or not, changes the tree while none runs, and starts another, perhaps only at the second try.
  private func restart(_ watch: Watch, _ script: inout EditScript) throws -> Watch {
    let isKilled = script.chance(1, in: 2)
    script.note(isKilled ? "kill -9" : "interrupt")
    if isKilled {
      watch.program.signal(SIGKILL)
      _ = watch.program.waitForExit()
    } else {
      #expect(watch.interrupt() == 0, "\(watch.program.errors.all.joined(separator: "\n"))")
    }
    for _ in 0..<script.number(0...8) { try script.step() }
    if script.chance(1, in: 3) {
      script.note("start and kill -9")
      let program = try RunningProgram(["--json", "--quiet", script.tree.path])
      try script.step()
      program.signal(SIGKILL)
      _ = program.waitForExit()
    }
    script.note("start")
    return try Watch(script.tree)
  }
}
