import Foundation
import Graph
import Platform
import Store
import Synchronization

/// The facts of a store, all in memory, to be stored anew.
final class MemoryFacts: Sendable {
  struct File: Sendable {
    var path: TreePath
    var record: FileRecord
    var facts: FileFacts
  }

  let files: [File]
  private let identity: StoreIdentity

  var entities: Int { files.reduce(0) { $0 + Int($1.record.entities) } }
  /// `contains` edges included.
  var edges: Int { files.reduce(0) { $0 + Int($1.record.edges) } }

  init(of store: StoreDirectory) throws {
    let snapshot = try GraphReader(store).snapshot()
    identity = StoreIdentity(root: snapshot.root, fingerprint: 0, languages: snapshot.languages)
    var files: [File] = []
    try snapshot.forEachFile(below: .root) { path, id, record in
      files.append(File(path: path, record: record, facts: try snapshot.facts(id)))
    }
    self.files = files
  }

  /// Builds a store as a full ingest does: `threads` encode and sort, this thread writes. Returns seconds and bytes.
  func store(in directory: String, threads: Int) throws -> (seconds: Double, bytes: Int) {
    try? FileManager.default.removeItem(atPath: directory)
    let store = StoreDirectory(path: directory)
    try store.create()
    let begun = MonotonicTime.now
    let loader = try BulkLoader(store, identity: identity)
    let next = Atomic(0)
    let (builders, runs) = (
      Guarded((0..<threads).map { _ in loader.makeRunBuilder() }), Guarded<[Result<IndexRun, any Error>]>([])
    )
    let encoded = BoundedQueue<EncodedFile>(capacity: 64)
    let left = Atomic(threads)
    let workers = try ThreadGroup("encode", count: threads) { [files] in
      let result = Result { () throws -> IndexRun in
        var builder = builders.withLock { $0.removeLast() }
        while true {
          let number = next.add(1, ordering: .relaxed).oldValue
          if number >= files.count { return builder.finish() }
          let (file, id) = (files[number], FileID(rawValue: UInt32(number)))
          encoded.push(try builder.add(file.facts, file: id, path: file.path, record: file.record))
        }
      }
      runs.withLock { $0.append(result) }
      if left.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { encoded.close() }
    }
    var early: [FileID: EncodedFile] = [:]
    var due: UInt32 = 0
    while let file = encoded.pop() {
      early[file.file] = file
      while let file = early.removeValue(forKey: FileID(rawValue: due)) {
        try loader.append(file)
        due += 1
      }
    }
    workers.join()
    for run in runs.withLock({ $0 }) { loader.add(try run.get()) }
    let report = try loader.finish(threads: threads)
    return (MonotonicTime.now.milliseconds(since: begun) / 1e3, report.storeBytes)
  }
}
