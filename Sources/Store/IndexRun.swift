import Glibc

/// Index rows of some files, sorted: what an ``IndexRunBuilder`` hands to the ``BulkLoader``. Part of it may lie in a
/// file that has no name and goes when this does.
public struct IndexRun: Sendable {
  let pieces: [SortedRows]
}

/// Rows of the index tables, one table behind the other, each sorted by key. For each key: its length and the number of its
/// rows (UInt32 each), the key, its rows as they will lie in the store.
// SAFETY: the memory is never written after init, and is freed by deinit alone.
final class SortedRows: @unchecked Sendable {
  private let memory: UnsafeMutableRawBufferPointer
  private let isMapped: Bool
  /// Where in memory the rows of each table end.
  private let ends: [Int]

  /// Takes over memory from `malloc`.
  init(_ memory: UnsafeMutableRawBufferPointer, ends: [Int], isMapped: Bool = false) {
    self.memory = memory
    self.isMapped = isMapped
    self.ends = ends
  }

  func rows(of table: IndexTable) -> UnsafeRawBufferPointer {
    let number = table.rawValue
    return UnsafeRawBufferPointer(rebasing: memory[(number == 0 ? 0 : ends[number - 1])..<ends[number]])
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
    return SortedRows(rows, ends: ends, isMapped: true)
  }

  /// `O_TMPFILE`, which Glibc's header hides from Swift.
  private static let temporaryFile: CInt = 0o20_200_000
}
