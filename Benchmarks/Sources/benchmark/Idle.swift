import ArgumentParser
import Foundation

/// What a watcher does while nothing happens.
struct Idle: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "CPU time and wake-ups of a watcher while nothing happens.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var source: TreeOptions

  @Option(help: "How long, in seconds.")
  var seconds = 60

  func run() throws {
    let ptwatch = try Ptwatch(common)
    let scratch = try Scratch(common)
    let tree = try SourceTree.given(source.tree, scratch)
    let watcher = try Watcher.ready(ptwatch, tree, in: scratch, source.watchOptions)
    // It parses ahead once it is ready.
    var last = try ProcessUsage(of: watcher.id)
    try waitFor("the watcher to come to rest") {
      let before = last
      sleep(2)
      last = try ProcessUsage(of: watcher.id)
      return last.cpuMs == before.cpuMs
    }
    sleep(UInt32(seconds))
    let usage = try ProcessUsage(of: watcher.id)
    let (waits, losses) = (
      usage.voluntarySwitches - last.voluntarySwitches, usage.involuntarySwitches - last.involuntarySwitches
    )
    var table = Table("idle", "over \(seconds) s, all threads", common)
    let cpu = usage.cpuMs - last.cpuMs
    table.add(
      .text("tree", URL(fileURLWithPath: tree).lastPathComponent, width: 24), .number("cpu ms", cpu),
      .count("voluntary", waits), .count("involuntary", losses), .goal(cpu == 0 && waits == 0 && losses == 0))
    try watcher.stop()
  }
}
