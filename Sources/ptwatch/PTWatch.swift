import ArgumentParser
import Graph

@main
struct PTWatch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ptwatch",
    abstract: "Turns a source tree into a graph that can be queried, and keeps it true while people type.",
    usage: """
      ptwatch <dir>           ingest (or catch up with what changed while away), then watch
      ptwatch --full <dir>    one-shot full ingestion
      ptwatch <subcommand>    read the graph
      """,
    discussion: """
      The graph is kept in <dir>/.ptwatch. Reading commands may run at any time, also while it is being written.

        ptwatch ~/src/linux                       watch a tree; Ctrl+C ends
        ptwatch callers schedule ~/src/linux      who calls it?
        ptwatch dump --facts . | grep '"t":"entity"'

      Options of the first two forms: ptwatch help watch.
      """,
    version: "0.1.0",
    subcommands: [
      WatchCommand.self, DumpCommand.self, StatsCommand.self, FindCommand.self, ShowCommand.self, CallersCommand.self,
      CalleesCommand.self, PathCommand.self, ImpactCommand.self, CyclesCommand.self, HotspotsCommand.self,
      UnusedCommand.self, ChangesCommand.self, VerifyCommand.self, RefsCommand.self, TypesCommand.self,
      OutlineCommand.self, TreeCommand.self, CoverageCommand.self, ContextCommand.self,
      LanguagesCommand.self, DoctorCommand.self, MCPCommand.self,
    ],
    defaultSubcommand: WatchCommand.self)

  /// As the library does it, but that what it says of arguments cannot steer the terminal: a shell's `*` makes names of
  /// files arguments.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      try? StandardStream.error.write(Escaping.printableText(fullMessage(for: error).utf8) + "\n")
      exit(withError: ExitCode.validationFailure)
    }
  }
}
