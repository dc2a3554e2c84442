import ArgumentParser
import Query

struct DumpCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump", abstract: "Write the whole graph, one JSON object a line.",
    discussion: """
      Files in byte order of their paths, what a file holds in source order: equal trees give equal dumps.

        ptwatch dump ~/src/project | grep '"t":"entity"'
        ptwatch dump --facts --sync . > before.ndjson
      """)

  @Argument(help: "The tree.", completion: .directory)
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
