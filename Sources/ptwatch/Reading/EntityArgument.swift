import ArgumentParser
import Graph
import Query

/// What the commands take that are about one entity.
struct EntityArgument: ParsableArguments {
  @Argument(
    help: "An entity: its id, PATH:LINE, its qualified name or the end of it.", completion: .entities)
  var entity: String

  @Argument(help: "The tree.", completion: .directory)
  var directory = "."

  /// The one entity that is meant. Says what else could be on standard error, and throws `ExitCode`, if it is not just
  /// one.
  func find(in query: GraphQuery) throws -> EntityInfo { try Self.find(entity, in: query) }

  static func find(_ entity: String, in query: GraphQuery) throws -> EntityInfo {
    switch try query.lookUp(entity) {
    case .found(let found):
      return found
    case .several(let some, let total):
      Complaint.report("\"\(printable(entity))\" is the name of \(total) entities; say which, by its id:")
      var list = ""
      for entity in some { list += "  \(entity.id)  \(entity.place)\n" }
      if total > some.count { list += "  … and \(total - some.count) more\n" }
      try StandardStream.error.write(list)
      throw ExitCode.failure
    case .nothing:
      Complaint.report(try nothing(entity, query))
      throw ExitCode.failure
    }
  }

  /// That a name is nobody's, and names that are much like it.
  static func nothing(_ name: String, _ query: GraphQuery) throws -> String {
    let last = name.split { ".:/#".contains($0) }.last.map(String.init) ?? name
    let near = try query.near(last)
    let text = "nothing is named \"\(printable(name))\""
    return near.isEmpty ? text : "\(text); near: \(near.joined(separator: ", "))"
  }
}

extension CompletionKind {
  /// Names in the graph of the directory that one is in: a tree that is named later on the line is not known yet.
  static let entities = custom { _, _, beginning in (try? names(beginning)) ?? [] }

  private static func names(_ beginning: String) throws -> [String] {
    if beginning.isEmpty { return [] }
    let settings = try Settings.standardFile().map { try Settings(path: $0).arguments(for: ".") { $0 == "db" } } ?? []
    let query = try ReadingOptions.parse(settings).query(".")
    let found = try query.find(NamePattern(beginning, .prefix), limit: 100).entities
    return Set(found.map { Escaping.printable($0.name) }).sorted()
  }
}
