public import Glibc

/// A system call that failed: which, on what, and why.
public struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  public let operation: String
  public let subject: String
  /// `errno`.
  public let code: CInt

  /// `code` is by default that of the call that failed last on this thread.
  public init(_ operation: String, _ subject: String, code: CInt = errno) {
    self.operation = operation
    self.subject = subject
    self.code = code
  }

  public var description: String { "\(subject): cannot \(operation): \(Self.text(code))" }

  /// The system's words for an error number.
  public static func text(_ code: CInt) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      buffer.initialize(repeating: 0)
      guard strerror_r(code, buffer.baseAddress!, buffer.count) == 0 else { return "error \(code)" }
      return String(cString: buffer.baseAddress!)
    }
  }
}

/// Calls again while a signal interrupts the call.
@inline(__always)
func retrying<T: FixedWidthInteger>(_ call: () -> T) -> T {
  while true {
    let result = call()
    if result == -1 && errno == EINTR { continue }
    return result
  }
}
