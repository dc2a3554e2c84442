import ArgumentParser
import Platform
import Watcher

/// The main job: full ingestion, catching up, watching.
struct WatchCommand: GraphCommand {
  static let configuration = CommandConfiguration(

    commandName: "watch", abstract: "Ingest a tree, then watch it (the default).",
    discussion: """
      A graph that is there is brought up to date first: only what changed while away is read. Ctrl+C ends it. With other
      options on which files are in the graph than it was made with, it is made anew.

        ptwatch ~/src/project
        ptwatch --full ~/src/project --exclude 'third_party/' --max-file-size 20M
        ptwatch --json --poll 30 /mnt/share/project
        ptwatch watch --wait --db ~/.cache/project.ptwatch ~/src/project
      """)

  @Argument(help: ArgumentHelp("The directory to ingest and watch.", valueName: "dir"), completion: .directory)
  var directory: String

  @Flag(help: "Ingest everything anew, then end.")
  var full = false

  @Flag(inversion: .prefixedNo, help: "Where the directory is not there, or goes away, wait for it.")
  var wait = false

  @Flag(help: "End with standard input, and print JSON, progress too: for a program that starts a watcher for itself.")
  var attached = false

  @OptionGroup var ingest: IngestOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    if full && (ingest.poll != nil || wait) {
      throw ValidationError("--poll and --wait are for watching, --full ends at once: leave one out")
    }
    if full && attached { throw ValidationError("--attached is for watching, --full ends by itself: leave one out") }
  }

  func takes(_ option: String) -> Bool { !full || option != "poll" && option != "wait" }

  func run() throws {
    Signals.blockEnding()
    try Complaint.reporting {
      let screen = Screen(output, isAttached: attached)
      let status =
        full
        ? try FullRun(TreeSession(directory: directory, ingest, stop: StopFlag()), screen).run()
        : try WatchSessions(
          directory, ingest, screen, polling: ingest.poll?.seconds, waits: wait, isAttached: attached
        ).run()
      if status != 0 { throw ExitCode(status) }
    }
  }
}

/// The value of `--poll`. What is no number is not taken for its value, since it may be the directory.
struct PollInterval: ExpressibleByArgument, CustomStringConvertible {
  static let standard = PollInterval(seconds: WatchOptions.standardPollInterval)
  private static let allowed = 1...86_400

  let seconds: Int

  private init(seconds: Int) { self.seconds = seconds }

  init?(argument: String) {
    guard let seconds = Int(argument) else { return nil }
    self.seconds = seconds
  }

  var description: String { "\(seconds)" }

  /// Looks at the arguments themselves too: with `--poll=x` the parser takes the option for one without a value.
  static func validate(_ interval: PollInterval?, _ arguments: [String]) throws {
    let attached = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("--poll=") }.map { String($0.dropFirst(7)) }
    let wrong = (attached + (interval.map { ["\($0)"] } ?? [])).first { !(Int($0).map(allowed.contains) ?? false) }
    guard let wrong else { return }
    throw ValidationError(
      "--poll takes a number of seconds from \(allowed.lowerBound) to \(allowed.upperBound), not \(wrong)")
  }
}
