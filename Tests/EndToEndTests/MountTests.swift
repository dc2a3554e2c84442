import Foundation
import Testing

/// File systems that are mounted in the tree and unmounted again.
@Suite struct MountTests {
  @Test func theGraphFollowsWhatIsMountedInTheTree() throws {
    let tree = try TemporaryDirectory()
    try tree.write("def f(): pass\n", to: "sub/below/a.py")
    try tree.write("def f(): pass\n", to: "other/a.py")
    try tree.write("ignored/\n", to: ".gitignore")
    try tree.write("def f(): pass\n", to: "ignored/a.py")
    let watch = try Watch(tree.url, through: Namespace.after("true"))
    let (sub, other) = (tree.url.path + "/sub", tree.url.path + "/other")

    try watch.shell("mount -t tmpfs none \(sub)")
    #expect(try watch.event("rescan").text("reason") == "mountsChanged")
    _ = try watch.batch(naming: "sub/below/a.py")
    try watch.shell("mkdir -p \(sub)/deep && echo 'def g(): pass' >\(sub)/deep/b.py")
    _ = try watch.batch(naming: "sub/deep/b.py")
    try watch.expectEqualToFull("mounted, with a file made in it")

    var seen = watch.program.lines.all.count
    try watch.shell("umount \(sub)")
    _ = try watch.batch(naming: "sub/below/a.py", after: seen)
    try watch.expectEqualToFull("unmounted")
    try tree.write("def h(): pass\n", to: "sub/below/a.py")
    try watch.expectEqualToFull("written below what was covered")

    seen = watch.program.lines.all.count
    try watch.shell("mount --bind \(sub)/below \(other)")
    _ = try watch.batch(naming: "other/a.py", after: seen)
    try watch.expectEqualToFull("a directory of the tree in two places")
    try tree.write("def i(): pass\n", to: "sub/below/a.py")
    try watch.expectEqualToFull("written by one of its paths")

    seen = watch.program.lines.all.count
    try watch.shell("umount \(other)")
    _ = try watch.batch(naming: "other/a.py", after: seen)
    try tree.write("def j(): pass\n", to: "sub/below/a.py")
    try tree.write("def k(): pass\n", to: "other/a.py")
    try watch.expectEqualToFull("in one place again")

    seen = watch.program.lines.all.count
    try watch.shell("mount -t tmpfs none \(tree.url.path)/ignored")
    try watch.expectEqualToFull("what is ignored")
    #expect(watch.program.lines.all.count == seen)
    #expect(watch.interrupt() == 0)
  }
}
