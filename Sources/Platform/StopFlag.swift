internal import Synchronization

/// Says to all threads that work is to end. Set once; safe to read and set from any thread.
public final class StopFlag: Sendable {
  private let flag = Atomic(false)

  public init() {}

  public var isSet: Bool { flag.load(ordering: .acquiring) }

  public func set() { flag.store(true, ordering: .releasing) }
}
