import ArgumentParser
import Query

struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump", abstract: "Write the whole graph, one JSON object a line.")

  @Argument(help: "The tree.")
  var directory = "."

  @Flag(help: "Only what the source says: leave out what names mean.")
  var facts = false

  @OptionGroup var options: ReadingOptions

  func run() throws {
    try Complaint.reporting {
      let dump = Dump(try options.snapshot(of: directory), resolves: !facts)
      try dump.write { bytes in
        try StandardStream.output.write(bytes)
        return true
      }
    }
  }
}
