public import ArgumentParser
import Graph
public import Query

/// Which entities a command is to list.
struct FilterOptions: ParsableArguments {
  @Option(help: "Only entities of this kind; may be repeated.", transform: EntityKind.parsing)
  var kind: [EntityKind] = []

  @Option(help: "Only entities in this language; may be repeated.")
  var language: [String] = []

  @Option(
    help: "Only entities of files that match this glob, or of directories that do; may be repeated.",
    transform: PathPattern.parsing)
  var path: [PathPattern] = []

  @Option(help: "Entities of test code: all, none, or only these.")
  var tests = EntityFilter.Tests.all

  /// Throws ``Failure`` for a language that the graph does not know.
  func filter(in query: GraphQuery) throws -> EntityFilter {
    let known = query.snapshot.languages.map(\.name)
    if let unknown = language.first(where: { !known.contains($0) }) {
      throw Failure("there is no language \"\(printable(unknown))\"; there are \(known.joined(separator: ", "))")
    }
    return EntityFilter(kinds: Set(kind), languages: Set(language), paths: path, tests: tests)
  }
}

/// Which part of the results a command is to print.
struct PageOptions: ParsableArguments {
  @Option(help: "Most results to print; 0 for all.")
  var limit = 100

  @Option(help: "How many results to leave out before them.")
  var offset = 0

  func validate() throws {
    if limit < 0 || limit == .max { throw ValidationError("--limit wants a number, 0 for all") }
    if offset < 0 || offset > Int.max / 4 { throw ValidationError("--offset wants a number, 0 or more") }
  }

  var most: Int { limit == 0 ? .max : limit }

  /// Up to the end of the page, and one more, by which one sees that there are more.
  var toItsEnd: Int { limit == 0 ? .max : offset + limit + 1 }

  /// The page of results that begin with the first.
  func cut<Result>(_ results: [Result]) -> ArraySlice<Result> { results.dropFirst(offset).prefix(most) }

  func hasMore(_ total: Int) -> Bool { limit != 0 && total > offset + limit }

  func tellOfMore(of total: Int?) {
    let shown = offset == 0 ? "the first \(limit)" : "\(offset + 1) to \(offset + limit)"
    Complaint.report("\(shown)\(total.map { " of \($0)" } ?? "") shown; go on with --offset \(offset + limit)")
  }
}

extension EntityFilter.Tests: ExpressibleByArgument {}
extension NamePattern.Manner: EnumerableFlag {}

extension PathPattern {
  /// For `@Option(transform:)`.
  static func parsing(_ text: String) throws -> PathPattern {
    if let pattern = PathPattern(text) { return pattern }
    throw ValidationError("nothing matches the glob \"\(printable(text))\"")
  }
}

extension EntityKind {
  /// For `@Option(transform:)`.
  static func parsing(_ name: String) throws -> EntityKind {
    if let kind = EntityKind(name: name) { return kind }
    throw ValidationError(
      "there is no kind \"\(printable(name))\"; there are \(EntityKind.allCases.map(\.name).joined(separator: ", "))")
  }
}
