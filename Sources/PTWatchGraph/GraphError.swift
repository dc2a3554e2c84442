import Store

/// Why a question has no answer. Each describes itself in one line: what, where, and what to do.
public enum GraphError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no store in this directory: run `ptwatch` on the tree first.
  case noStore(_ path: String)
  /// The store in this directory cannot be trusted. It is marked, so that a `ptwatch` that watches the tree builds another at once, and
  /// one that is started does so first.
  case damaged(_ path: String, detail: String)
  /// The store was written by a `ptwatch` of another version: a newer one if `found` is more than `known`.
  case otherSchema(_ path: String, found: Int, known: Int)
  /// The store's directory, or something in it, is another user's or open to others, so that anybody may have made it.
  case untrusted(_ path: String, detail: String)
  /// No process watches the tree, so nothing tells what has been saved.
  case notWatched(_ path: String)
  /// The process that watches the tree has not taken in its changes for a minute.
  case unanswered(_ path: String)
  /// The task was cancelled.
  case cancelled
  /// Nothing in this snapshot is called so. `near`: names much like it.
  case notFound(_ name: String, near: [String])
  /// Several entities are called so: `total` of them, of which `first` holds at most 50, in order of their ids.
  case ambiguous(_ name: String, first: [Entity], total: Int)
  /// A pattern, or a glob, that is none.
  case malformed(_ pattern: String)
  /// A file of the tree cannot be read.
  case unreadable(_ path: String, detail: String)
  /// The system, or LMDB, refused something.
  case failed(_ detail: String)

  /// One line, with what can be done about it.
  public var description: String {
    switch self {
    case .noStore(let path): "\(path): there is no store here; run ptwatch on the tree first"
    case .damaged(let path, let detail):
      "\(path): the store is damaged (\(detail)); ptwatch builds it anew when it watches the tree"
    case .otherSchema(let path, let found, let known):
      "\(path): the store has schema \(found), this program's is \(known); "
        + (found > known ? "build this program with a newer ptwatch" : "start this version's ptwatch on the tree")
    case .untrusted(let path, let detail): "\(path): this is no store to be trusted: \(detail)"
    case .notWatched(let path): "\(path): nobody watches the tree; start ptwatch on it"
    case .unanswered(let path): "\(path): the watcher has not answered for a minute; is it stopped?"
    case .cancelled: "cancelled"
    case .notFound(let name, let near):
      "nothing is named \"\(name)\"" + (near.isEmpty ? "" : "; near: \(near.joined(separator: ", "))")
    case .ambiguous(let name, let first, let total):
      "\"\(name)\" is the name of \(total) entities, the first \(first.first?.id ?? ""); name one by its id"
    case .malformed(let pattern): "not a pattern: \"\(pattern)\""
    case .unreadable(let path, let detail): "\(path): \(detail)"
    case .failed(let detail): detail
    }
  }
}

extension GraphError {
  /// Runs what reads a store. Damage that it comes upon is marked for whoever writes the store.
  static func translating<Result: ~Copyable>(_ body: () throws(StoreError) -> Result) throws(GraphError) -> Result {
    do throws(StoreError) { return try body() } catch {
      error.markDamage()
      throw GraphError(error)
    }
  }

  /// The same for bodies that throw nothing else but do not say so.
  static func translatingAny<Result>(_ body: () throws -> Result) throws(GraphError) -> Result {
    do { return try body() } catch let error as StoreError {
      error.markDamage()
      throw GraphError(error)
    } catch {
      throw .failed("\(error)")
    }
  }

  private init(_ error: StoreError) {
    self =
      switch error {
      case .noStore(let path): .noStore(path)
      case .damaged(let path, let detail): .damaged(path, detail: detail)
      case .foreign(let path, let detail): .untrusted(path, detail: detail)
      case .otherSchema(let path, let found, let known): .otherSchema(path, found: Int(found), known: Int(known))
      case .unanswered(let path): .unanswered(path)
      case .interrupted: .cancelled
      case .held, .inconsistent, .diskFull, .numberInUse, .busy, .system, .lmdb: .failed(error.description)
      }
  }
}
