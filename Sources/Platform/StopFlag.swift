import Synchronization

/// Says to all threads that work is to end. Set once; safe to read and set from any thread.
// SAFETY: the one word behind `word` is only accessed atomically.
public final class StopFlag: @unchecked Sendable {
  private let word: UnsafeMutablePointer<Atomic<Int>>

  public init() {
    word = .allocate(capacity: 1)
    word.initialize(to: Atomic(0))
  }

  deinit {
    word.deinitialize(count: 1)
    word.deallocate()
  }

  public var isSet: Bool { word.pointee.load(ordering: .acquiring) != 0 }

  public func set() { word.pointee.store(1, ordering: .releasing) }

  /// The word itself, 0 until the flag is set, for C code that polls it. Valid as long as the flag lives.
  public var address: UnsafeRawPointer { UnsafeRawPointer(word) }
}
