import ArgumentParser
import Graph
import Query

struct OutlineCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "outline", abstract: "List the entities of a file as a tree.",
    discussion: """
        ptwatch outline src/net.c ~/src/project
        ptwatch outline src/net.c --json --sync .
      """)

  @Argument(help: "The file, by its path from the tree's root.", completion: .file())
  var path: String

  @Argument(help: "The tree.", completion: .directory)
  var directory = "."

  @OptionGroup var options: ReadingOptions

  func run() throws {
    try Complaint.reporting {
      let query = try options.query(directory)
      let path = TreePath(relative: path)
      guard let items = try query.outline(of: path) else { try fail(path, query) }
      var output = options.output()
      if options.json {
        for item in items { try output.json(item.entity) }
      } else {
        let lines = width(items.lazy.map(\.lines), most: 16)
        for item in items {
          let space = String(repeating: "  ", count: item.depth)
          let kind = output.styled(item.entity.kind.name, .kind)
          let signature = output.styled(item.entity.signatureText, .faint)
          let name = output.styled(Escaping.printable(item.entity.name), .name)
          try output.line("\(output.styled(padded(item.lines, lines), .number))  \(space)\(kind) \(name)  \(signature)")
        }
      }
      try output.flush()
      if let gap = try query.coverage(below: path).gaps.first { Complaint.report("\(path): \(gap.reason)") }
    }
  }

  private func fail(_ path: TreePath, _ query: GraphQuery) throws -> Never {
    if try !query.folders(below: path, depth: 0).isEmpty {
      Complaint.report("\(path) is a directory; ptwatch tree --below \(path) lists what is in it")
    } else {
      let near = try query.files(near: path).map(\.description)
      let text = "no file \"\(path)\" is in the graph"
      Complaint.report(near.isEmpty ? text : "\(text); near: \(near.joined(separator: ", "))")
    }
    throw ExitCode.failure
  }
}

extension GraphQuery.OutlineItem {
  fileprivate var lines: String { "\(entity.span.start.row + 1)-\(entity.span.end.row + 1)" }
}

extension TreePath {
  /// As people write it: `./a/b/` is `a/b`.
  init(relative text: String) {
    let parts = text.split(separator: "/").filter { $0 != "." }
    self.init(parts.joined(separator: "/"))
  }
}
