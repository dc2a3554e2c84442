import Glibc

/// Cuts what comes on a descriptor into lines. Belongs to one thread.
public struct LineReader {
  public enum Line {
    /// Without its end.
    case line([UInt8])
    /// Longer than the bound; dropped.
    case tooLong
  }

  private let descriptor: CInt
  private let most: Int
  private var buffer: [UInt8] = []
  /// What of the buffer is known to have no end of line.
  private var searched = 0
  private var isDropping = false
  private var hasEnded = false

  /// `most` bytes are the longest line.
  public init(_ descriptor: CInt, most: Int) {
    self.descriptor = descriptor
    self.most = most
  }

  /// Waits for the next line; nil at the end, or where the descriptor cannot be read. A last line without an end is one too.
  public mutating func next() -> Line? {
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        let line = Array(buffer[..<end])
        buffer.removeSubrange(...end)
        searched = 0
        if !isDropping { return line.count > most ? .tooLong : .line(line) }
        isDropping = false
        return .tooLong
      }
      searched = buffer.count
      if buffer.count > most {
        isDropping = true
        buffer.removeAll()
        searched = 0
      }
      if hasEnded {
        defer { buffer.removeAll() }
        searched = 0
        if isDropping {
          isDropping = false
          return .tooLong
        }
        return buffer.isEmpty ? nil : .line(buffer)
      }
      fill()
    }
  }

  private mutating func fill() {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { chunk in
      while true {
        let count = read(descriptor, chunk.baseAddress!, chunk.count)
        if count > 0 {
          buffer += chunk[..<count]
        } else if count < 0 && errno == EINTR {
          continue
        } else {
          hasEnded = true
        }
        return
      }
    }
  }
}
