import Graph

/// The names that a file's imports bring in.
struct ImportBindings {
  struct Binding {
    let path: ImportPath
    /// True if the name may as well be another's: only the beginning of the import's path.
    let isWeak: Bool
  }

  /// By the name, or the path, by which the file calls what it imports.
  private(set) var bindings: [[[UInt8]]: [Binding]] = [:]
  /// Of which all names are brought in.
  private(set) var open: [ImportPath] = []
  /// What the file offers by default, where that is but named.
  private(set) var defaults: [Edge] = []

  private static let all: [UInt8] = [UInt8(ascii: "*")]

  /// O(edges).
  init(_ facts: FileFacts, rule: ImportRule) {
    for edge in facts.edges where edge.kind == .imports || edge.alias != .none {
      if edge.alias != .none, facts.names[edge.alias].elementsEqual(Edge.defaultName.utf8) { defaults.append(edge) }
      guard edge.kind == .imports else { continue }
      // Such a file is taken in, and bound to no name.
      if rule.keepsSuffix, !facts.names[edge.name].elementsEqual(Self.all) { continue }
      let path = ImportPath(edge, facts.names, rule)
      if rule.bringsAll, !rule.keepsSuffix, path.segments.last != Self.all { open.append(path) }
      let alias = edge.alias == .none ? nil : Array(facts.names[edge.alias])
      guard let last = path.segments.last ?? alias else { continue }
      if last == Self.all {
        open.append(path.dropLast)
      } else if !rule.keepsSuffix {
        bind(path, last, alias)
      }
    }
  }

  private mutating func bind(_ path: ImportPath, _ last: [UInt8], _ alias: [UInt8]?) {
    // A package is not called by its version.
    let name = path.withoutVersions?.last ?? last
    bindings[[alias ?? name], default: []].append(Binding(path: path, isWeak: false))
    guard alias == nil, path.segments.count > 1, !path.isAnchored else { return }
    bindings[path.segments, default: []].append(Binding(path: path, isWeak: false))
    var first = path
    first.segments = [path.segments[0]]
    bindings[first.segments, default: []].append(Binding(path: first, isWeak: true))
  }
}
