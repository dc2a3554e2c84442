import Foundation
import Testing

/// More than the kernel grants or holds.
@Suite struct LossTests {
  @Test func whatIsBeyondTheLimitOfWatchesIsListed() throws {
    let tree = try TemporaryDirectory()
    for index in 0..<30 { try tree.write("def f\(index)(): pass\n", to: "d\(index)/a.py") }
    let limit = Namespace.after("echo 20 >/proc/sys/user/max_inotify_watches")
    let watch = try Watch(tree.url, through: limit)
    let complaints = { watch.program.errors.all.filter { $0.contains("the limit of inotify watches") } }
    #expect(complaints().count == 1)
    #expect(complaints().first?.hasSuffix("sysctl user.max_inotify_watches=524288") == true)
    // Whatever their order, most of these have no watch.
    for index in 0..<30 { try tree.write("def found\(index)(): pass\n", to: "d\(index)/b.py") }
    for index in 0..<30 { _ = try watch.batch(naming: "d\(index)/b.py") }
    for index in 0..<30 { try tree.write("def changed\(index)(): pass\n", to: "d\(index)/b.py") }
    try watch.expectEqualToFull("at once with --sync")
    for index in 0..<15 { try tree.remove("d\(index)") }
    try tree.move("d20", to: "d21/inner")
    try watch.expectEqualToFull("with directories gone and moved")
    #expect(complaints().count == 1)
    #expect(watch.interrupt() == 0)
  }

  @Test func withoutAnInstanceItSaysWhy() throws {
    let tree = try TemporaryDirectory()
    let none = Namespace.after("echo 0 >/proc/sys/user/max_inotify_instances")
    let result = try Program.run([tree.url.path], through: none)
    #expect(result.status == 1)
    let complaints = result.error.split(separator: "\n").filter { $0.hasPrefix("ptwatch: ") }
    #expect(
      complaints == [
        "ptwatch: the limit of inotify instances is reached; raise it: sysctl user.max_inotify_instances=1024"
      ])
  }

  /// 30,000 files made and 100,000 events more, where the kernel's queue holds 16,384.
  @Test func aStormThatNobodyReadIsCaughtUpWith() throws {
    let tree = try TemporaryDirectory()
    for index in 0..<100 { try tree.write("int kept\(index);\n", to: "kept\(index).c") }
    let watch = try Watch(tree.url)
    watch.program.signal(SIGSTOP)
    let root = tree.url.path
    for directory in 0..<30 {
      mkdir("\(root)/d\(directory)", 0o755)
      for index in 0..<1000 { close(open("\(root)/d\(directory)/f\(index).c", O_WRONLY | O_CREAT, 0o644)) }
    }
    // Blanks at the end, in turn: a write to the same file as the one before would be no event of its own.
    let files = (0..<100).map { open("\(root)/kept\($0).c", O_WRONLY | O_APPEND) }
    for _ in 0..<1000 { for file in files { write(file, " ", 1) } }
    for file in files { close(file) }
    for index in 0..<100 { rename("\(root)/kept\(index).c", "\(root)/renamed\(index % 50).c") }
    try tree.write("int last;\n", to: "last.c")
    watch.program.signal(SIGCONT)
    #expect(try watch.event("rescan").text("reason") == "overflow")
    try watch.expectEqualToFull()
    #expect(watch.interrupt() == 0)
  }
}
