import Graph
import Query

/// How names are to be like a text.
public enum Match: String, CaseIterable, Sendable {
  /// The text is in the name somewhere.
  case part
  /// The name begins with it.
  case prefix
  /// It is a pattern for the whole name, with `*`, `?` and `[...]`.
  case glob
  /// It is a POSIX extended regular expression, for a part of the name unless `^` and `$` say otherwise.
  case regex
  /// Its letters are in the name, in this order, with others in between.
  case fuzzy

  /// Nil for a text that is no such pattern.
  func pattern(_ text: String) -> NamePattern? {
    let manner: NamePattern.Manner =
      switch self {
      case .part: .part
      case .prefix: .prefix
      case .glob: .glob
      case .regex: .regex
      case .fuzzy: .fuzzy
      }
    return try? NamePattern(text, manner)
  }
}

/// Which entities are wanted.
public struct Filter: Sendable {
  /// What is wanted of test code.
  public enum Tests: String, CaseIterable, Sendable {
    /// It counts as any other.
    case all
    /// None of it.
    case none
    /// Nothing else.
    case only

    var asked: EntityFilter.Tests {
      switch self {
      case .all: .all
      case .none: .none
      case .only: .only
      }
    }
  }

  /// Of these kinds; of any if empty.
  public var kinds: Set<EntityKind>
  /// In these languages, by their names; in any if empty.
  public var languages: Set<String>
  /// In files that match one of these globs, or lie in a directory that does; in any if empty. A glob without a slash is for the last
  /// component of a path.
  public var paths: [String]
  /// In test code or not.
  public var tests: Tests

  /// A filter that takes everything but for what is said here.
  public init(kinds: Set<EntityKind> = [], languages: Set<String> = [], paths: [String] = [], tests: Tests = .all) {
    self.kinds = kinds
    self.languages = languages
    self.paths = paths
    self.tests = tests
  }

  func entityFilter() throws(GraphError) -> EntityFilter {
    var filter = EntityFilter(languages: languages, tests: tests.asked)
    for kind in kinds {
      guard let known = Graph.EntityKind(name: kind.rawValue) else { throw .malformed(kind.rawValue) }
      filter.kinds.insert(known)
    }
    for path in paths {
      guard let pattern = PathPattern(path) else { throw .malformed(path) }
      filter.paths.append(pattern)
    }
    return filter
  }
}

/// A page of what was found.
public struct Findings: Sendable {
  /// The best first.
  public let entities: [Entity]
  /// How many there are in all; nil where that is not known without reading them: if languages, paths or tests are asked for.
  public let total: Int?
  /// True if there are more behind these.
  public let hasMore: Bool
}
