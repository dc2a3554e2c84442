import ArgumentParser
import Platform

/// The main job: full ingestion, catching up, watching.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Ingest a tree, then watch it (the default).")

  @Argument(help: ArgumentHelp("The directory to ingest and watch.", valueName: "dir"), completion: .directory)
  var directory: String

  @Flag(help: "Ingest everything anew, then end.")
  var full = false

  @OptionGroup var ingest: IngestOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    Signals.blockEnding()
    let stop = StopFlag()
    try Complaint.reporting {
      let session = try TreeSession(directory: directory, ingest, stop: stop)
      let screen = Screen(output)
      let status =
        full
        ? try FullRun(session, screen).run()
        : try WatchRun(session, screen).run()
      if status != 0 { throw ExitCode(status) }
    }
  }
}
