import ArgumentParser
import Query
import Store

/// What all commands have in common that read a store.
struct ReadingOptions: ParsableArguments {
  @Option(
    help: "The store, also as lmdb:PATH (default: <dir>/.ptwatch).", completion: .directory,
    transform: StoreArgument.parsing)
  var db: StoreArgument?

  @Flag(help: "One JSON object a line.")
  var json = false

  @Flag(inversion: .prefixedNo, help: "First wait until the ptwatch that watches the tree has taken in every change.")
  var sync = false

  @Option(help: "Colour: auto, always or never.")
  var color = ColorChoice.auto

  func store(of tree: String) -> StoreDirectory { db?.directory(for: tree) ?? StoreArgument.standard(for: tree) }

  /// The newest state of a tree's graph. Throws ``Failure``.
  func snapshot(of tree: String) throws -> Snapshot { try snapshots(of: tree, 1)[0] }

  /// The same for as many threads. Throws ``Failure``.
  func snapshots(of tree: String, _ count: Int) throws -> [Snapshot] {
    let store = store(of: tree)
    if sync { try synchronize(directory: tree, store: store) }
    do {
      return try GraphReader(store).snapshots(count)
    } catch StoreError.noStore {
      throw Failure.noGraph(of: tree, store)
    }
  }

  func query(_ tree: String) throws -> GraphQuery { GraphQuery(try snapshot(of: tree)) }

  /// Where results go.
  func output() -> Output { Output(color.paint(for: .output), columns: StandardStream.output.columns) }
}

/// How many results a command gives.
struct LimitOption: ParsableArguments {
  @Option(help: "Most results to print; 0 for all.")
  var limit = 100

  func validate() throws {
    if limit < 0 || limit == .max { throw ValidationError("--limit wants a number, 0 for all") }
  }

  var most: Int { limit == 0 ? .max : limit }

  /// By which one sees that there are more.
  var oneMore: Int { limit == 0 ? .max : limit + 1 }
}
