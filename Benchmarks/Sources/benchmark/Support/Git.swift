import Foundation

/// A work tree of git, with settings that do not depend on the user's.
struct Git {
  let tree: String
  private let scratch: Scratch

  /// The work tree at `tree`, which need not be there yet.
  init(_ tree: String, _ scratch: Scratch) { (self.tree, self.scratch) = (tree, scratch) }

  /// Makes a repository of all that is in the tree.
  static func make(of tree: String, _ scratch: Scratch) throws -> Git {
    let git = Git(tree, scratch)
    try git.run("init", "--quiet", "--initial-branch=one")
    try git.commit()
    return git
  }

  /// A work tree on `repository`, which is only read; nothing is checked out.
  static func clone(_ repository: String, to tree: String, _ scratch: Scratch) throws -> Git {
    try Child.run(["git", "clone", "--quiet", "--shared", "--no-checkout", repository, tree])
    return Git(tree, scratch)
  }

  func commit() throws {
    try run("add", "--all", "--force")
    try run("commit", "--quiet", "--message=state")
  }

  /// Milliseconds that the command took.
  @discardableResult
  func run(_ arguments: String...) throws -> Double { try Child.run(command(arguments)).ms }

  /// The command's output.
  func lines(_ arguments: String...) throws -> [String] {
    let file = "\(scratch.path)/git.out"
    try Child.run(command(arguments), output: file)
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
    return text.split(whereSeparator: { $0 == "\n" || $0 == "\0" }).map(String.init)
  }

  private func command(_ arguments: [String]) -> [String] {
    let settings = ["gc.auto=0", "user.name=benchmark", "user.email=benchmark@localhost", "core.hooksPath=/dev/null"]
    return ["git", "-C", tree] + settings.flatMap { ["-c", $0] } + arguments
  }
}
