import ArgumentParser
import Foundation
import Platform

/// Start on an unchanged tree.
struct Start: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Start on an unchanged tree until 'ready', in turn with 'find' over it.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var source: TreeOptions

  @Option(help: "Starts.")
  var rounds = 7

  func run() throws {
    let ptwatch = try Ptwatch(common)
    let scratch = try Scratch(common)
    let tree = try SourceTree.given(source.tree, scratch)
    var table = Table("start", "on an unchanged tree until ready; medians of \(rounds), in turn with find", common)
    try once(ptwatch, tree, scratch)
    var (starts, finds): ([Child.Cost], [Child.Cost]) = ([], [])
    for _ in 0..<rounds {
      starts.append(try once(ptwatch, tree, scratch))
      finds.append(try Child.run(["find", tree, "-printf", "%T@ %s %i\\n"]))
    }
    func median(_ costs: [Child.Cost], _ what: KeyPath<Child.Cost, Double>) -> Double {
      Distribution(costs.map { $0[keyPath: what] }).median
    }
    let (start, find) = (median(starts, \.ms), median(finds, \.ms))
    table.add(
      .text("tree", URL(fileURLWithPath: tree).lastPathComponent, width: 24), .number("ready ms", start),
      .number("find ms", find), .number("ratio", start / find), .number("cpu ms", median(starts, \.cpuMs)),
      .number("find cpu ms", median(finds, \.cpuMs)), .goal(start <= 2 * find))
  }

  /// A start and its end; what it took from being run to being ready.
  @discardableResult
  private func once(_ ptwatch: Ptwatch, _ tree: String, _ scratch: Scratch) throws -> Child.Cost {
    let begun = MonotonicTime.now
    let watcher = try Watcher.ready(ptwatch, tree, in: scratch, source.watchOptions)
    let ms = MonotonicTime.now.milliseconds(since: begun)
    let cpu = try ProcessUsage.cpuMs(of: watcher.id)
    try watcher.stop()
    return Child.Cost(ms: ms, cpuMs: cpu)
  }
}
