import ArgumentParser
import Graph
import Query

struct CoverageCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage", abstract: "List the files that are not wholly in the graph, and why.",
    discussion: """
      Files that were skipped (too big, binary, unreadable, parse limits) have no entities; of those with syntax errors, or
      bytes that are not UTF-8, some may be missing. Files that are ignored or in no known language are not in the graph
      at all. Reads the records of all files: about 50 ms for 100,000.

        ptwatch coverage ~/src/project
        ptwatch coverage --below src --limit 20 --offset 20 .
      """)

  @Argument(help: "The tree.", completion: .directory)
  var directory = "."

  @Option(help: "Only what lies below this directory, given from the tree's root.")
  var below = ""

  @OptionGroup var options: ReadingOptions
  @OptionGroup var page: PageOptions

  func run() throws {
    try Complaint.reporting {
      let coverage = try options.query(directory).coverage(below: TreePath(relative: below))
      var output = options.output()
      for language in coverage.languages {
        if options.json { try output.json(language) } else { try output.text(language) }
      }
      let gaps = page.cut(coverage.gaps)
      if !options.json, !gaps.isEmpty { try output.line("") }
      let paths = width(gaps.lazy.map(\.path.description), most: 60)
      for gap in gaps { if options.json { try output.json(gap) } else { try output.text(gap, paths) } }
      try output.flush()
      if page.hasMore(coverage.gaps.count) { page.tellOfMore(of: coverage.gaps.count) }
    }
  }
}

extension GraphQuery.Gap {
  /// Why it is one.
  var reason: String {
    let errors = errors == 0 ? nil : Format.plural(errors, "syntax error")
    return [problem?.name, errors].compactMap(\.self).joined(separator: ", ")
  }
}

extension Output {
  fileprivate mutating func json(_ language: GraphQuery.Coverage.OfLanguage) throws {
    try json { line in
      line.key("t")
      line.value("coverage" as StaticString)
      line.key("language")
      line.value(language.language)
      line.key("files")
      line.value(language.files)
      line.key("lines")
      line.value(language.lines)
      line.key("skipped")
      line.value(language.skipped)
      line.key("imperfect")
      line.value(language.imperfect)
      line.key("errors")
      line.value(language.errors)
    }
  }

  fileprivate mutating func json(_ gap: GraphQuery.Gap) throws {
    try json { line in
      line.key("t")
      line.value("gap" as StaticString)
      line.key("path")
      line.value(gap.path.bytes)
      line.key("language")
      line.value(gap.language)
      line.key("problem")
      if let problem = gap.problem { line.value(problem.name) } else { line.null() }
      line.key("errors")
      line.value(gap.errors)
      line.key("lines")
      line.value(gap.lines)
      line.key("bytes")
      line.value(gap.bytes)
    }
  }

  fileprivate mutating func text(_ language: GraphQuery.Coverage.OfLanguage) throws {
    let whole = language.files - language.skipped - language.imperfect
    try line(
      "\(styled(padded(language.language, 12), .kind))  \(Format.plural(language.files, "file")): \(whole) whole, "
        + "\(language.imperfect) in part, \(language.skipped) skipped")
  }

  fileprivate mutating func text(_ gap: GraphQuery.Gap, _ width: Int) throws {
    try line("\(styled(padded(gap.path.description, width), .name))  \(gap.reason)")
  }
}
