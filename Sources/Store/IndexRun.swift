import Glibc

/// Index rows of some files, sorted: what an ``IndexRunBuilder`` hands to the ``BulkLoader``. Part of it may lie in a
/// file that has no name and goes when this does.
public struct IndexRun: Sendable {
  let pieces: [SortedRows]
}

/// Rows of both indexes, sorted by key. For each key: its length and the number of its rows (UInt32 each), the key, its
/// rows as they will lie in the store.
// SAFETY: the memory is never written after init, and is freed by deinit alone.
final class SortedRows: @unchecked Sendable {
  private let memory: UnsafeMutableRawBufferPointer
  private let isMapped: Bool
  let definitions: UnsafeRawBufferPointer
  let mentions: UnsafeRawBufferPointer

  /// Takes over memory from `malloc`, of which the first `definitionBytes` are definitions, the rest mentions.
  init(_ memory: UnsafeMutableRawBufferPointer, definitionBytes: Int, isMapped: Bool = false) {
    self.memory = memory
    self.isMapped = isMapped
    definitions = UnsafeRawBufferPointer(rebasing: memory[..<definitionBytes])
    mentions = UnsafeRawBufferPointer(rebasing: memory[definitionBytes...])
  }

  deinit {
    if isMapped { munmap(memory.baseAddress, memory.count) } else { free(memory.baseAddress) }
  }

  /// The same rows in an unlinked file in `directory`, mapped, so that the kernel may drop them from memory.
  func spilled(into directory: String) throws(StoreError) -> SortedRows {
    if memory.isEmpty { return self }
    let file = open(directory, O_RDWR | O_CLOEXEC | Self.temporaryFile, 0o600)
    if file < 0 { throw .failure("make a temporary file in", directory) }
    defer { close(file) }
    var done = 0
    while done < memory.count {
      let count = write(file, memory.baseAddress! + done, memory.count - done)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw .failure("write a temporary file in", directory) }
      done += count
    }
    guard let mapped = mmap(nil, memory.count, PROT_READ, MAP_PRIVATE, file, 0), mapped != MAP_FAILED else {
      throw .failure("map a temporary file in", directory)
    }
    let rows = UnsafeMutableRawBufferPointer(start: mapped, count: memory.count)
    return SortedRows(rows, definitionBytes: definitions.count, isMapped: true)
  }

  /// `O_TMPFILE`, which Glibc's header hides from Swift.
  private static let temporaryFile: CInt = 0o20_200_000
}
