import ArgumentParser
import Graph
import Query

struct StatsCommand: GraphCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Count what the graph holds.",
    discussion: """
        ptwatch stats ~/src/project
        ptwatch stats --sync --json . | jq .generation
      """)

  @Argument(help: "The tree.", completion: .directory)
  var directory = "."

  @OptionGroup var options: ReadingOptions

  func run() throws {
    try Complaint.reporting {
      let statistics = try options.query(directory).statistics()
      var output = options.output()
      if options.json { try output.json(statistics) } else { try output.text(statistics) }
      try output.flush()
    }
  }
}

extension Output {
  fileprivate mutating func json(_ statistics: GraphStatistics) throws {
    try json { line in
      line.key("t")
      line.value("stats" as StaticString)
      line.key("generation")
      line.value(statistics.generation)
      line.key("storeBytes")
      line.value(statistics.storeBytes)
      line.key("files")
      line.value(statistics.files)
      line.key("problems")
      line.value(statistics.problems)
      line.key("entities")
      line.counts(statistics.entities.map { ($0.kind.name, $0.count) })
      line.key("edges")
      line.counts(statistics.edges.map { ($0.kind.name, $0.count) })
      line.key("languages")
      line.beginArray()
      for language in statistics.languages {
        line.begin()
        line.key("language")
        line.value(language.language)
        line.key("files")
        line.value(language.files)
        line.key("bytes")
        line.value(language.bytes)
        line.key("lines")
        line.value(language.lines)
        line.key("entities")
        line.value(language.entities)
        line.key("edges")
        line.value(language.edges)
        line.end()
      }
      line.endArray()
    }
  }

  fileprivate mutating func text(_ statistics: GraphStatistics) throws {
    let problems = statistics.problems == 0 ? "" : ", \(statistics.problems) with problems"
    try line("\(styled("files", .name))     \(Format.count(statistics.files))\(problems)")
    try counts("entities", statistics.entityCount, statistics.entities.map { ($0.kind.name, $0.count) })
    try counts("edges", statistics.edgeCount, statistics.edges.map { ($0.kind.name, $0.count) })
    try line(styled("languages", .name))
    let names = width(statistics.languages.lazy.map(\.language), most: 24)
    for language in statistics.languages {
      try line(
        "  \(styled(padded(language.language, names), .kind))  \(Format.plural(language.files, "file")), "
          + "\(Format.plural(language.lines, "line")), \(Format.plural(language.entities, "entity", "entities")), "
          + Format.plural(language.edges, "edge")
      )
    }
    try line(
      "\(styled("store", .name))     \(Format.count(statistics.storeBytes)) bytes, generation \(statistics.generation)")
  }

  private mutating func counts(_ title: String, _ total: Int, _ counts: [(String, Int)]) throws {
    try line("\(styled(padded(title, 8), .name))  \(Format.count(total))")
    let names = width(counts.lazy.map(\.0), most: 24)
    let numbers = width(counts.lazy.map { Format.count($0.1) }, most: 24)
    for (name, count) in counts {
      let number = Format.count(count)
      let space = String(repeating: " ", count: max(0, numbers - number.count))
      try line("  \(styled(padded(name, names), .kind))  \(space)\(number)")
    }
  }
}

extension JSONLine {
  fileprivate mutating func counts(_ counts: [(String, Int)]) {
    beginArray()
    for (name, count) in counts {
      begin()
      key("kind")
      value(name)
      key("count")
      value(count)
      end()
    }
    endArray()
  }
}
