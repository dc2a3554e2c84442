public import Graph
import Platform
import Store

/// Which entities are wanted.
public struct EntityFilter: Sendable {
  public enum Tests: String, CaseIterable, Sendable { case all, none, only }

  /// Any if empty.
  public var kinds: Set<EntityKind> = []
  /// Names of languages; any if empty.
  public var languages: Set<String> = []
  /// Any if empty.
  public var paths: [PathPattern] = []
  public var tests = Tests.all

  public init(
    kinds: Set<EntityKind> = [], languages: Set<String> = [], paths: [PathPattern] = [], tests: Tests = .all
  ) {
    self.kinds = kinds
    self.languages = languages
    self.paths = paths
    self.tests = tests
  }

  public var isEmpty: Bool { kinds.isEmpty && !asksForMoreThanKinds }

  var asksForMoreThanKinds: Bool { !languages.isEmpty || !paths.isEmpty || tests != .all }

  func wants(_ kind: EntityKind) -> Bool { kinds.isEmpty || kinds.contains(kind) }

  func wants(_ path: TreePath, _ language: String) -> Bool {
    (languages.isEmpty || languages.contains(language)) && (paths.isEmpty || paths.contains { $0.matches(path) })
  }
}

extension EntityFilter.Tests {
  func wants(_ flags: EntityFlags?) -> Bool {
    switch self {
    case .all: true
    case .none: !(flags?.contains(.test) ?? false)
    case .only: flags?.contains(.test) ?? false
    }
  }
}

/// A glob for paths: one without a slash is for the last component, another for the whole path; what matches a directory
/// matches all below it.
public struct PathPattern: Sendable {
  private let glob: Glob
  private let isWhole: Bool

  /// Nil if nothing can match it. A slash at the start or the end is not needed.
  public init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    isWhole = bytes.dropLast().contains(UInt8(ascii: "/"))
    if bytes.starts(with: "./".utf8) { bytes = bytes.dropFirst(2) }
    while bytes.first == UInt8(ascii: "/") { bytes = bytes.dropFirst() }
    while bytes.last == UInt8(ascii: "/") { bytes = bytes.dropLast() }
    guard !bytes.isEmpty, let glob = Glob(bytes) else { return nil }
    self.glob = glob
  }

  func matches(_ path: TreePath) -> Bool {
    path.bytes.withUnsafeBufferPointer { path in
      var start = 0
      for end in 0...path.count where end == path.count || path[end] == UInt8(ascii: "/") {
        if glob.matches(UnsafeBufferPointer(rebasing: path[(isWhole ? 0 : start)..<end])) { return true }
        start = end + 1
      }
      return false
    }
  }
}
