import CXXHash

/// XXH3: a hash that keeps up with memory, so that every file can be hashed.
public enum ContentHashing {
  public static func hash128(_ bytes: UnsafeRawBufferPointer) -> (high: UInt64, low: UInt64) {
    let hash = XXH3_128bits(bytes.baseAddress, bytes.count)
    return (hash.high64, hash.low64)
  }

  public static func hash32(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(truncatingIfNeeded: XXH3_64bits(bytes.baseAddress, bytes.count))
  }
}
