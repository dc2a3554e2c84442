import Discovery
import Foundation
import Graph
import Platform
import TestSupport
import Testing

/// Random trees and ignore files, about which git is asked too. Many trees stand in one repository, since a git process
/// costs more than a tree. `PTWATCH_ORACLE_ROUNDS=1000` asks about so many more repositories, with new seeds each time.
@Suite struct GitOracleTests {
  private static let treesPerRepository = 12

  @Test(arguments: UInt64(1)...20)
  func ignoresWhatGitIgnores(seed: UInt64) throws { try compare(seed: seed) }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["PTWATCH_ORACLE_ROUNDS"] != nil))
  func ignoresWhatGitIgnoresForNewSeeds() throws {
    let rounds = ProcessInfo.processInfo.environment["PTWATCH_ORACLE_ROUNDS"].flatMap { Int($0) } ?? 0
    for _ in 0..<rounds { try compare(seed: UInt64.random(in: 0...UInt64.max)) }
  }

  private func compare(seed: UInt64) throws {
    let tree = TemporaryTree()
    let home = TemporaryTree()
    let environment = ["HOME": home.path, "XDG_CONFIG_HOME": "\(home.path)/xdg"]
    _ = try tree.git(["init", "-q"])
    var generator = RandomIgnores(random: SeededGenerator(seed: seed))
    let (paths, ignoreFiles) = populate(tree, home, &generator)

    let input: [UInt8] = paths.flatMap { (entry: Entry) -> [UInt8] in entry.bytes + [0] }
    let output = try tree.git(["check-ignore", "--no-index", "--stdin", "-z"], input: input, environment: environment)
    let ignored: Set<TreePath> = Set(output.split(separator: 0).map { TreePath(bytes: Array($0)) })

    let options = IgnoreOptions(environment: environment)
    let root = try tree.opened()
    let rules = IgnoreRules(root: root, options: options)
    let walked = Set(Walk(root, rules).found.map(\.path))
    rules.forget(below: .root)
    for path in paths {
      let expected = ignored.contains(path.path)
      let context: Comment = "seed \(seed), \(path.path), rules:\n\(ignoreFiles.joined(separator: "\n"))"
      #expect(rules.isIgnored(path.path, isDirectory: path.isDirectory) == expected, context)
      if !path.isDirectory { #expect(walked.contains(path.path) == !expected, context) }
    }
    try compareSubtrees(tree, paths, ignored, options, seed)
  }

  /// The same answers are due to one who looks from a directory inside of the repository.
  private func compareSubtrees(
    _ tree: TemporaryTree, _ paths: [Entry], _ ignored: Set<TreePath>, _ options: IgnoreOptions, _ seed: UInt64
  ) throws {
    for number in 0..<Self.treesPerRepository {
      let top = TreePath("t\(number)")
      // A root is wanted even where git ignores it.
      if ignored.contains(top) { continue }
      let rules = try tree.rules("t\(number)", options)
      for entry in paths where entry.path != top && entry.path.isWithin(top) {
        let path = TreePath(bytes: Array(entry.path.bytes.dropFirst(top.bytes.count + 1)))
        #expect(
          rules.isIgnored(path, isDirectory: entry.isDirectory) == ignored.contains(entry.path),
          "seed \(seed), \(path) below \(top)")
      }
    }
  }

  private struct Entry {
    let path: TreePath
    let isDirectory: Bool
    var bytes: [UInt8] { path.bytes }
  }

  /// Makes the trees; all paths, and the ignore files as text for failures.
  private func populate(
    _ tree: TemporaryTree, _ home: TemporaryTree, _ generator: inout RandomIgnores
  ) -> ([Entry], [String]) {
    var entries: [Entry] = []
    var files: [String] = []
    func write(_ tree: TemporaryTree, _ path: [UInt8], _ content: [UInt8]) {
      tree.file(path, content)
      files.append("\(TreePath(bytes: path)): \(TreePath(bytes: content))")
    }
    for number in 0..<Self.treesPerRepository {
      let paths = generator.tree()
      let base = Array("t\(number)/".utf8)
      tree.directory(base)
      entries.append(Entry(path: TreePath("t\(number)"), isDirectory: true))
      for path in paths {
        let isDirectory = path.last == UInt8(ascii: "/")
        if isDirectory { tree.directory(base + path) } else { tree.file(base + path) }
        let bytes = base + (isDirectory ? path.dropLast() : path)
        entries.append(Entry(path: TreePath(bytes: bytes), isDirectory: isDirectory))
      }
      write(tree, base + Array(".gitignore".utf8), generator.file(for: paths))
      for path in paths where path.last == UInt8(ascii: "/") && generator.random.chance(4) {
        let inner = paths.filter { $0.starts(with: path) }.map { Array($0.dropFirst(path.count)) }
        write(tree, base + path + Array(".gitignore".utf8), generator.file(for: inner))
      }
    }
    let some = entries.indices.filter { $0 % 9 == 0 }.map { entries[$0].bytes }
    if generator.random.chance(2) { write(tree, Array(".gitignore".utf8), generator.file(for: some)) }
    if generator.random.chance(2) { write(tree, Array(".git/info/exclude".utf8), generator.file(for: some)) }
    if generator.random.chance(2) { write(home, Array("xdg/git/ignore".utf8), generator.file(for: some)) }
    return (entries, files)
  }
}
