internal import Glibc

/// Swaps what two paths name in one step, as `mv --exchange` does. False, with `errno` set, if that fails.
public func exchangeNames(_ a: String, _ b: String) -> Bool {
  typealias Rename = @convention(c) (CInt, UnsafePointer<CChar>, CInt, UnsafePointer<CChar>, CUnsignedInt) -> CInt
  guard let found = dlsym(nil, "renameat2") else { return false }
  let exchange: CUnsignedInt = 2
  return unsafeBitCast(found, to: Rename.self)(AT_FDCWD, a, AT_FDCWD, b, exchange) == 0
}
