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
  /// The files that these rules come from, or would if they were there: absolute paths.
  let sources: [[UInt8]]

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
      (general, parents, sources) = ([], DirectoryRules(), [])
      return
    }
    let user = UserConfiguration(repository, options.environment)
    let lists = [
      repository?.commonDirectory.joined("/info/exclude"), user.excludesFile(top: repository?.top ?? resolved),
    ].compactMap { $0 }
    general = lists.map(Self.list).filter { !$0.isEmpty }
    let directories = repository.map { Self.directories(top: $0.top, prefix: prefix) } ?? []
    parents = Self.parents(directories)
    sources =
      lists + user.files
      + directories.flatMap { directory in
        [DirectoryRules.ignoreName, DirectoryRules.gitignoreName].map { directory.path.joined("/") + $0 }
      }
  }

  private static func list(_ file: [UInt8]) -> RuleList {
    RuleList(file: (try? FileAccess.read(file, followsLinks: true)) ?? [], base: 0)
  }

  /// `top` and each directory of `prefix` but the last, with the length of what comes before it in a path below.
  private static func directories(top: [UInt8], prefix: [UInt8]) -> [(path: [UInt8], base: Int)] {
    var directories: [(path: [UInt8], base: Int)] = []
    var base = 0
    while base < prefix.count {
      directories.append((base == 0 ? top : top.joined("/") + prefix[..<(base - 1)], base))
      base = prefix[base...].firstIndex(of: UInt8(ascii: "/"))! + 1
    }
    return directories
  }

  /// The ignore files in the directories, the outermost first.
  private static func parents(_ directories: [(path: [UInt8], base: Int)]) -> DirectoryRules {
    var rules = DirectoryRules()
    for (path, base) in directories {
      let directory = FileAccess.withCString(path) { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
      if directory < 0 { continue }
      rules = rules.adding(filesIn: directory, base: base) { _, _ in }
      close(directory)
    }
    return rules
  }
}

/// Where git's configuration is that says which file the user's own rules are in.
private struct UserConfiguration {
  /// The configuration files: the repository's comes before the user's, and `~/.gitconfig` before the one in the
  /// configuration directory.
  let files: [[UInt8]]
  private let home: [UInt8]?
  private let configHome: [UInt8]?

  init(_ repository: GitRepository?, _ environment: [String: String]) {
    home = environment["HOME"].flatMap { $0.isEmpty ? nil : Array($0.utf8) }
    let xdg = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : Array($0.utf8) }
    configHome = xdg ?? home?.joined("/.config")
    files = [
      repository?.commonDirectory.joined("/config"), home?.joined("/.gitconfig"), configHome?.joined("/git/config"),
    ].compactMap { $0 }
  }

  /// The file that `core.excludesFile` names, from `top` on if it is relative; nil if none.
  func excludesFile(top: [UInt8]?) -> [UInt8]? {
    for file in files {
      guard let content = try? FileAccess.read(file, followsLinks: true),
        let value = GitConfig.value(of: "excludesfile", in: "core", of: content)
      else { continue }
      if value.isEmpty || value.first == UInt8(ascii: "/") { return value.isEmpty ? nil : value }
      if value.starts(with: Array("~/".utf8)) { return home.map { $0 + value.dropFirst() } }
      return top.map { $0.joined("/") + value }
    }
    return configHome?.joined("/git/ignore")
  }
}
