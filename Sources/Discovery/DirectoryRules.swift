import Platform

/// The ignore files that count in a directory: its own and those of the directories around it. Directories without any
/// share those of their parent.
struct DirectoryRules {
  static let ignoreName = Array(".ignore".utf8)
  static let gitignoreName = Array(".gitignore".utf8)

  /// From the innermost to the outermost.
  private final class Link {
    let list: RuleList
    let outer: Link?

    init(_ list: RuleList, outer: Link?) {
      self.list = list
      self.outer = outer
    }

    func verdict(_ candidate: borrowing Candidate) -> Bool? {
      var link: Link? = self
      while let current = link {
        if let verdict = current.list.verdict(candidate) { return verdict }
        link = current.outer
      }
      return nil
    }
  }

  /// `.ignore` files come before all `.gitignore` files, wherever they stand, as in ripgrep.
  private var ignore: Link?
  private var gitignore: Link?

  /// True if the candidate is ignored, false if it is wanted again, nil if no rule matches it.
  func verdict(_ candidate: borrowing Candidate) -> Bool? {
    if let ignore, let verdict = ignore.verdict(candidate) { return verdict }
    return gitignore?.verdict(candidate)
  }

  /// These rules and those of the ignore files in `directory`, of which links are not followed, as by git.
  func adding(
    filesIn directory: CInt, base: Int, ignore hasIgnore: Bool = true, gitignore hasGitignore: Bool = true,
    problem: (_ name: [UInt8], SystemError) -> Void
  ) -> DirectoryRules {
    var rules = self
    if hasIgnore { rules.ignore = Self.link(Self.ignoreName, directory, base, outer: ignore, problem) }
    if hasGitignore { rules.gitignore = Self.link(Self.gitignoreName, directory, base, outer: gitignore, problem) }
    return rules
  }

  private static func link(
    _ name: [UInt8], _ directory: CInt, _ base: Int, outer: Link?, _ problem: (_ name: [UInt8], SystemError) -> Void
  ) -> Link? {
    do throws(SystemError) {
      guard let content = try FileAccess.read(name, at: directory, followsLinks: false) else { return outer }
      let list = RuleList(file: content, base: base)
      return list.isEmpty ? outer : Link(list, outer: outer)
    } catch {
      problem(name, error)
      return outer
    }
  }
}
