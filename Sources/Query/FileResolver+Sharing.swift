import Graph
import Store

// What a name means by what the files of a tree share.
extension FileResolver {
  var namespacesMatter: Bool { language.sharing == .namespace || language.sharing == .tree }

  /// What a name by itself means beyond this file's scopes. `module` is the namespace around it.
  func foreign(_ name: NameID, _ use: Use, _ module: EntityIndex) throws(StoreError) -> Meaning {
    if let bound = try bound(name, use) { return bound }
    let entry = try entry(name)
    if entry.isEmpty { return resolver.external }
    if language.imports.bringsAll {
      let included = try included()
      if let found = Meaning.best(try included.named(entry), use, .import) { return found }
      if let found = Meaning.best(try included.nearest(entry), use, .import) { return found }
    }
    if let found = try shared(entry, use, module) { return found }
    if let found = try opened(name, entry, use) { return found }
    // The type of a value may stand in a piece that nothing names here: it is as good as any other.
    let isOutside = membersNeedNoQualifier && use.role != .base
    let meaning = try entry.meaning(
      language.sharing != .tree ? .bareMacro : isOutside ? .bareOutside : .bare, use,
      family: outline.family, in: outline.file)
    return language.imports.keepsSuffix ? try withoutStrayMacros(meaning, use) : meaning
  }

  private func included() throws(StoreError) -> IncludedFiles {
    if let known = includedFiles { return known }
    let included = try resolver.included(by: outline.file)
    includedFiles = included
    return included
  }

  /// A macro is known where its file is taken in. What the compiler is told to take in beside that, nobody says here, so
  /// where there is nothing else one is in doubt.
  private func withoutStrayMacros(_ meaning: Meaning, _ use: Use) throws(StoreError) -> Meaning {
    guard meaning.candidates.contains(where: { $0.entry.kind == .macro }) else { return meaning }
    let macros = meaning.candidates.filter { $0.entry.kind == .macro }
    let distances = try included().distances(to: macros.map(\.outline.file), onlyNearest: false)
    let known = meaning.candidates.filter { $0.entry.kind != .macro || distances[$0.outline.file] != nil }
    return Meaning.best(known, use, .unique) ?? meaning.doubted
  }

  /// By the files whose names are in scope without an import.
  private func shared(_ entry: NameEntry, _ use: Use, _ module: EntityIndex) throws(StoreError) -> Meaning? {
    let open = { (candidate: Candidate) in candidate.entry.standing == .open }
    switch language.sharing {
    case .file: return nil
    case .directory:
      let neighbours = try entry.visible(family: outline.family, from: outline.file).filter {
        open($0) && $0.outline.path.parent == outline.path.parent
      }
      return .best(neighbours, use, .scope)
    case .package:
      let neighbours = try entry.visible(family: outline.family, from: outline.file).filter {
        open($0) && $0.outline.package == outline.package
          && (!outline.package.isEmpty || $0.outline.path.parent == outline.path.parent)
      }
      return .best(neighbours, use, .scope)
    case .namespace, .tree: return try aroundNamespaces(entry, use, module)
    }
  }

  /// In the innermost of the namespaces around a use that has some, whatever file that is in.
  private func aroundNamespaces(
    _ entry: NameEntry, _ use: Use, _ module: EntityIndex
  ) throws(StoreError) -> Meaning? {
    var scope = outline.scope(inside: module)
    // Without a namespace, only the tree as a whole is left.
    if scope.isEmpty, language.sharing == .tree { return nil }
    let candidates = try entry.visible(family: outline.family, from: outline.file).filter { $0.entry.standing == .open }
    while true {
      let inside = candidates.filter { $0.scope == scope }
      if let found = Meaning.best(inside, use, .scope) { return found }
      if scope.isEmpty { return nil }
      scope.removeSubrange((scope.lastIndex(of: Segments.slash) ?? 0)...)
    }
  }
}
