import Discovery
import Foundation
import Graph
import Incremental
import Platform
import Store
import Syntax
import Testing

/// A tree with a store of its own, in a directory that goes when the test is over.
final class Workspace {
  let url: URL
  let settings: IngestSettings
  let directory: StoreDirectory
  let identity: StoreIdentity
  let stop = StopFlag()

  static let catalog: LanguageCatalog = {
    let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try! LanguageCatalog(directories: [checkout.appending(path: "Languages").path], grammars: grammars)
  }()

  static var grammars: String {
    guard let path = ProcessInfo.processInfo.environment["PTWATCH_GRAMMARS"] else {
      preconditionFailure("PTWATCH_GRAMMARS is not set: run the tests by scripts/test")
    }
    return path
  }

  init(
    jobs: Int = 2, treeCacheLimit: Int = 64 << 20, memoryLimit: ParseMemoryLimit = .standard,
    catalog: LanguageCatalog = catalog
  ) throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "ptwatch-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: url.appending(path: "tree"), withIntermediateDirectories: true)
    settings = IngestSettings(
      root: try Directory(url.appending(path: "tree").path), ignore: IgnoreOptions(environment: [:]),
      catalog: catalog, jobs: jobs, maxFileSize: 1 << 20, parseMemoryLimit: memoryLimit,
      treeCacheLimit: treeCacheLimit)
    directory = StoreDirectory(path: url.appending(path: "store").path)
    try directory.create()
    identity = StoreIdentity(
      root: Array(url.path.utf8), fingerprint: catalog.fingerprint,
      languages: catalog.languages.map(\.traits))
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ text: String, to path: String) throws {
    let file = url.appending(path: "tree/\(path)")
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func remove(_ path: String) throws { try FileManager.default.removeItem(at: url.appending(path: "tree/\(path)")) }

  @discardableResult
  func ingest() throws -> IngestSummary {
    try #require(try FullIngest(settings, stop: stop).run(into: directory, identity: identity))
  }

  func graphStore() throws -> GraphStore {
    guard case .opened(let store) = try GraphStore.open(directory, identity: identity) else { throw NotOpened() }
    return store
  }

  func reindexer() throws -> Reindexer { Reindexer(settings, store: try graphStore(), stop: stop) }

  struct NotOpened: Error {}

  /// All facts of the store as text.
  func dump(_ directory: StoreDirectory? = nil) throws -> String {
    let snapshot = try GraphReader(directory ?? self.directory).snapshot()
    var writer = DumpWriter()
    try snapshot.forEachFile(below: .root) { path, id, record in
      writer.write(
        path: path, record: record, facts: try snapshot.facts(id),
        language: snapshot.languages[Int(record.language.rawValue)])
    }
    return String(decoding: writer.take(), as: UTF8.self)
  }

  /// The dump of a fresh full ingest into another store.
  func fullDump() throws -> String {
    let other = StoreDirectory(path: url.appending(path: "full-\(UUID().uuidString)").path)
    try other.create()
    _ = try #require(try FullIngest(settings, stop: stop).run(into: other, identity: identity))
    return try dump(other)
  }
}

extension Reindexer {
  /// Looks at the given paths and returns what was committed.
  func look(_ paths: String...) throws -> [BatchReport] {
    var reports: [BatchReport] = []
    try apply(TreeChanges(paths: paths.map { TreePath($0) })) { reports.append($0) }
    return reports
  }

  /// Looks at the whole tree.
  func lookEverywhere(_ workspace: Workspace) throws -> [BatchReport] {
    var reports: [BatchReport] = []
    try apply(TreeChanges(listings: [workspace.settings.listing(stop: workspace.stop)])) { reports.append($0) }
    return reports
  }
}
