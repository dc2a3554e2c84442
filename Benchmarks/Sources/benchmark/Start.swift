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
    let table = Table(
      "start: on an unchanged tree until ready; medians of \(rounds), in turn", common,
      [
        .init("tree", width: 24), .init("ready", "ms", width: 8), .init("find", "ms", width: 8), .init("ratio"),
        .init("goal"),
      ])
    try once(ptwatch, tree, scratch)
    var (starts, finds): ([Double], [Double]) = ([], [])
    for _ in 0..<rounds {
      starts.append(try once(ptwatch, tree, scratch))
      finds.append(try Child.run(["find", tree, "-printf", "%T@ %s %i\\n"]).ms)
    }
    let (start, find) = (Distribution(starts).median, Distribution(finds).median)
    let name = URL(fileURLWithPath: tree).lastPathComponent
    table.add([.text(name), .number(start), .number(find), .number(start / find), .goal(start <= 2 * find)])
  }

  /// A start and its end; milliseconds from the one's being run until it was ready.
  @discardableResult
  private func once(_ ptwatch: Ptwatch, _ tree: String, _ scratch: Scratch) throws -> Double {
    let begun = MonotonicTime.now
    let watcher = try Watcher.ready(ptwatch, tree, in: scratch, source.watchOptions)
    let ms = MonotonicTime.now.milliseconds(since: begun)
    try watcher.stop()
    return ms
  }
}
