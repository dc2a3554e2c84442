import ArgumentParser
import Glibc
import Incremental
import Platform
import Store

/// Waits until the store holds the tree as it is now. With a watcher on it, by a cookie: a file in the store's sync
/// directory, which the watcher removes when all that happened before it is committed. With none, by catching up here. Throws
/// `StoreError.interrupted` once `stop` is set.
func synchronize(directory: String, store: StoreDirectory, stop: StopFlag = StopFlag()) throws {
  while true {
    while let holder = WriterLock.holder(of: store) {
      if try SyncCookie(store).wait(stop, while: { WriterLock.holder(of: store) == holder }) { return }
    }
    do {
      return try CatchUp.run(directory: directory, store: store, stop)
    } catch StoreError.held {
      // Another client, or a watcher, came first.
    }
  }
}

/// One look at the whole tree, without a watcher, with the options that the store was made with.
enum CatchUp {
  static func run(directory: String, store: StoreDirectory, _ stop: StopFlag) throws {
    let arguments = try Self.arguments(directory, store)
    let options = try IngestOptions.parse(["--db", store.path] + arguments)
    let session = try TreeSession(directory: directory, options, stop: stop)
    let lock = try WriterLock(store)
    try withExtendedLifetime(lock) { try run(directory, store, session, arguments) }
  }

  private static func run(
    _ directory: String, _ store: StoreDirectory, _ session: TreeSession, _ arguments: [String]
  ) throws {
    do {
      switch try GraphStore.open(store, identity: session.identity) {
      case .opened(let graph): try reindex(session, graph)
      case .absent: throw Failure.noGraph(of: directory, store)
      case .unusable(let reason):
        throw Failure("no watcher runs, and \(reason); run: \(command(directory, store, arguments))")
      }
    } catch let error as StoreError {
      // It would come to the same point again.
      store.markDamaged(by: error)
      throw error
    }
  }

  static func arguments(_ directory: String, _ store: StoreDirectory) throws -> [String] {
    do throws(StoreError) {
      return try GraphReader(store).snapshot().options()
    } catch {
      if case .noStore = error { throw Failure.noGraph(of: directory, store) }
      guard error.asksForRebuild else { throw error }
      throw Failure("no watcher runs, and \(error); run: \(command(directory, store))")
    }
  }

  private static func reindex(_ session: TreeSession, _ graph: GraphStore) throws {
    let reindexer = Reindexer(session.settings, store: graph, stop: session.stop)
    try reindexer.apply(TreeChanges(listings: [session.settings.listing(stop: session.stop)])) { _ in }
    while reindexer.needsConfirmation, !session.stop.isSet { _ = try reindexer.confirmNext() }
    graph.close()
    if session.stop.isSet { throw StoreError.interrupted }
  }
}

extension Failure {
  static func noGraph(of directory: String, _ store: StoreDirectory) -> Failure {
    Failure("no graph of \(printable(directory)) yet; run: \(command(directory, store))")
  }
}

/// The command that makes or renews a store, as one would type it.
private func command(_ directory: String, _ store: StoreDirectory, _ arguments: [String] = []) -> String {
  let place = store == StoreArgument.standard(for: directory) ? [] : ["--db", store.path]
  return (["ptwatch"] + arguments + place + [directory]).map(shellQuoted).joined(separator: " ")
}

/// As a shell takes it for one word.
func shellQuoted(_ word: String) -> String {
  let plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=./,:@%+"
  if !word.isEmpty, word.allSatisfy({ plain.contains($0) }) { return word }
  let inner = printable(word).split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
  return "'\(inner)'"
}
