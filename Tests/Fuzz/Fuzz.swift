import ArgumentParser
import Foundation
import Graph
import Platform
import Syntax
import TestSupport

/// Mutates texts of all languages in memory, and holds what is extracted incrementally to what is extracted as a whole.
/// Run by `scripts/torture fuzz`. The same seed gives the same texts.
@main struct Fuzz: ParsableCommand {
  @Option(help: "Of the first chain of versions; the next one's is one more.")
  var seed: UInt64 = 1
  @Option(help: "Chains begin for so long.")
  var seconds: Double = 5
  @Option(help: "One chain in so many is texts of one piece instead.")
  var repetitions = 32
  @Option(help: "How many chains at most.")
  var chains = UInt64.max
  @Option(help: "Longest text, in bytes.")
  var longest = 12 << 10
  @Option(help: "This language only.")
  var language: String?
  @Option(help: "A folder of further texts to begin with; each language takes 300 of them.")
  var corpus: [String] = []
  @Option(help: "A file that holds the seed of the chain in hand and its language, a line, and the text in hand.")
  var state: String?
  @Option(help: "A folder for the texts of what fails: the version before, and the one that fails.")
  var faults: String?

  /// Microseconds for a parse. A text that takes longer tells nothing more.
  private static let timeLimit: UInt64 = 2_000_000
  private static let versions = 24

  func run() throws {
    let corpora = try Corpora(folders: corpus, only: language)
    let state = state.map { State(file: open($0, O_WRONLY | O_CREAT | O_TRUNC, 0o600)) }
    var tallies = [Tally](repeating: Tally(), count: corpora.all.count)
    var found = 0
    let deadline = Date(timeIntervalSinceNow: seconds)
    var chain: UInt64 = 0
    while chain < chains, chain == 0 || Date() < deadline {
      let chainSeed = seed &+ chain
      // A chain is known by its seed alone.
      let index = Int(chainSeed % UInt64(corpora.all.count))
      let corpus = corpora.all[index]
      do {
        try run(corpus, seed: chainSeed, state, &tallies[index])
      } catch let fault as FaultyVersion {
        found += 1
        print("FAULT \(corpus.name), seed \(chainSeed), version \(fault.number): \(fault.error)")
        try keep(fault, "\(corpus.name)-\(chainSeed)")
      }
      chain += 1
    }
    report(corpora, tallies)
    if found > 0 { throw ExitCode.failure }
  }

  /// One file, saved time after time.
  private func run(_ corpus: Corpora.Corpus, seed: UInt64, _ state: State?, _ tally: inout Tally) throws {
    var random = SeededGenerator(seed: seed)
    if Int.random(in: 0..<repetitions, using: &random) == 0 {
      return try runRepetition(corpus, seed: seed, &random, state, &tally)
    }
    var trial = try Trial(corpus.language, corpus.id, path: corpus.path, timeLimit: Self.timeLimit)
    let longest = longest >> [0, 1, 1, 2, 3].randomElement(using: &random)!
    let isGentle = Bool.random(using: &random)
    func mutate(_ text: inout [UInt8]) {
      if isGentle {
        corpus.mutator.mutateGently(&text, longest: longest, using: &random)
      } else {
        corpus.mutator.mutate(&text, longest: longest, using: &random)
      }
    }
    var text = corpus.mutator.seed(longest: longest, using: &random)
    for _ in 0..<Int.random(in: 0...2, using: &random) where !isGentle { mutate(&text) }
    var before = text
    for number in 0..<Self.versions {
      let hasErrors: Bool
      state?.note(seed, corpus.name, text)
      do {
        hasErrors = try trial.save(text, confirms: Bool.random(using: &random), &tally)
      } catch {
        throw FaultyVersion(number: number, error: error, before: before, text: text)
      }
      let last = text
      // Now and then a change is taken back; an error sooner than others.
      let takesBack = hasErrors && isGentle ? 2 : 6
      if Int.random(in: 0..<takesBack, using: &random) == 0 { text = before } else { mutate(&text) }
      before = last
    }
  }

  private func runRepetition(
    _ corpus: Corpora.Corpus, seed: UInt64, _ random: inout SeededGenerator, _ state: State?, _ tally: inout Tally
  ) throws {
    var growth = try Growth(corpus.language, path: corpus.path, timeLimit: Self.timeLimit)
    let piece = corpus.mutator.repeatedPiece(using: &random)
    state?.note(seed, corpus.name, piece)
    do {
      try growth.check(piece, &tally)
    } catch {
      throw FaultyVersion(number: 0, error: error, before: [], text: piece)
    }
  }

  /// What a crash, or a hang, is to be known by.
  private struct State {
    let file: CInt

    func note(_ seed: UInt64, _ language: String, _ text: [UInt8]) {
      let bytes = Array("\(seed) \(language)\n".utf8) + text
      _ = bytes.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
      ftruncate(file, off_t(bytes.count))
    }
  }

  private struct FaultyVersion: Error {
    let number: Int
    let error: any Error
    let before: [UInt8]
    let text: [UInt8]
  }

  private func keep(_ fault: FaultyVersion, _ name: String) throws {
    guard let faults else { return }
    let folder = URL(fileURLWithPath: faults)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(fault.before).write(to: folder.appending(path: "\(name)-before"))
    try Data(fault.text).write(to: folder.appending(path: "\(name)-after"))
  }

  /// A line for each language, and one with the memory at the end, in bytes.
  private func report(_ corpora: Corpora, _ tallies: [Tally]) {
    for (corpus, tally) in zip(corpora.all, tallies) {
      print(
        corpus.name, tally.executions, tally.incremental, tally.dependent, tally.corrected, tally.timedOut,
        tally.repetitions, separator: "\t")
    }
    let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
    // Less the pages of files.
    let resident = pages.count > 2 ? (Int(pages[1]) ?? 0) - (Int(pages[2]) ?? 0) : 0
    print("memory", resident * 4096, separator: "\t")
  }
}
