import Foundation
import Testing

/// `Examples/ripple`, a package of its own that uses the library; `PTWATCH_RIPPLE` is the built program.
@Suite struct ExampleTests {
  private static let ripple = ProcessInfo.processInfo.environment["PTWATCH_RIPPLE"]

  @Test(.enabled(if: ripple != nil, "CI builds it"))
  func rippleSaysWhoUsesWhatChanged() throws {
    let tree = try TemporaryDirectory()
    try tree.write("def leaf(): return 1\ndef stem(): return leaf()\n", to: "a.py")
    let kept = try TemporaryDirectory()
    let arguments = [tree.url.path, kept.url.path + "/generation"]
    let watch = try Watch(tree.url)
    var ripple = try RunningProgram(arguments, of: try #require(Self.ripple))
    #expect(ripple.lines.first { _ in true } == "following from generation 1; ptwatch is at work")
    try tree.write("def leaf(): return 2\ndef stem(): return leaf()\ndef bud(): return 1\n", to: "a.py")
    #expect(ripple.lines.first { $0.contains("+ bud") } == "  + bud  a.py:3")
    #expect(ripple.lines.all.contains("  ~ leaf  a.py:1"))
    #expect(ripple.lines.all.contains("      used by stem  a.py:2"))
    try expectSoon { (try? String(contentsOf: kept.url.appending(path: "generation"), encoding: .utf8)) == "2" }
    ripple.signal(SIGTERM)
    _ = ripple.waitForExit()

    // What changes while it does not run it tells when it does.
    try tree.write("def stem(): return 1\n", to: "a.py")
    try #require(try Program.run("stats", "--sync", tree.url.path).status == 0)
    ripple = try RunningProgram(arguments, of: try #require(Self.ripple))
    #expect(ripple.lines.first { $0.contains("- leaf") } == "  - leaf")
    #expect(watch.interrupt() == 0)
    try tree.remove(".ptwatch/current")
    try tree.remove(".ptwatch")
    #expect(ripple.waitForExit() == 1)
    #expect(
      ripple.errors.all == ["ripple: \(tree.url.path)/.ptwatch: there is no store here; run ptwatch on the tree first"])
  }
}
