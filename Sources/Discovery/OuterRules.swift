import Glibc
import Platform

/// The rules that come from outside of the tree or hold for all of it, and where the root lies in its repository.
final class OuterRules {
  /// From the repository's top to the root, with a slash at the end unless empty. Rules from above the root see paths
  /// with this in front.
  let prefix: [UInt8]
  /// Before all others.
  let excludes: RuleList
  /// After all others: the repository's `info/exclude`, then the user's file.
  let general: [RuleList]
  /// The ignore files between the repository's top and the root, the root's own not among them.
  let parents: DirectoryRules

  init(root: Directory, options: IgnoreOptions) {
    let resolved = FileAccess.resolve(root.path)
    let repository = options.usesIgnoreFiles ? resolved.flatMap(GitRepository.init(around:)) : nil
    var prefix: [UInt8] = []
    if let repository, let resolved, repository.top != resolved {
      let isSystemRoot = repository.top.count == 1
      prefix = resolved.dropFirst(repository.top.count + (isSystemRoot ? 0 : 1)) + [UInt8(ascii: "/")]
    }
    self.prefix = prefix
    excludes = RuleList(patterns: options.excludes, base: prefix.count)
    guard options.usesIgnoreFiles else {
      (general, parents) = ([], DirectoryRules())
      return
    }
    var general: [RuleList] = []
    if let file = repository?.commonDirectory.joined("/info/exclude") { general.append(Self.list(file)) }
    if let file = Self.excludesFile(repository, options.environment, root: resolved) {
      general.append(Self.list(file))
    }
    self.general = general.filter { !$0.isEmpty }
    parents = repository.map { Self.parents(top: $0.top, prefix: prefix) } ?? DirectoryRules()
  }

  private static func list(_ file: [UInt8]) -> RuleList {
    RuleList(file: (try? FileAccess.read(file, followsLinks: true)) ?? [], base: 0)
  }

  /// The ignore files in `top` and in each directory of `prefix` but the last.
  private static func parents(top: [UInt8], prefix: [UInt8]) -> DirectoryRules {
    var rules = DirectoryRules()
    var base = 0
    while base < prefix.count {
      let directory = FileAccess.withCString(top.joined("/") + prefix[..<base]) {
        open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      }
      if directory >= 0 {
        rules = rules.adding(filesIn: directory, base: base) { _, _ in }
        close(directory)
      }
      base = prefix[base...].firstIndex(of: UInt8(ascii: "/"))! + 1
    }
    return rules
  }

  /// The file that `core.excludesFile` names: the repository's configuration comes before the user's, and `~/.gitconfig`
  /// before the one in the configuration directory.
  private static func excludesFile(
    _ repository: GitRepository?, _ environment: [String: String], root: [UInt8]?
  ) -> [UInt8]? {
    let home = environment["HOME"].flatMap { $0.isEmpty ? nil : Array($0.utf8) }
    let xdg = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : Array($0.utf8) }
    let configHome = xdg ?? home?.joined("/.config")
    let files = [
      repository?.commonDirectory.joined("/config"), home?.joined("/.gitconfig"), configHome?.joined("/git/config"),
    ]
    for case let file? in files {
      guard let content = try? FileAccess.read(file, followsLinks: true),
        let value = GitConfig.excludesFile(in: content)
      else { continue }
      if value.isEmpty || value.first == UInt8(ascii: "/") { return value.isEmpty ? nil : value }
      if value.starts(with: Array("~/".utf8)) { return home.map { $0 + value.dropFirst() } }
      return (repository?.top ?? root).map { $0.joined("/") + value }
    }
    return configHome?.joined("/git/ignore")
  }
}
