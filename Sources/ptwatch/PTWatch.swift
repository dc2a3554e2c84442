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

      Options of the first two forms: ptwatch help watch. Defaults for options may stand in ~/.config/ptwatch/config.toml
      ($XDG_CONFIG_HOME/ptwatch/config.toml), or in a file: --config FILE, with any command. --no-config does
      without. Nothing is taken from the tree itself.

        limit = 20
        [tree."~/src/linux"]
        ignore = false
        exclude = ["Documentation/"]

        ptwatch ~/src/linux                       watch a tree; Ctrl+C ends
        ptwatch callers schedule ~/src/linux      who calls it?
        ptwatch dump --facts . | grep '"t":"entity"'
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

  /// What is said of arguments cannot steer the terminal: a shell's `*` makes names of files arguments.
  static func main() {
    do {
      var arguments = Array(CommandLine.arguments.dropFirst())
      let source = try SettingsSource(takenFrom: &arguments)
      var command = try parsed(arguments)
      if let file = try source.file(), let graph = command as? any GraphCommand {
        command = try graph.with(Settings(path: file), arguments)
      }
      try command.run()
    } catch let error as SettingsError {
      Complaint.report(error.description)
      exit(withError: ExitCode.validationFailure)
    } catch let failure as Failure {
      Complaint.report(failure.description)
      exit(withError: ExitCode.failure)
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      try? StandardStream.error.write(Escaping.printableText(fullMessage(for: error).utf8) + "\n")
      exit(withError: ExitCode.validationFailure)
    }
  }

  /// A subcommand is parsed by itself, which takes half the time; what is wrong with it, or asks for help, is told as the whole program's.
  private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    let named = configuration.subcommands.first { $0.configuration.commandName == arguments.first }
    if let named, let command = try? named.parseAsRoot(Array(arguments.dropFirst())), type(of: command) == named {
      return command
    }
    return try parseAsRoot(arguments)
  }
}
