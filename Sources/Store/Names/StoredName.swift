/// A name that entities bear; for a call only.
public struct StoredName {
  public let bytes: UnsafeRawBufferPointer
  /// How many entities bear it.
  public let bearers: Int
}
