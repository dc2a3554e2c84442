import ArgumentParser
import Platform
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

  /// Each has a memory of its own of what names mean.
  private static let mostThreads = 8

  func run() throws {
    try Complaint.reporting {
      let threads = min(ParallelWork.processors, Self.mostThreads)
      let dump = Dump(try options.snapshots(of: directory, threads), resolves: !facts)
      try dump.write { bytes in
        try StandardStream.output.write(bytes)
        return true
      }
    }
  }
}
