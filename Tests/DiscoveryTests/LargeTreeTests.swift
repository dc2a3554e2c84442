import Discovery
import Glibc
import Graph
import Platform
import Testing

/// Trees beyond what a recursive walk, a path of the system's length, or a descriptor for each level would bear.
@Suite(.serialized) struct LargeTreeTests {
  @Test func goesDown() throws {
    let tree = TemporaryTree()
    let depth = 1_000
    let component = "directory"
    let path = Array(repeating: component, count: depth).joined(separator: "/")
    #expect(path.utf8.count > Int(PATH_MAX))
    tree.directory(path)
    let bytes = Array(path.utf8)
    try fill(tree, depth: depth, component: Array(component.utf8))
    let (root, rules) = (try tree.opened(), try tree.rules())
    var open = 0
    let walk = Walk(root, rules, found: { _ in open = max(open, Self.openDescriptors()) })
    #expect(walk.isComplete && walk.problems.isEmpty)
    #expect(walk.listed.count == depth + 1)
    #expect(walk.found.count == depth)
    #expect(walk.found.first?.path == TreePath(bytes: bytes).appending("z".utf8))
    #expect(open > 0 && open < depth / 2)
    #expect(rules.isIgnored(TreePath(bytes: bytes).appending("y".utf8), isDirectory: false))
    #expect(!rules.isIgnored(TreePath(bytes: bytes).appending("z".utf8), isDirectory: false))
    rules.forget(below: .root)
    #expect(rules.isIgnored(TreePath(bytes: bytes).appending("y".utf8), isDirectory: false))
  }

  /// A file `z` in each directory, behind the next in order, so that the walk has to come back to each level; and in the
  /// innermost one an ignore file.
  private func fill(_ tree: TemporaryTree, depth: Int, component: [UInt8]) throws {
    var opened = open(tree.path, O_RDONLY | O_DIRECTORY)
    for level in 1...depth {
      let next = openat(opened, String(decoding: component, as: UTF8.self), O_RDONLY | O_DIRECTORY)
      close(opened)
      opened = next
      close(openat(opened, "z", O_WRONLY | O_CREAT, 0o644))
      guard level == depth else { continue }
      let file = openat(opened, ".gitignore", O_WRONLY | O_CREAT, 0o644)
      #expect(write(file, ".gitignore\ny\n", 13) == 13)
      close(file)
    }
    close(opened)
  }

  private static func openDescriptors() -> Int {
    guard let stream = opendir("/proc/self/fd") else { return Int.max }
    defer { closedir(stream) }
    var count = 0
    while readdir(stream) != nil { count += 1 }
    return count
  }

  @Test func goesWide() throws {
    let tree = TemporaryTree()
    tree.directory("wide")
    let count = 100_000
    let directory = open("\(tree.path)/wide", O_RDONLY | O_DIRECTORY)
    defer { close(directory) }
    // Links cost no inode each: all are one file.
    tree.file("wide/0")
    for number in 1..<count {
      // Past what the file system allows for one file, another begins.
      if number % 30_000 == 0 {
        tree.file("wide/\(number)")
      } else {
        precondition(linkat(directory, "\(number / 30_000 * 30_000)", directory, "\(number)", 0) == 0)
      }
    }
    let walk = Walk(try tree.opened(), try tree.rules())
    #expect(walk.isComplete && walk.problems.isEmpty)
    #expect(walk.found.count == count)
    #expect(zip(walk.found, walk.found.dropFirst()).allSatisfy { $0.path < $1.path })
  }
}
