internal import Platform

/// Memory of flat patterns, freed with their rules. Holds plain values only.
// SAFETY: filled while rules are compiled, by one thread; only read afterwards.
final class RuleMemory: @unchecked Sendable {
  private var blocks: [UnsafeMutableRawPointer] = []
  private var regexes: [PosixPattern] = []

  deinit { for block in blocks { block.deallocate() } }

  /// Copies values to where they stay. The address is never nil.
  func keep<T>(_ values: [T]) -> UnsafeBufferPointer<T> {
    precondition(_isPOD(T.self), "flat patterns hold plain values only")
    let block = UnsafeMutablePointer<T>.allocate(capacity: max(values.count, 1))
    block.initialize(from: values, count: values.count)
    blocks.append(UnsafeMutableRawPointer(block))
    return UnsafeBufferPointer(start: block, count: values.count)
  }

  /// A reference that holds as long as this memory.
  func keep(_ regex: PosixPattern) -> Unmanaged<PosixPattern> {
    regexes.append(regex)
    return Unmanaged.passUnretained(regex)
  }
}
