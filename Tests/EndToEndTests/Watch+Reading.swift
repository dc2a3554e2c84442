import Foundation
import Testing

extension Watch {
  /// The batches so far; all of them once the watcher has ended.
  func batches() throws -> [Event] {
    try program.lines.all.filter { $0.hasPrefix("{\"t\":\"batch\"") }.map { try Event($0) }
  }

  /// The paths of the files in the graph, in byte order.
  func files() throws -> [String] {
    try Program.dump(tree, sync: true).map { try Event(String($0)) }.filter { $0.type == "file" }
      .compactMap { $0.text("path") }
  }
}

extension Event {
  /// Of a batch.
  var filesParsed: Int { files.count { $0["parsed"] != "none" } }
}
