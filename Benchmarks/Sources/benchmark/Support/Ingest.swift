import Foundation
import Graph
import Store

/// A full ingest of a tree into a new store, as a user runs it.
struct Ingest {
  /// What it prints at the end.
  struct Report: Decodable {
    var seconds: Double
    var filesParsed: Int
    /// Of the files parsed.
    var bytes: Int
    var entities: Int
    var edges: Int
    var storeBytes: Int
    var walkSeconds: Double
    var writeSeconds: Double
    var serialSeconds: Double
  }

  struct Result {
    var cost: Child.Cost
    var report: Report
    /// Seconds in which fewer than all workers ran, of the whole process.
    var serial: Double { cost.seconds - (report.seconds - report.serialSeconds) }
  }

  let tree: String
  private let ptwatch: Ptwatch
  private let scratch: Scratch
  private let options: [String]

  init(_ ptwatch: Ptwatch, _ tree: String, _ scratch: Scratch, _ options: [String]) {
    (self.ptwatch, self.tree, self.scratch, self.options) = (ptwatch, tree, scratch, options)
  }

  var store: String { "\(scratch.path)/full.db" }

  /// The store that was there goes first, so that nothing is replaced.
  func run(jobs: Int) throws -> Result {
    try? FileManager.default.removeItem(atPath: store)
    let output = "\(scratch.path)/full.json"
    let command = [ptwatch.path, "--full", "--json", "--jobs", "\(jobs)", "--db", store, tree] + options
    let cost = try Child.run(command, output: output)
    let report = try JSONDecoder().decode(Report.self, from: Data(contentsOf: URL(fileURLWithPath: output)))
    return Result(cost: cost, report: report)
  }

  /// The files that the last run parsed, as paths within the tree, and their languages, in order of path.
  func parsed() throws -> [(path: String, language: String)] {
    let snapshot = try GraphReader(StoreDirectory(path: store)).snapshot()
    var files: [(path: String, language: String)] = []
    try snapshot.forEachFile(below: .root) { path, _, record in
      guard record.problem == nil || record.problem == .invalidUTF8 else { return }
      let language = snapshot.languages[Int(record.language.rawValue)].name
      files.append((String(decoding: path.bytes, as: UTF8.self), language))
    }
    return files
  }

  /// The floor of what the last run parsed.
  func floor() throws -> ParseFloor {
    try ParseFloor(try parsed().map { ("\(tree)/\($0.path)", $0.language) }, scratch)
  }
}
