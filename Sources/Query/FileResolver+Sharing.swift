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
    if !imports.included.isEmpty {
      let brought = try entry.visible(family: outline.family, from: outline.file, in: try filesIncluded())
        .filter { $0.entry.standing == .open }
      if let found = Meaning.best(brought, use, .import) { return found }
      if let found = try takenIn(entry, use) { return found }
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

  /// A macro is known where its file is taken in. What the compiler is told to take in beside that, nobody says here, so
  /// where there is nothing else one is in doubt.
  private func withoutStrayMacros(_ meaning: Meaning, _ use: Use) throws(StoreError) -> Meaning {
    guard meaning.candidates.contains(where: { $0.entry.kind == .macro }) else { return meaning }
    let macros = meaning.candidates.filter { $0.entry.kind == .macro }
    let distances = try distances(to: macros.map(\.outline.file), onlyNearest: false)
    let known = meaning.candidates.filter { $0.entry.kind != .macro || distances[$0.outline.file] != nil }
    return Meaning.best(known, use, .unique) ?? meaning.doubted
  }

  /// By what included files include in their turn: of several the ones to which the fewest lead.
  private func takenIn(_ entry: NameEntry, _ use: Use) throws(StoreError) -> Meaning? {
    // The only one there is needs no looking for where files share their names anyway.
    if entry.openRows.count <= Self.few, try isAlone(entry) { return nil }
    var files = entry.openFiles
    while !files.isEmpty {
      let distances = try distances(to: files, onlyNearest: true)
      guard let nearest = distances.values.min() else { return nil }
      let near = Set(files.filter { distances[$0] == nearest })
      let open = try entry.visible(family: outline.family, from: outline.file, in: near)
        .filter { $0.entry.standing == .open }
      if !open.isEmpty { return try isAlone(entry) ? nil : .best(open, use, .import) }
      files.removeAll(where: near.contains)
    }
    return nil
  }

  /// To read so many entities of a name costs less than to look what leads to them.
  private static let few = 32

  /// True if at most one open entity of the name can be meant where files share all their names.
  private func isAlone(_ entry: NameEntry) throws(StoreError) -> Bool {
    guard language.sharing == .tree else { return false }
    return try !entry.hasSeveralOpen(family: outline.family, from: outline.file)
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
