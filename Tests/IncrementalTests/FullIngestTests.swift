import Foundation
import Graph
import Platform
import Store
import Syntax
import Testing

@testable import Incremental

@Suite struct FullIngestTests {
  @Test(arguments: [1, 2, 7])
  func factsDoNotDependOnTheNumberOfThreads(_ jobs: Int) throws {
    let single = try Workspace(jobs: 1)
    let many = try Workspace(jobs: jobs)
    for workspace in [single, many] {
      for index in 0..<50 {
        try workspace.write("def f\(index)(): return g\(index % 7)()\n", to: "d\(index % 5)/f\(index).py")
      }
      try workspace.ingest()
    }
    #expect(try single.dump() == many.dump())
  }

  @Test func theSummaryCountsWhatTheStoreHolds() throws {
    let workspace = try Workspace()
    try workspace.write("class A:\n    def m(self): return f()\n", to: "a.py")
    try workspace.write("\0", to: "b.py")
    try workspace.write("nothing", to: "c.txt")
    let summary = try workspace.ingest()
    let dump = try workspace.dump().split(separator: "\n")
    #expect(summary.filesSeen == 2 && summary.filesParsed == 1)
    #expect(summary.problems.map(\.problem) == [.binary])
    #expect(summary.entities == dump.count { $0.hasPrefix(#"{"t":"entity""#) })
    #expect(summary.edges == dump.count { $0.hasPrefix(#"{"t":"edge""#) })
    let totals = try workspace.reindexer().totals()
    #expect(totals.entities == summary.entities && totals.edges == summary.edges && totals.files == 2)
  }

  /// Who waits is not counted as running: with more workers than files, not all ran for most of the time.
  @Test(arguments: [1, 3])
  func theStagesAddUp(_ jobs: Int) throws {
    let workspace = try Workspace(jobs: jobs)
    try workspace.write(String(repeating: "def f(): return g()\n", count: 5000), to: "a.py")
    let summary = try workspace.ingest()
    let stages = summary.stages
    #expect(stages.walk > 0 && stages.walk <= summary.seconds)
    #expect(stages.write > 0 && stages.parse > 0 && stages.parse + summary.storeSeconds <= summary.seconds + 0.001)
    #expect(stages.serial >= summary.storeSeconds && stages.serial <= summary.seconds)
    let ran = summary.seconds * Double(jobs) - stages.idle
    #expect(ran > 0 && ran <= stages.parse * Double(jobs) * 1.01)
    #expect(jobs == 1 ? abs(stages.serial - stages.idle) < 0.001 : stages.serial > summary.seconds / 2)
  }

  @Test func whatAWorkerWaitsForIsNotItsWork() {
    let trace = IngestTrace(workers: 1)
    let begun = MonotonicTime.now
    trace.running { trace.waiting { while MonotonicTime.now.milliseconds(since: begun) < 5 {} } }
    let stages = trace.stages(seconds: MonotonicTime.now.milliseconds(since: begun) / 1000)
    #expect(stages.idle >= 0.0049 && stages.serial >= 0.0049)
  }

  @Test func aLanguageWithBadRulesFailsTheRunThatNeedsIt() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "ptwatch-\(ProcessInfo.processInfo.globallyUniqueString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, rules) in [("good", "(module) @container"), ("bad", "\n(gone) @container")] {
      let place = folder.appending(path: name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      let manifest = #"{"name": "\#(name)", "grammar": "python", "separator": ".", "suffixes": [".\#(name)"]}"#
      try Data(manifest.utf8).write(to: place.appending(path: "language.json"))
      try Data(rules.utf8).write(to: place.appending(path: "tags.scm"))
    }
    let workspace = try Workspace(
      catalog: try LanguageCatalog(directories: [folder.path], grammars: Workspace.grammars))
    try workspace.write("a = 1\n", to: "a.good")
    #expect(try workspace.ingest().filesParsed == 1)

    try workspace.write("b = 1\n", to: "b.bad")
    let reindexer = try workspace.reindexer()
    for error in [
      #expect(throws: LanguageError.self) { try workspace.ingest() },
      #expect(throws: LanguageError.self) { try reindexer.look("b.bad") },
    ] {
      #expect("\(error!)".contains("bad/tags.scm:2: the grammar python has no node type gone"))
    }
  }

  @Test func aStoppedIngestLeavesTheStoreAsItWas() throws {
    let workspace = try Workspace()
    try workspace.write("def f(): pass\n", to: "a.py")
    try workspace.ingest()
    let before = try workspace.dump()
    try workspace.write("def g(): pass\n", to: "a.py")
    workspace.stop.set()
    let summary = try FullIngest(workspace.settings, stop: workspace.stop)
      .run(into: workspace.directory, identity: workspace.identity)
    #expect(summary == nil)
    #expect(try workspace.dump() == before)
  }
}
