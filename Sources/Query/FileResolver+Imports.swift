import Graph
import Store

// What a name means by the file's imports.
extension FileResolver {
  /// What a name by itself means beyond this file's scopes.
  func bareTarget(_ name: NameID, _ role: EdgeRole) throws(StoreError) -> ResolvedTarget {
    if !imports.bindings.isEmpty,
      let bindings = imports.bindings[[Array(facts.names[name])]]?.filter({ !$0.isWeak }), !bindings.isEmpty
    {
      for binding in bindings {
        let candidates = try imported(binding.path)
        if let found = ResolvedTarget.best(candidates, role, .import) { return found }
      }
      return .external
    }
    let entry = try entry(name)
    if entry.candidates.isEmpty { return .external }
    if !imports.included.isEmpty {
      let brought = entry.visible(family: outline.family, from: outline.file, in: try filesIncluded())
        .filter { $0.entry.standing == .open }
      if let found = ResolvedTarget.best(brought, role, .import) { return found }
    }
    if let found = neighbour(entry, role) ?? brought(entry, role) { return found }
    let reach: Reach = membersNeedNoQualifier ? .bareWithMembers : language.seesOtherFiles ? .bare : .bareMacro
    return entry.meaning(reach, role, family: outline.family, in: outline.file)
  }

  /// Where a directory is one unit, the names of its other files are in scope.
  private func neighbour(_ entry: NameEntry, _ role: EdgeRole) -> ResolvedTarget? {
    guard language.imports.joinsDirectories else { return nil }
    let neighbours = entry.visible(family: outline.family, from: outline.file).filter {
      $0.entry.standing == .open && $0.outline.path.parent == outline.path.parent
    }
    return .best(neighbours, role, .scope)
  }

  /// By an import of all names.
  private func brought(_ entry: NameEntry, _ role: EdgeRole) -> ResolvedTarget? {
    if imports.open.isEmpty { return nil }
    let candidates = entry.visible(family: outline.family, from: outline.file)
    for wanted in imports.open {
      let brought = Self.nearest(candidates, wanted, deeper: false)
      if let found = ResolvedTarget.best(brought, role, .import) { return found }
    }
    return nil
  }

  /// The entities that an import names, as near as may be.
  private func imported(_ path: ImportPath) throws(StoreError) -> [Candidate] {
    guard let last = path.segments.last, path.segments.count > 1 || path.isAnchored else { return [] }
    let candidates = try resolver.entry(last).visible(family: outline.family, from: outline.file)
    return Self.nearest(candidates, WantedAddress(path.dropLast, from: outline.path), deeper: true)
  }

  enum ThroughImport {
    case found(ResolvedTarget)
    /// The import is of something outside the tree, or of something without such a member.
    case outside
    /// The import is of a value or type, of whose members nothing is known.
    case value
    /// No import has to do with it.
    case unknown
  }

  /// Takes the longest beginning of a path that an import brings in.
  func throughImport(_ path: [[UInt8]], _ candidates: [Candidate], _ role: EdgeRole) throws(StoreError) -> ThroughImport
  {
    if imports.bindings.isEmpty { return .unknown }
    for count in (1...path.count).reversed() {
      guard let bindings = imports.bindings[Array(path[..<count])] else { continue }
      for binding in bindings {
        let wanted = WantedAddress(binding.path.appending(path[count...]), from: outline.path)
        let fitting = Self.nearest(candidates, wanted, deeper: true)
        if let target = ResolvedTarget.best(fitting, role, .import) { return .found(target) }
      }
      for binding in bindings where !binding.isWeak {
        return try imported(binding.path).isEmpty ? .outside : .value
      }
    }
    return .unknown
  }

  /// What an import itself names: an entity, or a file or directory, for which there is no id.
  func importTarget(_ edge: Edge) throws(StoreError) -> ResolvedTarget {
    let rule = language.imports
    var path = ImportPath(edge, facts.names, rule)
    if path.segments.last == [UInt8(ascii: "*")] { path = path.dropLast }
    if !rule.keepsSuffix, let found = ResolvedTarget.best(try imported(path), .mention, .import) { return found }
    let isInTree = try resolver.isInTree(path, from: outline, rule)
    return isInTree ? ResolvedTarget(ids: [], resolution: .import) : .external
  }
}
