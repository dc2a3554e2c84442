import Foundation
import Glibc
import Platform
import Testing

@testable import Watcher

extension WatcherTests {
  /// Starting and stopping.
  @Suite(.serialized) struct Lifetime {
    @Test func oneAtATime() throws {
      let first = try WatchedTree().started()
      let second = try WatchedTree()
      #expect(throws: WatchError.anotherIsRunning) { try second.watcher.start() }
      try first.agreed()
      first.watcher.stop()
      let third = try WatchedTree().started()
      try third.write("a.c", "")
      try third.agreed()
    }

    @Test func startsOnce() throws {
      let tree = try WatchedTree().started()
      #expect(throws: WatchError.startedBefore) { try tree.watcher.start() }
      tree.watcher.stop()
      tree.watcher.stop()
      #expect(throws: WatchError.startedBefore) { try tree.watcher.start() }
    }

    @Test func whatIsNotThereIsAnError() throws {
      let noRoot = try WatchedTree { $0.rootPath += "/missing" }
      #expect(throws: WatchError.self) { try noRoot.watcher.start() }
      let noSync = try WatchedTree { $0.syncDirectoryPath += "/missing" }
      #expect(throws: WatchError.self) { try noSync.watcher.start() }
      try WatchedTree().started().agreed()
    }

    @Test(arguments: 0..<20) func stopsAtOnce(_: Int) throws {
      let tree = try WatchedTree().started()
      let start = MonotonicTime.now
      tree.watcher.stop()
      #expect(MonotonicTime.now.milliseconds(since: start) < 500)
      #expect(tree.events.push(.ready) == nil)
    }

    @Test func stopsWhileTheQueueIsFull() throws {
      let tree = try WatchedTree(capacity: 1).started()
      for round in 0..<100 { try tree.write("\(round).c", "") }
      tree.watcher.stop()
    }

    /// Events that the library had read and not handed out must not reach the next watcher.
    @Test func nothingIsLeftForTheNext() throws {
      let first = try WatchedTree(capacity: 1).started()
      // The thread stands still with the first few; then it takes a part of what the library reads at once.
      for round in 0..<6000 { try first.write("a-name-long-enough-\(round).c", "") }
      var count = 0
      try first.wait("some") { _ in
        count += 1
        return count == 500
      }
      first.watcher.stop()
      let second = try WatchedTree().started()
      #expect(try second.agreed().summaries == [])
    }

    @Test func cookiesThatWereThereBefore() throws {
      let tree = try WatchedTree()
      try tree.write(tree.sync + "/early", "")
      try tree.watcher.start()
      let taken = try tree.wait("ready") { if case .ready = $0 { true } else { false } }
      #expect(taken.map(\.summary) == ["start /: ", "cookie early", "ready"])
    }

    @Test func sleepsWhileNothingHappens() throws {
      let tree = try WatchedTree()
      try tree.write("a.c", "")
      try tree.started()
      try tree.agreed()
      // The cookie is taken before the thread has gone to sleep.
      try nothingComes(for: 500)
      let before = try switches(of: "watcher")
      // Longer than the second for which an empty root is waited on.
      try nothingComes(for: 1500)
      #expect(try switches(of: "watcher") == before)

      func nothingComes(for milliseconds: UInt64) throws {
        if case .timedOut = tree.events.pop(until: .now.adding(milliseconds: milliseconds)) { return }
        throw Failed(description: "an event out of nothing")
      }
    }

    /// How often the thread of that name gave up the processor.
    private func switches(of name: String) throws -> String {
      for task in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task") {
        let folder = "/proc/self/task/\(task)"
        guard try String(contentsOfFile: folder + "/comm", encoding: .utf8) == name + "\n" else { continue }
        let status = try String(contentsOfFile: folder + "/status", encoding: .utf8)
        return status.split(separator: "\n").filter { $0.contains("ctxt_switches") }.joined(separator: " ")
      }
      throw Failed(description: "no thread \(name)")
    }
  }
}
