import Graph

/// A value of the table `inclusions`: of a file in a language where an import takes in another file's text, its imports alone, as
/// encoded facts of a file in which nothing else stands. Who asks what a name means goes from file to file along these; to read all
/// facts of each would take ten times as long.
enum Inclusions {
  /// Nil where there is nothing to keep.
  static func value(_ facts: FileFacts, _ language: LanguageTraits) -> [UInt8]? {
    guard language.imports.bringsAll else { return nil }
    let imports = facts.imports
    return imports.edges.isEmpty ? nil : Seal.closed(FactsCodec.encode(imports))
  }
}

extension FileFacts {
  /// Its imports with their names; places and whatever else is left out.
  fileprivate var imports: FileFacts {
    var kept = FileFacts()
    func name(_ id: NameID) -> NameID { id == .none ? .none : kept.names.intern(names[id]) }
    for edge in edges where edge.kind == .imports {
      kept.edges.append(
        Edge(
          kind: .imports, from: Entity.noParent, name: name(edge.name), qualifier: name(edge.qualifier),
          isPath: edge.isPath, alias: name(edge.alias), position: Position(row: 0, column: 0)))
    }
    return kept
  }
}
