import Foundation
import Graph
import Incremental
import Store
import Testing

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
