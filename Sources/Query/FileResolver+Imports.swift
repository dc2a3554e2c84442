import Graph
import Store

// What a name means by the file's imports.
extension FileResolver {
  /// Which files have been asked for a name that they may hand on.
  private struct Reexports {
    /// After so many the name is taken for lost.
    static let most = 64
    private var asked: Set<Question> = []

    private struct Question: Hashable {
      let file: FileID
      let name: [UInt8]
    }

    /// False if that has been asked, or enough has.
    mutating func ask(_ file: FileID, _ name: [UInt8]) -> Bool {
      asked.count < Self.most && asked.insert(Question(file: file, name: name)).inserted
    }
  }

  /// By an import of that name; nil if there is none.
  func bound(_ name: NameID, _ use: Use) throws(StoreError) -> Meaning? {
    guard !imports.bindings.isEmpty,
      let bindings = imports.bindings[[text(name)]]?.filter({ !$0.isWeak }), !bindings.isEmpty
    else { return nil }
    for binding in bindings {
      if let found = Meaning.best(try imported(binding.path), use, .import) { return found }
    }
    if use.role == .mention {
      for binding in bindings where try resolver.isInTree(binding.path, from: outline, language.imports) {
        return resolver.place
      }
    }
    return resolver.external
  }

  /// By an import of all names.
  func opened(_ name: NameID, _ entry: NameEntry, _ use: Use) throws(StoreError) -> Meaning? {
    if imports.open.isEmpty { return nil }
    let candidates = try entry.visible(family: outline.family, from: outline.file)
    for path in imports.open {
      let brought = Self.nearest(candidates, WantedAddress(path, from: outline.path), deeper: false)
      if let found = Meaning.best(brought, use, .import) { return found }
      let reexported = try reexported(path.appending([text(name)]))
      if let found = Meaning.best(reexported, use, .import) { return found }
    }
    return nil
  }

  /// The entities that an import names, as near as may be.
  private func imported(_ path: ImportPath) throws(StoreError) -> [Candidate] {
    var reexports = Reexports()
    return try imported(path, &reexports)
  }

  private func imported(_ path: ImportPath, _ reexports: inout Reexports) throws(StoreError) -> [Candidate] {
    guard path.segments.count > 1 || path.isAnchored else { return [] }
    guard let last = path.segments.last else { return try defaultExports(of: path, &reexports) }
    if last.elementsEqual(Edge.defaultName.utf8) {
      let exported = try defaultExports(of: path.dropLast, &reexports)
      if !exported.isEmpty { return exported }
    }
    let candidates = try resolver.entry(last).visible(family: outline.family, from: outline.file)
    let near = Self.nearest(candidates, WantedAddress(path.dropLast, from: outline.path), deeper: false)
    if !near.isEmpty { return near }
    let reexported = try reexported(path, &reexports)
    if !reexported.isEmpty { return reexported }
    // An import of a file means what that offers by default.
    if language.sharing == .file {
      let exported = try defaultExports(of: path, &reexports)
      if !exported.isEmpty { return exported }
    }
    return Self.nearest(candidates, WantedAddress(path.dropLast, from: outline.path), deeper: true)
  }

  /// What the file that an import is of has itself imported by that name.
  private func reexported(_ path: ImportPath) throws(StoreError) -> [Candidate] {
    var reexports = Reexports()
    return try reexported(path, &reexports)
  }

  private func reexported(_ path: ImportPath, _ reexports: inout Reexports) throws(StoreError) -> [Candidate] {
    // Where files share names otherwise, what one of them imports is its own affair.
    guard language.sharing == .file, let last = path.segments.last else { return [] }
    let files = try resolver.files(path.dropLast, from: outline)
    if files.isEmpty, path.segments.count > 1 {
      return try throughNamespace(path.dropLast, last, &reexports)
    }
    for file in files.sorted(by: { $0.rawValue < $1.rawValue })
    where file != outline.file && reexports.ask(file, last) {
      let context = try resolver.context(file)
      for binding in context.imports.bindings[[last]] ?? [] where !binding.isWeak {
        let found = try context.imported(binding.path, &reexports)
        if !found.isEmpty { return found }
      }
      for open in context.imports.open {
        let found = try context.imported(open.appending([last]), &reexports)
        if !found.isEmpty { return found }
      }
    }
    return []
  }

  /// A name in a file that another file hands on under a name of its own (`import * as z from "./all"; export { z }`).
  private func throughNamespace(
    _ namespace: ImportPath, _ name: [UInt8], _ reexports: inout Reexports
  ) throws(StoreError) -> [Candidate] {
    guard let last = namespace.segments.last else { return [] }
    for file in try resolver.files(namespace.dropLast, from: outline).sorted(by: { $0.rawValue < $1.rawValue })
    where file != outline.file && reexports.ask(file, last + [Segments.slash] + name) {
      let context = try resolver.context(file)
      for binding in context.imports.bindings[[last]] ?? [] where !binding.isWeak {
        let found = try context.imported(binding.path.appending([name]), &reexports)
        if !found.isEmpty { return found }
      }
      for open in context.imports.open {
        let found = try context.throughNamespace(open.appending([last]), name, &reexports)
        if !found.isEmpty { return found }
      }
    }
    return []
  }

  private func defaultExports(
    of path: ImportPath, _ reexports: inout Reexports
  ) throws(StoreError) -> [Candidate] {
    var found: [Candidate] = []
    for file in try resolver.files(path, from: outline).sorted(by: { $0.rawValue < $1.rawValue })
    where file != outline.file && reexports.ask(file, Array(Edge.defaultName.utf8)) {
      let outline = try resolver.outline(file)
      for index in outline.entries.indices where outline.entries[index].flags.contains(.defaultExport) {
        found.append(Candidate(outline: outline, index: EntityIndex(index), isHidden: false))
      }
      if found.isEmpty { found = try resolver.context(file).namedDefaults(&reexports) }
    }
    return found
  }

  private func namedDefaults(_ reexports: inout Reexports) throws(StoreError) -> [Candidate] {
    var found: [Candidate] = []
    for edge in imports.defaults {
      if edge.kind == .imports {
        found += try imported(ImportPath(edge, facts.names, language.imports), &reexports)
      } else if let own = hasOwn(edge.name) ? inScope(edge.name, Use(role: .mention), from: edge.from) : nil {
        found += own.meaning.candidates
      } else {
        for binding in imports.bindings[[text(edge.name)]] ?? [] where !binding.isWeak && found.isEmpty {
          found = try imported(binding.path, &reexports)
        }
      }
    }
    return found
  }

  enum ThroughImport {
    case found(Meaning)
    /// The import is of something outside the tree, or of something without such a member.
    case outside
    /// The import is of a value or type, of whose members nothing is known.
    case value([Candidate])
    /// No import has to do with it.
    case unknown
  }

  /// Takes the longest beginning of a path that an import brings in.
  func throughImport(_ path: [[UInt8]], _ name: NameID, _ candidates: [Candidate], _ use: Use) throws(StoreError)
    -> ThroughImport
  {
    if imports.bindings.isEmpty { return .unknown }
    for count in (1...path.count).reversed() {
      guard let bindings = imports.bindings[Array(path[..<count])] else { continue }
      for binding in bindings {
        let wanted = binding.path.appending(path[count...])
        let near = Self.nearest(candidates, WantedAddress(wanted, from: outline.path), deeper: false)
        if let found = Meaning.best(near, use, .import) { return .found(found) }
        let reexported = try reexported(wanted.appending([text(name)]))
        if let found = Meaning.best(reexported, use, .import) { return .found(found) }
        let deep = Self.nearest(candidates, WantedAddress(wanted, from: outline.path), deeper: true)
        if let found = Meaning.best(deep, use, .import) { return .found(found) }
      }
      for binding in bindings where !binding.isWeak {
        let imported = try imported(binding.path)
        return imported.isEmpty ? .outside : count == path.count ? .value(imported) : .value([])
      }
    }
    return .unknown
  }

  /// What an import itself names: an entity, or a file or directory, for which there is no id.
  func importMeaning(_ edge: Edge) throws(StoreError) -> Meaning {
    let rule = language.imports
    var path = ImportPath(edge, facts.names, rule)
    if path.segments.last == [UInt8(ascii: "*")] { path = path.dropLast }
    if !rule.keepsSuffix, let found = Meaning.best(try imported(path), Use(role: .mention), .import) { return found }
    if try resolver.isInTree(path, from: outline, rule) { return resolver.place }
    return try isNamespace(path) ? resolver.place : resolver.external
  }

  /// True for the name of a namespace or package that some file says it is in.
  private func isNamespace(_ path: ImportPath) throws(StoreError) -> Bool {
    let name = Array(path.segments.joined(separator: Array(language.separator.utf8)))
    return try resolver.entry(name).candidates(family: outline.family).contains {
      $0.entry.kind.isModule && $0.entry.parent == Entity.noParent
    }
  }
}
