import Graph
import Store

// What a name means by what the files of a tree share.
extension FileResolver {
  var namespacesMatter: Bool { language.sharing == .namespace || language.sharing == .tree }

  /// What a name by itself means beyond this file's scopes. `module` is the namespace around it.
  func foreign(_ name: NameID, _ use: Use, _ module: EntityIndex) throws(StoreError) -> Meaning {
    if let bound = try bound(name, use) { return bound }
    let entry = try entry(name)
    if entry.candidates.isEmpty { return resolver.external }
    if !imports.included.isEmpty {
      let brought = entry.visible(family: outline.family, from: outline.file, in: try filesIncluded())
        .filter { $0.entry.standing == .open }
      if let found = Meaning.best(brought, use, .import) { return found }
      if let found = try takenIn(entry, use) { return found }
    }
    if let found = shared(entry, use, module) { return found }
    if let found = try opened(name, entry, use) { return found }
    // The type of a value may stand in a piece that nothing names here: it is as good as any other.
    let isOutside = membersNeedNoQualifier && use.role != .base
    let meaning = entry.meaning(
      language.sharing != .tree ? .bareMacro : isOutside ? .bareOutside : .bare, use,
      family: outline.family, in: outline.file)
    return language.imports.keepsSuffix ? try withoutStrayMacros(meaning, use) : meaning
  }

  /// A macro is known where its file is taken in. What the compiler is told to take in beside that, nobody says here, so
  /// where there is nothing else one is in doubt.
  private func withoutStrayMacros(_ meaning: Meaning, _ use: Use) throws(StoreError) -> Meaning {
    guard meaning.candidates.contains(where: { $0.entry.kind == .macro }) else { return meaning }
    let macros = meaning.candidates.filter { $0.entry.kind == .macro }
    let distances = try distances(to: macros, onlyNearest: false)
    let known = meaning.candidates.filter { $0.entry.kind != .macro || distances[$0.outline.file] != nil }
    return Meaning.best(known, use, .unique) ?? meaning.doubted
  }

  /// By what included files include in their turn: of several the ones to which the fewest lead.
  private func takenIn(_ entry: NameEntry, _ use: Use) throws(StoreError) -> Meaning? {
    let open = entry.visible(family: outline.family, from: outline.file).filter { $0.entry.standing == .open }
    // The only one there is needs no looking for where files share their names anyway.
    if open.isEmpty || open.count == 1 && language.sharing == .tree { return nil }
    let distances = try distances(to: open, onlyNearest: true)
    let nearest = open.compactMap { distances[$0.outline.file] }.min()
    guard let nearest else { return nil }
    return .best(open.filter { distances[$0.outline.file] == nearest }, use, .import)
  }

  /// By the files whose names are in scope without an import.
  private func shared(_ entry: NameEntry, _ use: Use, _ module: EntityIndex) -> Meaning? {
    let open = { (candidate: Candidate) in candidate.entry.standing == .open }
    switch language.sharing {
    case .file: return nil
    case .directory:
      let neighbours = entry.visible(family: outline.family, from: outline.file).filter {
        open($0) && $0.outline.path.parent == outline.path.parent
      }
      return .best(neighbours, use, .scope)
    case .package:
      let neighbours = entry.visible(family: outline.family, from: outline.file).filter {
        open($0) && $0.outline.package == outline.package
          && (!outline.package.isEmpty || $0.outline.path.parent == outline.path.parent)
      }
      return .best(neighbours, use, .scope)
    case .namespace, .tree: return aroundNamespaces(entry, use, module)
    }
  }

  /// In the innermost of the namespaces around a use that has some, whatever file that is in.
  private func aroundNamespaces(_ entry: NameEntry, _ use: Use, _ module: EntityIndex) -> Meaning? {
    var scope = outline.scope(inside: module)
    // Without a namespace, only the tree as a whole is left.
    if scope.isEmpty, language.sharing == .tree { return nil }
    let candidates = entry.visible(family: outline.family, from: outline.file).filter { $0.entry.standing == .open }
    while true {
      let inside = candidates.filter { $0.scope == scope }
      if let found = Meaning.best(inside, use, .scope) { return found }
      if scope.isEmpty { return nil }
      scope.removeSubrange((scope.lastIndex(of: Segments.slash) ?? 0)...)
    }
  }
}
