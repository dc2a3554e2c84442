internal import Glibc

/// A POSIX extended regular expression over bytes. Immutable once compiled; any thread may match.
// SAFETY: `regexec` does not change what it is given but for glibc's own lock inside.
public final class PosixPattern: @unchecked Sendable {
  private let compiled: UnsafeMutablePointer<regex_t>

  /// Nil if `pattern` is not a regular expression. `ignoringCase`: capitals of ASCII or not.
  public init?(_ pattern: String, ignoringCase: Bool = false) {
    let compiled = UnsafeMutablePointer<regex_t>.allocate(capacity: 1)
    guard regcomp(compiled, pattern, REG_EXTENDED | REG_NOSUB | (ignoringCase ? REG_ICASE : 0)) == 0 else {
      compiled.deallocate()
      return nil
    }
    self.compiled = compiled
  }

  deinit {
    regfree(compiled)
    compiled.deallocate()
  }

  public func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    // Told where a text ends (REG_STARTEND) it would need no copy, which the address sanitizer takes for reading past that.
    withUnsafeTemporaryAllocation(byteCount: text.count + 1, alignment: 1) { copy in
      copy.copyMemory(from: text)
      copy[text.count] = 0
      return regexec(compiled, copy.baseAddress!.assumingMemoryBound(to: CChar.self), 0, nil, 0) == 0
    }
  }
}
