import Glibc

/// Puts each of two entries in the other's place, at once. False if that fails, with `errno` set.
public func exchange(_ a: String, _ b: String) -> Bool {
  // By its name, since the header hides `renameat2` from Swift.
  typealias Rename = @convention(c) (CInt, UnsafePointer<CChar>, CInt, UnsafePointer<CChar>, CUnsignedInt) -> CInt
  guard let found = dlsym(nil, "renameat2") else { return false }
  let exchange: CUnsignedInt = 2
  return unsafeBitCast(found, to: Rename.self)(AT_FDCWD, a, AT_FDCWD, b, exchange) == 0
}
