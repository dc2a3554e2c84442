import Foundation

/// What is downloaded once into the cache folder; see `Benchmarks/trees/prepare.py`.
struct Prepared {
  private let folder: String
  private let scratch: Scratch

  init(_ scratch: Scratch) throws {
    guard let folder = ProcessInfo.processInfo.environment["PTWATCH_BENCHMARKS"] else {
      throw Failure("PTWATCH_BENCHMARKS does not say where the benchmarks' folder is; run scripts/benchmark")
    }
    (self.folder, self.scratch) = (folder, scratch)
  }

  /// A path in the benchmarks' folder.
  func file(_ path: String) -> String { "\(folder)/\(path)" }

  /// A name of `trees.json`, or a directory.
  func tree(_ name: String) throws -> SourceTree.Named {
    let entries = try JSONDecoder().decode(
      [Entry].self, from: Data(contentsOf: URL(fileURLWithPath: file("trees/trees.json"))))
    guard let entry = entries.first(where: { $0.name == name }) else {
      let path = try SourceTree.given(name, scratch)
      return SourceTree.Named(title: URL(fileURLWithPath: path).lastPathComponent, path: path, goal: 1.25)
    }
    let path = try prepare("tree", name)
    return SourceTree.Named(title: entry.title, path: try SourceTree.given(path, scratch), goal: entry.goal)
  }

  /// The folder of programs of a Python environment with what the peers need.
  func python() throws -> String { try prepare("python", file("peers/requirements.txt")) + "/bin" }

  private func prepare(_ arguments: String...) throws -> String {
    try Child.printed(by: ["python3", file("trees/prepare.py")] + arguments, in: scratch)
  }

  private struct Entry: Decodable {
    var name: String
    var title: String
    var goal: Double
  }
}

extension SourceTree {
  struct Named {
    var title: String
    var path: String
    /// Most that a full ingest may take, as a multiple of the floor.
    var goal: Double
  }
}
