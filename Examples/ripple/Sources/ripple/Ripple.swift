import Foundation
import PTWatchGraph

/// Says who is affected by what changes in a tree: each function that was added or changed, with who uses it, since the last run and from
/// then on as the tree changes.
///
///     ptwatch ~/src/project &
///     ripple ~/src/project ~/.cache/project.generation
///
/// The file keeps the generation that was told of last; without one only what changes from now on is told.
@main struct Ripple {
  static func main() async {
    let arguments = CommandLine.arguments.dropFirst()
    guard let tree = arguments.first, arguments.count <= 2 else {
      complain("usage: ripple <tree> [file to keep the generation in]")
      exit(64)
    }
    do {
      try await follow(try SourceGraph(ofTree: tree), keeping: arguments.dropFirst().first)
    } catch {
      complain("\(error)")
      exit(1)
    }
  }

  static func follow(_ graph: SourceGraph, keeping file: String?) async throws {
    let now = try graph.snapshot().generation
    let last = file.flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }.flatMap { UInt64($0) }
    say("following from generation \(last ?? now); " + (graph.isWatched ? "ptwatch is at work" : "start ptwatch too"))
    for try await changes in graph.updates(since: last ?? now) {
      say("generation \(changes.generation)")
      if let files = changes.files {
        try report(files, try graph.snapshot())
      } else {
        say("  anything may have changed since generation \(changes.since)")
      }
      if let file { try "\(changes.generation)".write(toFile: file, atomically: true, encoding: .utf8) }
    }
  }

  static func report(_ files: [ChangedFile], _ snapshot: Snapshot) throws {
    for file in files where !file.isComplete { say("  much of \(file.path)") }
    for change in files.flatMap(\.entities) where change.kind.isCallable {
      // What was removed, or has gone since, has no users any more that are known to mean it.
      guard change.change != .removed, let entity = try snapshot.entity(id: change.id) else {
        say("  - \(change.name)")
        continue
      }
      say("  \(change.change == .added ? "+" : "~") \(entity.qualifiedName)  \(entity.path):\(entity.start.line)")
      for use in try snapshot.callers(of: entity, limit: 20) {
        let user = use.user?.qualifiedName ?? "the top of the file"
        let notes = (use.user?.isTest == true ? "  (test)" : "") + (use.resolution == .ambiguous ? "  (perhaps)" : "")
        say("      used by \(user)  \(use.path):\(use.position.line)\(notes)")
      }
    }
  }

  /// At once, in a pipe too.
  static func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

  static func complain(_ line: String) { FileHandle.standardError.write(Data("ripple: \(line)\n".utf8)) }
}
