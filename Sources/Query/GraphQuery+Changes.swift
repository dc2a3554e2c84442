import Graph
public import Store

extension GraphQuery {
  /// What is known of the time since a generation.
  public enum Changes: Sendable {
    /// What became of the files that changed, in the order in which it is to be applied.
    case known([ChangedFile])
    /// No longer known; `oldest` is the first generation after which all is.
    case tooOld(oldest: UInt64)
    /// There is no such generation yet.
    case future
  }

  /// All that the batches after a generation changed, taken together: what came and went in between is not in it; what
  /// was changed and changed back, or went and came again, counts as changed. O(history since then). Throws `StoreError`.
  public func changes(since generation: UInt64) throws(StoreError) -> Changes {
    switch try snapshot.changes(since: generation) {
    case .tooOld(let oldest): return .tooOld(oldest: oldest)
    case .future: return .future
    case .known(let batches):
      var folding = ChangeFolding(snapshot.languages)
      for batch in batches {
        for change in batch { _ = try snapshot.traits(change.language) }
        folding.add(batch)
      }
      return .known(folding.files())
    }
  }
}
