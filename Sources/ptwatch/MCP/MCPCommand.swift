import ArgumentParser
import Glibc
import MCP
import Platform
import Store

struct MCPCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp", abstract: "Answer a coding agent's questions: an MCP server on standard input and output.",
    discussion: """
      The agent starts it; README.md says how to have it do so. It watches the tree (or shares the ptwatch that does), so each answer is of
      the tree as it is at that moment. It ends with its input.

        ptwatch mcp ~/src/project
        claude mcp add ptwatch -- ptwatch mcp ~/src/project
      """)

  @Argument(help: "The tree.", completion: .directory)
  var directory = "."

  @OptionGroup var ingest: IngestOptions

  /// Bytes of the longest message that is taken: patches come in one.
  private static let longestLine = 8 << 20

  func run() throws {
    Signals.blockEnding()
    try Complaint.reporting {
      let directory = WorkingDirectory.absolute(directory)
      guard WorkingDirectory.isDirectory(directory) else {
        throw Failure("\(printable(directory)): no directory; give the tree that the agent works on")
      }
      let store = ingest.db?.directory(for: directory) ?? StoreArgument.standard(for: directory)
      let jobs = ingest.jobs.map { ["--jobs=\($0)"] } ?? []
      let interval = ingest.poll.map { ["--poll", "\($0)"] } ?? []
      let watcher = try SharedWatcher(directory, store, options: ingest.arguments, means: jobs + interval)
      try Signals.onEnding { _ in Self.end(watcher) }
      let source = GraphSource(directory, store, watcher)
      let server = try Server(Self.description(directory), tools: GraphTools.all(source)) { line in
        do throws(OutputFailure) { try StandardStream.output.write(line + [0x0A]) } catch { Self.end(watcher) }
      }
      var lines = LineReader(STDIN_FILENO, most: Self.longestLine)
      while let line = lines.next() {
        switch line {
        case .line(let text): server.receive(text)
        case .tooLong: server.refuseLine(longerThan: Self.longestLine)
        }
      }
      Self.end(watcher)
    }
  }

  /// Nobody listens any more: what is being answered need not be, so nothing but the watcher is waited for.
  private static func end(_ watcher: SharedWatcher) -> Never {
    watcher.end()
    _exit(0)
  }

  private static func description(_ directory: String) -> Server.Description {
    Server.Description(
      name: "ptwatch", title: "ptwatch: the code as a graph", version: PTWatch.configuration.version,
      instructions: """
        Answers from a graph of all definitions and uses in \(printable(directory)), always as the files are at this moment, edits of a \
        second ago included. Prefer it to searching text when the question is about code: where something is defined (find), what it is \
        and who uses it (show, callers, callees), how one thing reaches another (path), what an edit can break and which tests to \
        run (impact), what changed (changes). Name an entity by its id, its qualified name, or path:line. Uses that may mean \
        another entity are marked as not certain. Long answers give a cursor for the next page.
        """)
  }
}
