import ArgumentParser
import Foundation
import Platform

/// `git checkout` of many files under a watcher.
struct Checkout: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "'git checkout' that changes 2,000 files, until the graph is consistent.",
    discussion: """
      'git' is the command under a watcher, 'bare' the same in a copy that nobody watches; 'after' is from git's end \
      until a read with --sync would return, 'whole' from git's start. 'floor' is what reading and parsing the \
      changed files alone takes with all cores. 'cpu' is the processor time of the watcher and of the floor, which \
      tells more on a busy machine. The goal is for 'after': 1.3 x floor + 100 ms.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp("Source tree to copy files from (default: as for 'start').", valueName: "dir"))
  var corpus: String?

  @Option(help: "Files that differ between the branches.")
  var files = 2000

  @Option(help: "Checkouts.")
  var rounds = 8

  func run() throws {
    let ptwatch = try Ptwatch(common)
    let scratch = try Scratch(common)
    let source = try SourceTree.given(corpus, scratch)
    let (language, changed) = try prepare(source, scratch)
    let watched = Git("\(scratch.path)/watched", scratch)
    let bare = Git("\(scratch.path)/bare", scratch)
    let floor = try ParseFloor(
      changed.map { ("\(watched.tree)/\($0)", language.rawValue) }, scratch)
    let watcher = try Watcher.ready(ptwatch, watched.tree, in: scratch)
    try watcher.sync()
    var table = Table("checkout", "of \(changed.count) files", common)
    for round in 0..<rounds {
      let branch = round % 2 == 0 ? "two" : "one"
      let bareMs = try bare.run("checkout", "--quiet", branch)
      _ = try watcher.events()
      let cpuBefore = try ProcessUsage.cpuMs(of: watcher.id)
      let begun = MonotonicTime.now
      let gitMs = try watched.run("checkout", "--quiet", branch)
      let ended = MonotonicTime.now
      try watcher.sync()
      let now = MonotonicTime.now
      let batches = try watcher.events().filter { $0.t == "batch" }
      let after = now.milliseconds(since: ended)
      let cpu = try ProcessUsage.cpuMs(of: watcher.id) - cpuBefore
      let least = try floor.measure(threads: Machine.cores)
      table.add(
        .count("round", round + 1), .number("git ms", gitMs), .number("bare ms", bareMs), .number("after ms", after),
        .number("whole ms", now.milliseconds(since: begun)),
        .count("parsed", batches.reduce(0) { $0 + $1.filesParsed }),
        .count("batches", batches.count), .number("cpu ms", cpu), .number("floor ms", least.ms),
        .number("floor cpu ms", least.cpuMs), .goal(after <= 1.3 * least.ms + 100))
    }
    try watcher.stop()
  }

  /// Two equal work trees, `watched` and `bare`, with branches `one` and `two`; the files that differ between these.
  private func prepare(_ source: String, _ scratch: Scratch) throws -> (SourceLanguage, [String]) {
    let (language, all) = SourceTree.files(below: source)
    guard all.count >= files else {
      throw Failure("\(source) has \(all.count) files of a known language; \(files) are to differ")
    }
    let tree = try scratch.directory("watched")
    var random = SeededGenerator(seed: 1)
    let changed = all.shuffled(using: &random).prefix(files).sorted()
    for path in all {
      let target = URL(fileURLWithPath: "\(tree)/\(path)")
      try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(contentsOf: URL(fileURLWithPath: "\(source)/\(path)")).write(to: target)
    }
    let git = try Git.make(of: tree, scratch)
    try git.run("checkout", "--quiet", "-b", "two")
    for (number, path) in changed.enumerated() {
      let file = URL(fileURLWithPath: "\(tree)/\(path)")
      var text = EditedText(Array(try Data(contentsOf: file)), seed: UInt64(number))
      text.changeNumber()
      try Data(text.bytes).write(to: file)
    }
    try git.commit()
    try git.run("checkout", "--quiet", "one")
    try Child.run(["cp", "-r", tree, "\(scratch.path)/bare"])
    try Git("\(scratch.path)/bare", scratch).run("status", "--short")
    return (language, changed)
  }
}
