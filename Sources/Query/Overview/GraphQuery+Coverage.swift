public import Graph
import Store

extension GraphQuery {
  /// A file that is not wholly in the graph.
  public struct Gap: Sendable {
    public let path: TreePath
    public let language: String
    /// Nil if there are only syntax errors.
    public let problem: FileProblem?
    /// Places that the parser could not make sense of.
    public let errors: Int
    public let lines: Int
    public let bytes: UInt64
  }

  public struct Coverage: Sendable {
    public struct OfLanguage: Sendable {
      public let language: String
      public var files = 0
      public var lines = 0
      /// Files of which there are no facts, by the reason.
      public var skipped = 0
      /// Files with syntax errors, or bytes that are not UTF-8, of which some facts may be missing.
      public var imperfect = 0
      public var errors = 0
    }

    /// Languages that occur, in byte order.
    public var languages: [OfLanguage] = []
    /// In byte order of paths.
    public var gaps: [Gap] = []
  }

  /// What was skipped or could not be parsed wholly. O(files).
  public func coverage(below root: TreePath = .root) throws -> Coverage {
    var coverage = Coverage()
    var languages = snapshot.languages.map { Coverage.OfLanguage(language: $0.name) }
    try snapshot.forEachFile(below: root) { path, _, record in
      let language = try snapshot.traits(record.language).name
      let number = Int(record.language.rawValue)
      languages[number].files += 1
      languages[number].lines += Int(record.lines)
      languages[number].errors += Int(record.errors)
      if record.problem?.leavesNothing ?? false {
        languages[number].skipped += 1
      } else if record.problem != nil || record.errors > 0 {
        languages[number].imperfect += 1
      } else {
        return
      }
      coverage.gaps.append(
        Gap(
          path: path, language: language, problem: record.problem, errors: Int(record.errors),
          lines: Int(record.lines), bytes: record.stamp.size))
    }
    coverage.languages = languages.filter { $0.files > 0 }
      .sorted { $0.language.utf8.lexicographicallyPrecedes($1.language.utf8) }
    return coverage
  }
}

extension FileProblem {
  /// True if no facts are taken from such a file.
  public var leavesNothing: Bool { self != .invalidUTF8 }
}
